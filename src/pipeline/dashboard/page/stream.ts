// What the server pushes. A connection that breaks is made again by the browser, which says what it saw last; where the
// server turned it away for good it is made anew, and everything shown is asked for again.
import type { Pushed } from '../api.js';

export type Connection = 'connecting' | 'live' | 'reconnecting';

export interface StreamListener {
  onConnection(connection: Connection): void;
  onPushed<Name extends keyof Pushed>(name: Name, data: Pushed[Name]): void;
  /** What happened in between is not known: ask again for all that is shown. */
  onGap(): void;
}

const NAMES = [
  'status',
  'alert',
  'windows',
  'marker',
  'silences',
  'store',
] as const satisfies readonly (keyof Pushed)[];
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

/**
 * Goes on until the page is left.
 *
 * @param eventId what the page already knows: it is told all that came after, however long the connection took
 */
export function openStream(listener: StreamListener, eventId: string | undefined): void {
  let lastId = eventId;
  let waitMs = FIRST_WAIT_MS;
  let hasGap = false;

  const connect = (): void => {
    const source = new EventSource(
      lastId === undefined ? '/api/events' : `/api/events?after=${encodeURIComponent(lastId)}`,
    );
    source.addEventListener('open', () => {
      waitMs = FIRST_WAIT_MS;
      listener.onConnection('live');
      if (hasGap) listener.onGap();
      hasGap = false;
    });
    source.addEventListener('error', () => {
      listener.onConnection('reconnecting');
      if (source.readyState !== EventSource.CLOSED) return;
      // whoever turned us away may be another server, which knows nothing of what this one told
      hasGap = true;
      setTimeout(connect, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    });
    for (const name of NAMES) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        lastId = event.lastEventId;
        listener.onPushed(name, JSON.parse(event.data) as Pushed[typeof name]);
      });
    }
  };
  listener.onConnection('connecting');
  connect();
}
