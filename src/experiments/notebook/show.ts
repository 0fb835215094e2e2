// A figure as a notebook's output: Plotly's JSON for viewers that can draw it, and its picture for all others, in one
// output, so that it shows in Jupyter, in a notebook that is not trusted, in exported HTML and on a code host.
import { createRequire } from 'node:module';

/** What Plotly draws. Both parts are plain JSON. */
export interface Figure {
  readonly data: readonly object[];
  readonly layout?: object;
}

/** Content by MIME type, as the Jupyter message specification has it. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** Shows a figure below the cell. */
export async function show(figure: Figure): Promise<void> {
  display({ 'application/vnd.plotly.v1+json': figure, 'text/plain': 'A figure.' });
}

/**
 * One `display_data` message of several MIME types; tslab's own `display` sends one type a message.
 *
 * @throws Error outside of a tslab kernel
 */
export function display(data: MimeBundle): void {
  const tslab = createRequire(import.meta.url)('tslab/dist/jupyter.js') as TslabJupyter;
  if (!tslab.lastWriteDisplayData) throw new Error('show works in a notebook on the tslab kernel only');
  tslab.lastWriteDisplayData({ data, metadata: {}, transient: {} }, false);
}

interface TslabJupyter {
  readonly lastWriteDisplayData: ((content: object, isUpdate: boolean) => void) | null;
}
