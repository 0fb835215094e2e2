// Markup as a notebook's output, such as cards: made by `markup`, which escapes all text in it. A notebook that is not
// trusted loses styles and scripts, so that its order and words alone must make sense.
import type { Html } from '../report/html.js';
import { display } from './show.js';

/** @param text for a viewer without HTML; default the words of the markup, a line for each block */
export function showHtml(html: Html, text = wordsOf(html)): void {
  display({ 'text/html': html.text, 'text/plain': text });
}

/** Only of markup that `markup` made: there `<` begins a tag and nothing else. */
export function wordsOf(html: Html): string {
  return html.text
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<\/(?:p|div|li|tr|h[1-6]|caption|summary|dd|section)>|<br ?\/?>/g, '\n')
    .replaceAll(/<\/(?:td|th|dt)>/g, '  ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:amp|lt|gt|quot|#39|#96);/g, (entity) => CHARACTERS[entity]!)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

const CHARACTERS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#96;': '`',
};
