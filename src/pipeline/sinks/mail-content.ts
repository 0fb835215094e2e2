// An alert as a mail: a subject on one line, the text, and the same as HTML in which nothing of the log is markup.
import { cutText } from './cut-text.js';
import type { AlertMessage } from './sink.js';

export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** With angle brackets: the same for the same event, so that one that comes twice can be told. */
  readonly messageId: string;
  /** Of the mail that the alert opened with; undefined for that one itself. Mail programs thread by it. */
  readonly inReplyTo: string | undefined;
}

const MOST_SUBJECT = 200;

/** @param domain of the sender, for the ids */
export function mailContent(
  { event, opened, title, text, link, feedback }: AlertMessage,
  domain: string,
): MailContent {
  const idOf = (eventId: string): string => `<${eventId}.loghorn@${domain}>`;
  const links: (readonly [words: string, url: string])[] = [
    ...(link === null ? [] : ([['Open it on the dashboard', link]] as const)),
    ...(feedback === null
      ? []
      : ([
          ['It was real', feedback.real],
          ['It was false', feedback.false],
          ['It was real, but not mine', feedback['not-mine']],
        ] as const)),
  ];
  const paragraphs = text.split('\n').map((line) => `<p style="margin:0">${escapeHtml(line)}</p>`);
  const anchors = links.map(([words, url]) => `<p><a href="${escapeHtml(url)}">${escapeHtml(words)}</a></p>`);
  return {
    // a header ends at a line break: the title has none, and here nothing can bring one back
    subject: cutText(title.replace(/[\r\n]+/g, ' '), MOST_SUBJECT),
    text: [text, ...links.map(([words, url]) => `${words}: ${url}`)].join('\n\n'),
    html: `<!doctype html>\n<meta charset="utf-8">\n<h3>${escapeHtml(title)}</h3>\n${[...paragraphs, ...anchors].join('\n')}\n`,
    messageId: idOf(event.eventId),
    inReplyTo: event.eventId === opened.eventId ? undefined : idOf(opened.eventId),
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
