// A message as Slack's incoming webhooks take it, and those of others that speak its language. Text of the log is text:
// it formats nothing, links nowhere and calls nobody.
import { cutText } from './cut-text.js';
import type { AlertMessage } from './sink.js';

/** What Slack takes: of a header, of a section, and of the text that notifications show. */
const MOST_HEADER = 150;
const MOST_SECTION = 3000;
const MOST_TEXT = 3000;
/** An invisible character that keeps a name from being called, where the reader's program looks for `@name` itself. */
const WORD_JOINER = '\u2060';

/** The three characters that Slack's markup is made of, and every `@` before a name. */
export function escapeSlack(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=\w)/g, `@${WORD_JOINER}`);
}

/** @returns JSON */
export function slackPayload({ title, text, link, feedback }: AlertMessage): string {
  const plain = (words: string, most: number): object => ({
    type: 'plain_text',
    text: escapeWithin(words, most),
    emoji: false,
  });
  const links = [
    ...(link === null ? [] : [`<${link}|open>`]),
    ...(feedback === null
      ? []
      : [
          `was it <${feedback.real}|real>, <${feedback.false}|false>, or <${feedback['not-mine']}|not mine>?`,
        ]),
  ];
  return JSON.stringify({
    text: escapeWithin(title, MOST_TEXT),
    // an address in a log line must not be fetched for a preview
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(title, MOST_HEADER) },
      ...(text === '' ? [] : [{ type: 'section', text: plain(text, MOST_SECTION) }]),
      ...(links.length === 0
        ? []
        : [{ type: 'context', elements: [{ type: 'mrkdwn', text: links.join(' · ') }] }]),
    ],
  });
}

/** As long a beginning of the text as its escaped form has room for: an escape is never cut in two. */
function escapeWithin(text: string, most: number): string {
  let room = most;
  for (;;) {
    const escaped = escapeSlack(cutText(text, room));
    if (escaped.length <= most) return escaped;
    room -= Math.max(1, Math.ceil((escaped.length - most) / 5));
  }
}
