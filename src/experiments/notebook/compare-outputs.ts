// Where the outputs of two runs of a notebook differ, as sentences that lead to the first differing line.
import { createHash } from 'node:crypto';
import {
  isMeasured,
  type MultilineText,
  type Notebook,
  type NotebookCell,
  type NotebookOutput,
  textOf,
} from './notebook-file.js';

/**
 * Compares outputs alone, cell by cell: not counts, nor what only one kind of kernel writes. Cells tagged as measured
 * are left aside.
 *
 * @returns a sentence for each cell that differs; none when the outputs are the same
 */
export function compareOutputs(committed: Notebook, fresh: Notebook): string[] {
  if (committed.cells.length !== fresh.cells.length)
    return [`${committed.cells.length} cells are committed, ${fresh.cells.length} came`];
  return committed.cells.flatMap((cell, place) => {
    if (cell.cell_type !== 'code' || isMeasured(cell)) return [];
    const difference = compareCells(cell, fresh.cells[place]!);
    return difference === undefined ? [] : [`cell ${place + 1}, ${difference}`];
  });
}

function compareCells(committed: NotebookCell, fresh: NotebookCell): string | undefined {
  if (textOf(committed.source) !== textOf(fresh.source))
    return 'its code: it is another than the committed one';
  const [before, after] = [joinStreams(committed.outputs ?? []), joinStreams(fresh.outputs ?? [])];
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [a, b] = [before[i], after[i]];
    const [linesBefore, linesAfter] = [a === undefined ? [] : linesOf(a), b === undefined ? [] : linesOf(b)];
    const line = linesBefore.findIndex((text, at) => text !== linesAfter[at]);
    if (line < 0 && linesBefore.length === linesAfter.length) continue;
    const at = line < 0 ? linesBefore.length : line;
    return `output ${i + 1}, line ${at + 1}\n  committed: ${shown(linesBefore[at], linesAfter[at])}\n  came:      ${shown(linesAfter[at], linesBefore[at])}`;
  }
  return undefined;
}

/** Where a text is cut into messages is chance. */
function joinStreams(outputs: readonly NotebookOutput[]): NotebookOutput[] {
  const joined: NotebookOutput[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name)
      joined[joined.length - 1] = { ...last, text: textOf(last.text) + textOf(output.text) };
    else joined.push(output);
  }
  return joined;
}

function linesOf(output: NotebookOutput): string[] {
  if (output.output_type === 'stream')
    return textOf(output.text)
      .split('\n')
      .map((line) => `${output.name}: ${line}`);
  if (output.output_type === 'error') return [`error: ${output.ename}: ${output.evalue}`];
  // plain text first: where it differs, it is the easiest to read
  const types = Object.keys(output.data).sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  return types.flatMap((type) => contentLines(type, output.data[type]).map((line) => `${type}: ${line}`));
}

function rankOf(type: string): number {
  return type === 'text/plain' ? 0 : 1;
}

function contentLines(type: string, content: unknown): string[] {
  if (type === 'application/json' || type.endsWith('+json'))
    return JSON.stringify(sorted(content), null, 1).split('\n');
  const text = textOf(content as MultilineText);
  if (!type.startsWith('image/')) return text.split('\n');
  const picture = text.trim();
  return [`${picture.length} characters, sha256 ${createHash('sha256').update(picture).digest('hex')}`];
}

/** The order of keys says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

const SHOWN_CHARACTERS = 160;
const SHOWN_BEFORE = 60;

/** The part of a line where it is not the same as the other. */
function shown(line: string | undefined, other: string | undefined): string {
  if (line === undefined) return '(nothing)';
  let same = 0;
  while (same < line.length && line[same] === other?.[same]) same++;
  const from = line.length <= SHOWN_CHARACTERS ? 0 : Math.max(0, same - SHOWN_BEFORE);
  const to = from + SHOWN_CHARACTERS;
  return `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.length ? '…' : ''}`;
}
