// What went wrong in a notebook, for whoever has to mend it: which cell, its code, and the error in its own words.
import type { CellFailure } from './run-notebook.js';

/** @returns lines, the last one ended */
export function describeFailure(name: string, failure: CellFailure): string {
  const { cell, source, reason, errorText } = failure;
  const where = cell === 0 ? 'before its first cell' : `in cell ${cell}`;
  const code = source === '' ? [] : source.split('\n').map((line) => `  | ${line}`);
  const words = withoutFrame(errorText.trimEnd())
    .split('\n')
    .filter((line, index) => index > 0 || line !== '');
  return `${[`${name}, ${where}: ${reason}`, ...code, ...words.map((line) => `  ${line}`)].join('\n')}\n`;
}

/** Node shows the line that threw, and a caret below it, before the error: of compiled code, which is not the reader's. */
function withoutFrame(text: string): string {
  return text.replace(/^[^]*?\n\s*\^+\s*\n\s*(?=\w*(?:Error|Exception)\b)/, '');
}
