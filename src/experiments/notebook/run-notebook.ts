// One notebook from top to bottom in a fresh kernel process: its outputs, or the first thing that went wrong.
import { createOutputCollector } from './collect-outputs.js';
import { startKernel } from './kernel.js';
import { type Notebook, type NotebookOutput, textOf } from './notebook-file.js';

export type NotebookRun =
  | ({ readonly ok: true } & RunOutputs)
  | { readonly ok: false; readonly failure: CellFailure };

export interface RunOutputs {
  /** By the cell's place in the notebook; code cells only. */
  readonly outputs: ReadonlyMap<number, readonly NotebookOutput[]>;
  /** What the kernel says of its language, as notebooks have it in their metadata. */
  readonly languageInfo: Readonly<Record<string, unknown>>;
}

export interface CellFailure {
  /** Counted from 1 over all cells; the last one that ran when the error came later. 0 before the first. */
  readonly cell: number;
  readonly source: string;
  /** What happened, as a sentence. */
  readonly reason: string;
  /** The error as the kernel printed it; empty when it said nothing. */
  readonly errorText: string;
}

export interface RunOptions {
  readonly timeoutMs: number;
  /** LOGHORN_… variables for the kernel. */
  readonly variables: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Told before each code cell: how many ran, and of how many. */
  readonly onCell?: (done: number, total: number) => void;
}

/**
 * More writes to the console in one cell are refused: under Jupyter, what comes after about 500 is lost without a word
 * (tslab 1.0.22: 505 of 900 arrived).
 */
export const MAX_CONSOLE_WRITES = 400;

/** @param folder the notebook's own, where its imports start */
export async function runNotebook(
  notebook: Notebook,
  folder: string,
  options: RunOptions,
): Promise<NotebookRun> {
  const kernel = startKernel(folder, options.variables);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    kernel.kill();
  }, options.timeoutMs);
  const stop = (): void => kernel.kill();
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    return await runCells();
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
    kernel.kill();
  }

  async function runCells(): Promise<NotebookRun> {
    const outputs = new Map<number, readonly NotebookOutput[]>();
    const places = notebook.cells.flatMap(({ cell_type }, place) => (cell_type === 'code' ? [place] : []));
    const floating: string[] = [];
    let place = -1;
    const fail = (reason: string, errorText: string): NotebookRun => {
      const source = place < 0 ? '' : textOf(notebook.cells[place]!.source);
      return { ok: false, failure: { cell: place + 1, source, reason, errorText } };
    };
    const goneFor = (how: string, lastWords: string): NotebookRun => {
      if (isLate) return fail(`it was not done after ${options.timeoutMs / 1000} s`, lastWords);
      if (options.signal?.aborted) return fail('it was stopped', '');
      return fail(`the kernel ended by itself (${how}): a crash, or process.exit`, lastWords);
    };

    let answer = await kernel.start();
    if (answer.kind === 'gone') return goneFor(answer.how, answer.lastWords);
    const languageInfo = answer.kind === 'ready' ? answer.languageInfo : {};
    for (const [done, next] of places.entries()) {
      options.onCell?.(done, places.length);
      place = next;
      const collector = createOutputCollector();
      answer = await kernel.run(textOf(notebook.cells[place]!.source), (message) => {
        if (message.kind === 'floating') floating.push(message.text);
        else collector.add(message);
      });
      if (answer.kind === 'gone') return goneFor(answer.how, answer.lastWords);
      const errorText = collector
        .outputs()
        .flatMap((output) =>
          output.output_type === 'stream' && output.name === 'stderr' ? [output.text] : [],
        )
        .map(textOf)
        .join('');
      if (answer.kind === 'answered' && !answer.isGood) return fail('it failed', errorText);
      if (floating.length > 0) return fail(FLOATING, floating.join('\n'));
      if (collector.writes() > MAX_CONSOLE_WRITES)
        return fail(
          `it wrote to the console ${collector.writes()} times, and Jupyter would lose what comes after about 500: join the lines and write once`,
          errorText,
        );
      outputs.set(place, collector.outputs());
    }
    answer = await kernel.finish();
    if (floating.length > 0) return fail(`${FLOATING} after the last cell`, floating.join('\n'));
    if (answer.kind === 'gone') return goneFor(answer.how, answer.lastWords);
    return { ok: true, outputs, languageInfo };
  }
}

const FLOATING = 'an error that nothing awaited or caught was thrown';
