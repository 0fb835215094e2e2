// The process that runs one notebook's cells: tslab's own kernel code, as under Jupyter, spoken to by its parent
// instead. The modules are tslab's inner ones, so tslab is pinned exactly.
import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import type { FromKernel, ToKernel } from './kernel-messages.js';

/** How long an error may come after the last cell; less when nothing is left that could throw one. */
const GRACE_MS = 1000;

interface Closable {
  close(): void;
}

/** The parts of tslab 1.0.22 that are used here. */
interface Tslab {
  readonly createConverter: (options: { isJS: boolean; isBrowser: boolean }) => Closable;
  readonly createExecutor: (folder: string, converters: object, console: object) => Closable;
  readonly JupyterHandlerImpl: new (
    executor: Closable,
    isJs: boolean,
  ) => {
    handleKernel(): { language_info: Readonly<Record<string, unknown>> };
    handleExecute(
      request: { code: string },
      writeStream: (name: 'stdout' | 'stderr', text: string) => void,
      writeDisplay: (content: DisplayContent, isUpdate: boolean) => void,
    ): Promise<{ status: string }>;
  };
}

interface DisplayContent {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly transient?: { readonly display_id?: string };
}

const send = (message: FromKernel): void => void process.send!(message);
// the parent went away: nobody wants the rest
process.on('disconnect', () => process.exit());

const { createConverter, createExecutor, JupyterHandlerImpl } = loadTslab();
const node = createConverter({ isJS: false, isBrowser: false });
const executor = createExecutor(process.cwd(), { node, close: () => node.close() }, console);
const handler = new JupyterHandlerImpl(executor, false);
// from here on errors are the cells'; earlier ones end the process
process.on('unhandledRejection', (reason) => send({ kind: 'floating', text: textOf(reason) }));
process.on('uncaughtException', (error) => send({ kind: 'floating', text: textOf(error) }));
process.on('message', (message: ToKernel) => {
  if (message.kind === 'finish') finish();
  else void run(message.code);
});
send({ kind: 'ready', languageInfo: handler.handleKernel().language_info });

async function run(code: string): Promise<void> {
  const { status } = await handler.handleExecute(
    { code },
    (name, text) => send({ kind: 'stream', name, text }),
    ({ data, metadata = {}, transient }, isUpdate) =>
      send({
        kind: 'display',
        data,
        metadata,
        isUpdate,
        ...(transient?.display_id === undefined ? {} : { displayId: transient.display_id }),
      }),
  );
  // rejections that nobody handled are known once the queue of promises is empty
  setImmediate(() => send({ kind: 'done', isGood: status === 'ok' }));
}

function finish(): void {
  executor.close();
  const end = (): void => {
    // exit handlers of what the cells loaded (a browser, say) run after this
    process.send!({ kind: 'finished' } satisfies FromKernel, () => process.exit(0));
  };
  process.channel!.unref();
  process.once('beforeExit', end);
  setTimeout(end, GRACE_MS).unref();
}

function loadTslab(): Tslab {
  const load = createRequire(import.meta.url);
  return {
    ...(load('tslab/dist/converter.js') as Pick<Tslab, 'createConverter'>),
    ...(load('tslab/dist/executor.js') as Pick<Tslab, 'createExecutor'>),
    ...(load('tslab/dist/jupyter.js') as Pick<Tslab, 'JupyterHandlerImpl'>),
  };
}

function textOf(error: unknown): string {
  return inspect(error, { colors: false });
}
