// Small notebooks for tests.
import type { Notebook, NotebookCell, NotebookOutput } from './notebook-file.js';

export const TABLE: NotebookOutput = {
  output_type: 'display_data',
  data: { 'text/html': '<table></table>', 'text/plain': '' },
  metadata: {},
};

export const FIRST_CELL = `import { countParameter } from '../dist/experiments/notebook/parameters.js';
const records = countParameter('records', 5);`;

export function codeCell(
  source: string,
  outputs: readonly NotebookOutput[] = [],
  tags: string[] = [],
): NotebookCell {
  const metadata = tags.length > 0 ? { tags } : {};
  return { cell_type: 'code', execution_count: null, metadata, outputs, source };
}

export function markdownCell(source: string): NotebookCell {
  return { cell_type: 'markdown', metadata: {}, source };
}

/** Cells get ids by their place. */
export function notebookOf(cells: readonly NotebookCell[]): Notebook {
  return {
    cells: cells.map((cell, place) => ({ ...cell, id: `cell-${place + 1}` })),
    metadata: { kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** One that nothing can be said against: a title, parameters, then cells of this code, the last with a table. */
export function goodNotebook(...codes: readonly string[]): Notebook {
  const cells = [FIRST_CELL, ...codes].map((code, i, all) =>
    codeCell(code, i === all.length - 1 ? [TABLE] : []),
  );
  return notebookOf([markdownCell('# How many records?'), ...cells]);
}
