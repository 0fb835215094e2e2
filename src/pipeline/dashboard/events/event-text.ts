// Messages as server-sent events have them (WHATWG HTML, 9.2): a name, an id, and JSON, which has no line breaks of its own.
import type { Pushed } from '../api.js';

export type Message = {
  readonly [Name in keyof Pushed]: { readonly name: Name; readonly data: Pushed[Name] };
}[keyof Pushed];

/** A comment: keeps proxies from closing a quiet connection, and finds those that are gone. */
export const HEARTBEAT_TEXT = ': still here\n\n';

/** How long a browser waits before it comes again, ms. */
const RETRY_MS = 2000;

/** Where a page stands before its first message: a browser keeps the id of a message that holds nothing. */
export function greetingText(id: string): string {
  return `retry: ${RETRY_MS}\nid: ${id}\n\n`;
}

/** @param id from which nothing after this message is missed */
export function eventText({ name, data }: Message, id: string): string {
  return `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
