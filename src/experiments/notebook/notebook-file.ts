// A notebook as a file: nbformat 4.5, read and written as Jupyter does, so that neither undoes the other's formatting.
import { readFileSync } from 'node:fs';

export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** Fields are named as in the file. Texts may be one string or lines that keep their ends. */
export interface NotebookCell {
  readonly cell_type: string;
  readonly id?: string;
  readonly metadata: { readonly tags?: readonly string[]; readonly [key: string]: unknown };
  readonly source: MultilineText;
  /** Code cells only, like the count. */
  readonly outputs?: readonly NotebookOutput[];
  readonly execution_count?: number | null;
}

export type NotebookOutput = StreamOutput | DisplayOutput | ErrorOutput;

export interface StreamOutput {
  readonly output_type: 'stream';
  readonly name: 'stdout' | 'stderr';
  readonly text: MultilineText;
}

export interface DisplayOutput {
  readonly output_type: 'display_data' | 'execute_result';
  /** Content by MIME type. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface ErrorOutput {
  readonly output_type: 'error';
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export type MultilineText = string | readonly string[];

/** Outputs of a cell with this tag depend on the machine's speed: they are kept as committed. */
export const MEASURED_TAG = 'measured';

/** @throws Error when there is no such file, or it is no notebook */
export function readNotebook(path: string): Notebook {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  return parseNotebook(text, path);
}

/** @throws Error, naming the file as `name`, when the text is no notebook of format 4 */
export function parseNotebook(text: string, name: string): Notebook {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is no notebook: ${(error as Error).message}`, { cause: error });
  }
  const { cells, nbformat } = (parsed ?? {}) as { cells?: unknown; nbformat?: unknown };
  if (nbformat !== 4 || !Array.isArray(cells))
    throw new Error(`${name} is no notebook of format 4: nbformat is ${JSON.stringify(nbformat)}`);
  return parsed as Notebook;
}

/** The text of the file: keys in order, one space a level, texts as lines; the bytes that Jupyter's nbformat writes. */
export function encodeNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: linesOf(textOf(cell.source)),
    ...(cell.outputs === undefined ? {} : { outputs: cell.outputs.map(withLines) }),
  }));
  return `${JSON.stringify(withKeysInOrder({ ...notebook, cells }), null, 1)}\n`;
}

export function textOf(text: MultilineText): string {
  return typeof text === 'string' ? text : text.join('');
}

export function isMeasured(cell: NotebookCell): boolean {
  return cell.metadata.tags?.includes(MEASURED_TAG) ?? false;
}

/** Content of these types, and of all `text/…`, is written as lines. */
const TYPES_OF_LINES = ['application/javascript', 'image/svg+xml'];

const LINE_ENDS = '\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029';

function withLines(output: NotebookOutput): object {
  if (output.output_type === 'stream') return { ...output, text: linesOf(textOf(output.text)) };
  if (output.output_type === 'error') return output;
  const data = Object.entries(output.data).map(([type, content]) => [
    type,
    typeof content === 'string' && (type.startsWith('text/') || TYPES_OF_LINES.includes(type))
      ? linesOf(content)
      : content,
  ]);
  return { ...output, data: Object.fromEntries(data) };
}

/** Line ends as Python's `splitlines` knows them, kept. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (!LINE_ENDS.includes(text[i]!) || (text[i] === '\r' && text[i + 1] === '\n')) continue;
    lines.push(text.slice(from, i + 1));
    from = i + 1;
  }
  return from < text.length ? [...lines, text.slice(from)] : lines;
}

function withKeysInOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKeysInOrder);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(
    keys.map((key) => [key, withKeysInOrder((value as Record<string, unknown>)[key])]),
  );
}
