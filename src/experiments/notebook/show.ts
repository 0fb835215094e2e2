// A figure as a notebook's output: Plotly's JSON for viewers that can draw it, and its picture for all others, in one
// output, so that it shows in Jupyter, in a notebook that is not trusted, in exported HTML and on a code host.
import { createRequire } from 'node:module';
import type { Figure } from './figure.js';
import { settleFigure } from './figure-json.js';
import { styled } from './figure-style.js';
import { pictureOf } from './picture.js';
import { FIGURE_TYPE, PICTURE_TYPE } from './picture-shelf.js';

export type { Figure } from './figure.js';

/** Content by MIME type, as the Jupyter message specification has it. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/**
 * Shows a figure below the cell, in the shared look.
 *
 * @param description for who cannot see it: what is drawn, in a sentence. Default the figure's title
 */
export async function show(figure: Figure, description = titleOf(figure)): Promise<void> {
  const settled = settleFigure(styled(figure));
  const picture = await pictureOf(settled);
  display({
    [FIGURE_TYPE]: settled,
    ...(picture !== null && { [PICTURE_TYPE]: picture }),
    'text/plain': description,
  });
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

/** @throws TypeError when the figure has no title */
function titleOf({ layout = {} }: Figure): string {
  const title: unknown = 'title' in layout ? layout.title : undefined;
  const text = typeof title === 'object' && title !== null && 'text' in title ? title.text : title;
  if (typeof text !== 'string' || text === '')
    throw new TypeError('a figure needs a title (layout.title) or a description as second argument of show');
  return text.replaceAll(/<[^>]*>/g, ' ').trim();
}
