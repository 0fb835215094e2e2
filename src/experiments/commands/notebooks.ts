// `loghorn notebooks`: runs the notebooks with Node alone, and keeps their outputs as committed or says what changed.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../core/duration.js';
import { describeFailure } from '../notebook/describe-failure.js';
import { findNotebooks, NOTEBOOKS } from '../notebook/find-notebooks.js';
import { lintNotebook } from '../notebook/lint.js';
import { parametersOf } from '../notebook/named-parameters.js';
import { readNotebook } from '../notebook/notebook-file.js';
import { type NotebookResult, runNotebooks } from '../notebook/run-notebooks.js';
import { NOTEBOOK_DATA } from '../notebook/shop-data.js';
import { createRunLog } from '../notebook/run-log.js';
import { parseCount } from './count-option.js';
import { argument } from '../../shell/usage.js';
import { STOPPED_EXIT_CODE, stopOnInterrupt } from './interrupt.js';
import { makeFolder } from '../../shell/make-folder.js';

interface NotebooksFlags {
  readonly folder: string;
  /** By name; absent when there are none. */
  readonly param?: Readonly<Record<string, string>>;
  readonly out?: string;
  readonly check?: boolean;
  readonly measure: boolean;
  readonly lint?: boolean;
  readonly html: boolean;
  readonly jobs: number;
  readonly timeout: number;
}

const PAGES_FOLDER = join('reports', 'notebooks');
const DEFAULT_JOBS = Math.min(2, availableParallelism());

export function registerNotebooks(program: Command): void {
  program
    .command('notebooks')
    .summary('run the notebooks, without Jupyter')
    .description(
      'Runs notebooks from top to bottom, each in a fresh kernel, and writes their outputs into them. A failed cell, an error that nothing caught or lost output fails the run and leaves the file as it was.',
    )
    .argument('[names...]', 'which ones, e.g. 03; all by default')
    .option(
      '--param <name=value>',
      'another value for a parameter of the first cell; may be repeated',
      collect,
    )
    .addOption(
      new Option('--out <folder>', 'write here instead').default(
        undefined,
        'data/notebooks/ for runs with parameters, otherwise the notebooks themselves',
      ),
    )
    .addOption(
      new Option('--check', 'write nothing; fail where outputs differ from those in the files').conflicts([
        'param',
        'out',
        'measure',
      ]),
    )
    .option('--measure', 'take new outputs of the cells tagged "measured", too', false)
    .addOption(
      new Option('--lint', 'run nothing; look at the files only').conflicts([
        'param',
        'out',
        'check',
        'html',
      ]),
    )
    .option('--html', `write each as a page that opens offline, too, into ${PAGES_FOLDER}/`, false)
    .addOption(
      new Option('--jobs <count>', 'how many run at the same time')
        .default(DEFAULT_JOBS)
        .argParser(argument(parseCount)),
    )
    .addOption(
      new Option('--timeout <duration>', 'for each notebook')
        .default(600_000, '10m')
        .argParser(argument(parseDuration)),
    )
    .addOption(new Option('--folder <folder>', 'where they are').default(NOTEBOOKS, 'notebooks/'))
    .action(async (wanted: readonly string[], flags: NotebooksFlags, command: Command) => {
      const names = findNotebooks(flags.folder, wanted);
      refuseUnknownParameters(names, flags, command);
      if (flags.lint) return print(names.map((name) => lintOne(name, flags.folder)));

      const signal = stopOnInterrupt();
      const log = createRunLog(process.stderr);
      const results = await runNotebooks(names, {
        folder: flags.folder,
        parameters: flags.param ?? {},
        outFolder: flags.out ?? NOTEBOOK_DATA,
        isElsewhere: flags.out !== undefined,
        isCheck: flags.check ?? false,
        refreshMeasured: flags.measure,
        timeoutMs: flags.timeout,
        jobs: flags.jobs,
        signal,
        onCell: log.cell,
        onFinished: log.finished,
      });
      print(flags.html ? await writePages(results, flags) : results);
      if (signal.aborted) process.exitCode = STOPPED_EXIT_CODE;
    });
}

function collect(text: string, given: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^(\w+)=([^]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError(`'${text}' is no parameter: write name=value, e.g. records=20000`);
  return { ...given, [name]: value };
}

function refuseUnknownParameters(names: readonly string[], flags: NotebooksFlags, command: Command): void {
  const known = names.flatMap((name) => parametersOf(readNotebook(join(flags.folder, `${name}.ipynb`))));
  const unknown = Object.keys(flags.param ?? {}).find((name) => !known.includes(name));
  if (unknown !== undefined)
    command.error(
      `error: no notebook that was chosen has a parameter "${unknown}"; there are ${[...new Set(known)].join(', ') || 'none'}`,
    );
}

function lintOne(name: string, folder: string): NotebookResult {
  const notebook = readNotebook(join(folder, `${name}.ipynb`));
  const problems = lintNotebook(notebook);
  const status = problems.length > 0 ? 'refused' : 'unchanged';
  return { name, cells: notebook.cells.length, status, problems };
}

/** A run with parameters has its pages beside its outputs. */
async function writePages(
  results: readonly NotebookResult[],
  flags: NotebooksFlags,
): Promise<NotebookResult[]> {
  // what it draws on is heavy, and not there in an installation without development packages
  const { exportNotebookHtml } = await import('../notebook/export-html.js');
  return results.map((result) => {
    if (result.notebook === undefined) return result;
    const isAtHome = result.file === undefined || resolve(dirname(result.file)) === resolve(flags.folder);
    const page = join(isAtHome ? PAGES_FOLDER : dirname(result.file), `${result.name}.html`);
    makeFolder(dirname(page));
    writeFileSync(page, exportNotebookHtml(result.notebook));
    return { ...result, page };
  });
}

function print(results: readonly NotebookResult[]): void {
  for (const { name, problems, failure } of results) {
    for (const problem of problems) process.stderr.write(`${name}: ${problem}\n`);
    if (failure !== undefined) process.stderr.write(describeFailure(name, failure));
  }
  const notebooks = results.map(({ name, cells, status, file, page }) => ({
    name,
    cells,
    status,
    ...(file === undefined ? {} : { file: relative('', file) }),
    ...(page === undefined ? {} : { page: relative('', page) }),
  }));
  process.stdout.write(`${JSON.stringify({ notebooks })}\n`);
  if (results.some(({ status }) => status !== 'written' && status !== 'unchanged')) process.exitCode = 1;
}
