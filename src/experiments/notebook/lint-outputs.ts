// Outputs that must not be committed: too large, errors, or telling of the machine that they were made on.
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { encodeNotebook, type Notebook, type NotebookOutput, textOf } from './notebook-file.js';

const MAX_NOTEBOOK_BYTES = 1_000_000;
/** Of one output without its pictures. */
const MAX_OUTPUT_BYTES = 300_000;
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const SHOWN = ['application/vnd.plotly.v1+json', 'text/html', 'image/png'];
const HOME_FOLDER =
  /(?:file:\/\/|(?<![\w/.~-]))(?:\/home\/[\w.-]+|\/Users\/[\w.-]+|\/root|\/tmp|\/var\/folders|[A-Z]:\\Users)[/\\]/;

/** @returns a sentence for each thing that is wrong with what the last run left in the notebook */
export function lintOutputs(notebook: Notebook): string[] {
  const problems: string[] = [];
  const bytes = Buffer.byteLength(encodeNotebook(notebook));
  if (bytes > MAX_NOTEBOOK_BYTES)
    problems.push(`the notebook has ${bytes} bytes, at most ${MAX_NOTEBOOK_BYTES}: aggregate before showing`);
  for (const [place, cell] of notebook.cells.entries())
    for (const [index, output] of (cell.outputs ?? []).entries()) {
      const say = (what: string): number => problems.push(`cell ${place + 1}, output ${index + 1}: ${what}`);
      if (output.output_type === 'error') say(`is an error: ${output.ename}: ${output.evalue}`);
      const text = textWithoutPictures(output);
      const size = Buffer.byteLength(text);
      if (size > MAX_OUTPUT_BYTES)
        say(`has ${size} bytes, at most ${MAX_OUTPUT_BYTES}: aggregate before showing`);
      const path = machinePath(text);
      if (path !== undefined) say(`holds "${path}", a path of one machine: show it relative to the project`);
    }
  const last = notebook.cells.at(-1)?.outputs ?? [];
  if (!last.some((output) => 'data' in output && SHOWN.some((type) => type in output.data)))
    problems.push(`cell ${notebook.cells.length}: the last cell must show a table or plot`);
  return problems;
}

function textWithoutPictures(output: NotebookOutput): string {
  if (output.output_type === 'stream') return textOf(output.text);
  if (output.output_type === 'error') return output.traceback.join('\n');
  return Object.entries(output.data)
    .filter(([type]) => !type.startsWith('image/'))
    .map(([, content]) =>
      Array.isArray(content)
        ? content.join('')
        : typeof content === 'string'
          ? content
          : JSON.stringify(content),
    )
    .join('\n');
}

function machinePath(text: string): string | undefined {
  const own = [PROJECT, `${homedir()}/`].find((folder) => folder.length > 2 && text.includes(folder));
  return own ?? HOME_FOLDER.exec(text)?.[0];
}
