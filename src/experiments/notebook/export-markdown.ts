// A notebook's prose as markup: Markdown by marked, but HTML within it is text, links lead only where a link may, and
// headings carry the anchors of the page's contents.
import { Marked, type Tokens } from 'marked';
import { type Html, markup } from '../report/html.js';
import { showHidden } from './hidden-text.js';

export interface Heading {
  /** Unique within the page. */
  readonly id: string;
  /** 1 to 6. */
  readonly depth: number;
  readonly title: string;
}

/** Anchors already given out on this page; one set serves all cells, so that equal titles differ. */
export type Anchors = Set<string>;

export function renderMarkdown(source: string, anchors: Anchors): { html: Html; headings: Heading[] } {
  const headings: Heading[] = [];
  const marked = new Marked({ async: false, gfm: true });
  marked.use({
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => markup`${text}`.text,
      heading({ tokens, depth }: Tokens.Heading) {
        const title = this.parser.parseInline(tokens, this.parser.textRenderer);
        const heading = { id: anchorOf(title, anchors), depth, title: unescape(title) };
        headings.push(heading);
        return `<h${depth} id="${heading.id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const words = this.parser.parseInline(tokens);
        return SAFE_LINK.test(href) ? markup`<a href="${href}">${{ text: words }}</a>`.text : words;
      },
      image: ({ href, text }: Tokens.Image) =>
        SAFE_PICTURE.test(href) ? markup`<img src="${href}" alt="${text}"/>`.text : markup`${text}`.text,
    },
  });
  return { html: { text: marked.parse(showHidden(source)) as string }, headings };
}

/** Web pages, anchors, and files by a relative path. */
const SAFE_LINK = /^(?:https?:\/\/|#|\.{0,2}\/?[\w-]+(?:[/.][\w.-]*)*(?:#[\w-]*)?$)/i;
const SAFE_PICTURE = /^data:image\/(?:png|jpeg|gif);base64,[a-z0-9+/=]+$/i;

function anchorOf(title: string, anchors: Anchors): string {
  const words = unescape(title)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  let id = words || 'part';
  for (let number = 2; anchors.has(id); number++) id = `${words || 'part'}-${number}`;
  anchors.add(id);
  return id;
}

/** marked hands out escaped text. */
function unescape(text: string): string {
  const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => characters[name]!);
}
