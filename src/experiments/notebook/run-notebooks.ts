// Several notebooks, some at a time: each is linted, run, linted again with its outputs, then written or compared.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareOutputs } from './compare-outputs.js';
import { keepOutputs } from './keep-outputs.js';
import { lintCode } from './lint-code.js';
import { lintOutputs } from './lint-outputs.js';
import { lintStructure } from './lint-structure.js';
import { variablesFor } from './named-parameters.js';
import { encodeNotebook, type Notebook, parseNotebook, readNotebook } from './notebook-file.js';
import { findChromium } from '../../shell/chromium.js';
import { type CellFailure, runNotebook } from './run-notebook.js';
import { makeFolder } from '../../shell/make-folder.js';

export interface RunNotebooksOptions {
  readonly folder: string;
  /** Parameters by name; with any, nothing is written to `folder`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Where runs with parameters are written, and all others if `isElsewhere`. */
  readonly outFolder: string;
  readonly isElsewhere: boolean;
  /** Compares with the committed outputs and writes nothing. */
  readonly isCheck: boolean;
  /** Takes new outputs of measured cells, too. */
  readonly refreshMeasured: boolean;
  readonly timeoutMs: number;
  /** How many run at the same time. */
  readonly jobs: number;
  readonly signal?: AbortSignal;
  readonly onCell?: (name: string, done: number, total: number) => void;
  readonly onFinished?: (result: NotebookResult, seconds: number) => void;
}

export interface NotebookResult {
  readonly name: string;
  readonly cells: number;
  /** `written` when the file changed; `unchanged` when the run gave what was there. */
  readonly status: 'written' | 'unchanged' | 'differs' | 'refused' | 'failed';
  /** The file with the outputs of this run; absent when nothing was written. */
  readonly file?: string;
  /** The same as a page, where that was asked for. */
  readonly page?: string;
  /** For people: what is wrong. */
  readonly problems: readonly string[];
  readonly failure?: CellFailure;
  /** As it is after a green run. */
  readonly notebook?: Notebook;
}

/** @returns in the order of the names, whatever finished first */
export async function runNotebooks(
  names: readonly string[],
  options: RunNotebooksOptions,
): Promise<NotebookResult[]> {
  // a wrong LOGHORN_CHROMIUM is told now, not at the first figure some minutes on
  findChromium();
  const results: NotebookResult[] = [];
  const queue = [...names.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (options.signal?.aborted) return;
      const startMs = performance.now();
      const result = await runOne(next[1], options);
      results[next[0]] = result;
      options.onFinished?.(result, (performance.now() - startMs) / 1000);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, names.length) }, work));
  return results.filter((result) => result !== undefined);
}

async function runOne(name: string, options: RunNotebooksOptions): Promise<NotebookResult> {
  const path = join(options.folder, `${name}.ipynb`);
  const text = readFileSync(path, 'utf8');
  const committed = parseNotebook(text, path);
  const base = { name, cells: committed.cells.length };
  const problems = [...lintStructure(committed), ...lintCode(committed)];
  if (problems.length > 0) return { ...base, status: 'refused', problems };

  const variables = variablesFor(committed, options.parameters, process.env);
  const run = await runNotebook(committed, options.folder, {
    timeoutMs: options.timeoutMs,
    variables,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onCell: (done, total) => options.onCell?.(name, done, total),
  });
  if (!run.ok) return { ...base, status: 'failed', problems: [], failure: run.failure };

  const isParameterised = Object.keys(variables).length > 0;
  const notebook = keepOutputs(committed, run, options.refreshMeasured || isParameterised);
  const outputProblems = lintOutputs(notebook);
  if (outputProblems.length > 0) return { ...base, status: 'refused', problems: outputProblems };
  if (options.isCheck) {
    const differences = compareOutputs(committed, notebook);
    return {
      ...base,
      status: differences.length > 0 ? 'differs' : 'unchanged',
      problems: differences,
      notebook,
    };
  }
  const isElsewhere = isParameterised || options.isElsewhere;
  const file = isElsewhere ? join(options.outFolder, `${name}.ipynb`) : path;
  const fresh = encodeNotebook(notebook);
  if (fresh === text && !isElsewhere) return { ...base, status: 'unchanged', file, problems: [], notebook };
  if (!isElsewhere && encodeNotebook(readNotebook(path)) !== encodeNotebook(committed)) {
    const problem =
      'the notebook was saved by somebody else while it ran: its outputs were not written, run it again';
    return { ...base, status: 'refused', problems: [problem] };
  }
  writeWhole(file, fresh);
  return { ...base, status: 'written', file, problems: [], notebook };
}

/** The file is the old one or the new one, never a part. */
function writeWhole(path: string, text: string): void {
  makeFolder(dirname(path));
  const part = `${path}.${process.pid}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, path);
  } finally {
    rmSync(part, { force: true });
  }
}
