// A cell's outputs as markup: of several forms of one output the richest that can be trusted.
import { type Html, markup, NOTHING } from '../report/html.js';
import { showHidden } from './hidden-text.js';
import { type MultilineText, type NotebookOutput, textOf } from './notebook-file.js';
import { FIGURE_TYPE, PICTURE_TYPE } from './picture-shelf.js';
import { safeMarkup } from './safe-markup.js';

export function renderOutput(output: NotebookOutput): Html {
  if (output.output_type === 'stream')
    return preformatted(output.name === 'stderr' ? 'said' : 'printed', textOf(output.text));
  if (output.output_type === 'error')
    return preformatted('failed', output.traceback.join('\n') || `${output.ename}: ${output.evalue}`);
  const text = (type: string): string | null => {
    const content = output.data[type];
    return typeof content === 'string' || Array.isArray(content) ? textOf(content as MultilineText) : null;
  };
  const words = text('text/plain') ?? '';
  const picture = renderPicture(text(PICTURE_TYPE), words);
  const figure = output.data[FIGURE_TYPE];
  if (typeof figure === 'object' && figure !== null) return renderFigure(figure, picture, words);
  if (picture) return markup`<figure class="picture">${picture}</figure>`;
  const html = safeMarkup(text('text/html') ?? '<');
  return html ? markup`<div class="shown">${html}</div>` : preformatted('printed', words);
}

/** The picture stands until the figure is drawn, and on paper; the data is a script of a type that nothing runs. */
function renderFigure(figure: object, picture: Html | null, words: string): Html {
  const json = JSON.stringify(figure)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return markup`<figure class="plot" aria-label="${words}">${picture ?? markup`<p class="words">${words}</p>`}<script type="application/json">${{ text: json }}</script></figure>`;
}

function renderPicture(base64: string | null, words: string): Html | null {
  const content = base64?.replaceAll('\n', '') ?? '';
  if (!/^iVBORw0KGgo[A-Za-z0-9+/]+=*$/.test(content)) return null;
  return markup`<img src="data:image/png;base64,${{ text: content }}" alt="${words}"/>`;
}

/** Colours of a terminal are left out, all else that it would obey is shown. */
function preformatted(kind: 'printed' | 'said' | 'failed', text: string): Html {
  // oxlint-disable-next-line no-control-regex
  const plain = text.replaceAll(/\u001b\[[\d;]*m/g, '').replace(/\n$/, '');
  if (plain === '') return NOTHING;
  return markup`<pre class="${kind}" tabindex="0">${showHidden(plain)}</pre>`;
}
