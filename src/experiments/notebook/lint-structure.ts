// What a notebook of this project looks like: a question as its title, parameters first, a table or plot last.
import { type Notebook, type NotebookCell, textOf } from './notebook-file.js';
import { parametersOf } from './named-parameters.js';

const KERNEL = 'tslab';
/** Longer cells belong into src/experiments, where they are tested. */
const MAX_CELL_LINES = 25;
const SUMMARY_HEADING = /^#+\s*(summary|conclusions?|takeaways?|key findings?|wrap[- ]?up|in short)\b/im;

/** @returns a sentence for each thing that is wrong; outputs are not looked at */
export function lintStructure(notebook: Notebook): string[] {
  const { cells } = notebook;
  const problems: string[] = [];
  if (notebook.nbformat_minor < 5)
    problems.push('nbformat must be 4.5 or later: cells have no ids before that');
  const kernel = (notebook.metadata['kernelspec'] as { name?: unknown } | undefined)?.name;
  if (kernel !== KERNEL)
    problems.push(`metadata.kernelspec.name must be "${KERNEL}", got ${JSON.stringify(kernel)}`);
  if (cells[0]?.cell_type !== 'markdown' || !/^# \S/.test(textOf(cells[0].source)))
    problems.push('cell 1: must be markdown that starts with "# " and the question of the notebook');

  const ids = new Set<string>();
  for (const [place, cell] of cells.entries()) {
    const say = (what: string): number => problems.push(`cell ${place + 1}: ${what}`);
    if (cell.id === undefined) say('has no id');
    else if (ids.has(cell.id)) say(`has the id "${cell.id}" of an earlier cell`);
    else ids.add(cell.id);
    const text = textOf(cell.source);
    if (cell.cell_type === 'markdown' && SUMMARY_HEADING.test(text))
      say('is a summary: findings belong to reports/, and a notebook ends on a table or plot');
    const lines = text.split('\n').length;
    if (cell.cell_type === 'code' && lines > MAX_CELL_LINES)
      say(`has ${lines} lines, at most ${MAX_CELL_LINES}: move what it does to src/experiments and call it`);
    if (text.trim() === '') say('is empty');
  }

  const first = cells.findIndex(isCode);
  if (first < 0) problems.push('there is no code cell');
  else if (parametersOf({ ...notebook, cells: [cells[first]!] }).length === 0)
    problems.push(
      `cell ${first + 1}: the first code cell must name the parameters: textParameter('seed', …)`,
    );
  if (cells.length > 0 && !isCode(cells.at(-1)!))
    problems.push(`cell ${cells.length}: the last cell must be code that shows a table or plot`);
  return problems;
}

function isCode({ cell_type }: NotebookCell): boolean {
  return cell_type === 'code';
}
