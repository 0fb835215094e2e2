// A notebook as the text of a file: cells, and hostile text that can neither end a string of code nor become markup.
import { visibleText } from '../../alerts/visible-text.js';

export interface Cell {
  readonly type: 'markdown' | 'code';
  readonly source: string;
}

export const markdownCell = (source: string): Cell => ({ type: 'markdown', source });
export const codeCell = (source: string): Cell => ({ type: 'code', source });

const MOST_CHARACTERS = 200;

/** nbformat 4.5, for the TypeScript kernel, without outputs. */
export function notebookText(cells: readonly Cell[]): string {
  const notebook = {
    cells: cells.map(({ type, source }, index) => ({
      cell_type: type,
      ...(type === 'code' ? { execution_count: null } : {}),
      id: `cell-${String(index + 1).padStart(2, '0')}`,
      metadata: {},
      ...(type === 'code' ? { outputs: [] } : {}),
      source: source.split(/(?<=\n)/),
    })),
    metadata: { kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** Text of a log for markdown: one line, cut, whatever could be markup left out. */
export function plainName(text: string): string {
  return visibleText(text, MOST_CHARACTERS).replaceAll(/[`<>[\]()*_#!|&$~\\\r\n]/g, ' ');
}

/** A string of code: single quotes, nothing but printable ASCII. */
export function textLiteral(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${inner}'`;
}
