// All open pages, fed by one look at the store every so often: pages that stand at the same place share it. A page that
// does not take what it is sent is cut off; it comes again, and says where it stood.
import type { Caller } from '../guard/caller.js';
import { type CommonStatus, statusFor } from '../answers/status.js';
import type { Changes } from './changes.js';
import { encodeEventId, type EventPosition } from './event-id.js';
import { eventText, greetingText, HEARTBEAT_TEXT, type Message } from './event-text.js';

export interface EventClient {
  /** Where it asks from. */
  readonly address: string;
  /** Undefined once whoever opened the page may not see it any more. */
  caller(): Caller | undefined;
  /** @returns whether there is room for more */
  send(text: string): boolean;
  /** Ends the connection. */
  cut(): void;
}

export interface EventHub {
  /** @returns undefined when there are too many pages already, of all or of its address; otherwise a function for when the page has gone */
  connect(client: EventClient, position: EventPosition): (() => void) | undefined;
  /** Looks once, and tells. */
  tick(): Promise<void>;
  /** Whether the store can be looked at: told where it is another answer than before, and to pages that come while it cannot. */
  tellStore(isReadable: boolean): void;
  /** Of comments on quiet connections. */
  beat(): void;
  readonly clients: number;
}

export interface EventHubOptions {
  readonly changesSince: (position: EventPosition, nowMs: number) => Promise<Changes>;
  readonly status: (nowMs: number) => Promise<CommonStatus>;
  readonly nowMs: () => number;
  readonly mostClients?: number;
}

const MOST_CLIENTS = 200;
/** Nobody alone takes the places of all: tabs and screens of a household, not of a crowd. */
const MOST_OF_ADDRESS = 60;
const STATUS_EVERY_MS = 2000;

interface Page {
  readonly client: EventClient;
  position: EventPosition;
  toldStatus: string;
}

export function createEventHub(options: EventHubOptions): EventHub {
  const { mostClients = MOST_CLIENTS } = options;
  const pages = new Set<Page>();
  let status: CommonStatus | undefined;
  let isStoreReadable = true;

  const drop = (page: Page): void => {
    if (pages.delete(page)) page.client.cut();
  };
  const deliver = (page: Page, text: string): void => {
    if (!page.client.send(text)) drop(page);
  };
  /** Only the last message stands for all of them: a break between two brings those before it again, and loses none. */
  const tell = (page: Page, messages: readonly Message[], position: EventPosition): void => {
    const [before, after] = [encodeEventId(page.position), encodeEventId(position)];
    const last = messages.length - 1;
    deliver(page, messages.map((message, at) => eventText(message, at === last ? after : before)).join(''));
    page.position = position;
  };

  const storeNews = (): Message => ({ name: 'store', data: { isReadable: isStoreReadable } });

  return {
    get clients() {
      return pages.size;
    },
    connect: (client, position) => {
      if (pages.size >= mostClients) return undefined;
      const ofAddress = [...pages].filter((page) => page.client.address === client.address).length;
      if (ofAddress >= MOST_OF_ADDRESS) return undefined;
      const page = { client, position, toldStatus: '' };
      pages.add(page);
      deliver(page, greetingText(encodeEventId(position)));
      if (!isStoreReadable) tell(page, [storeNews()], position);
      return () => {
        pages.delete(page);
      };
    },
    tick: async () => {
      if (pages.size === 0) return;
      // pages that come while this goes on are looked after the next time
      const present = [...pages];
      const nowMs = options.nowMs();
      let isNews = false;
      for (const group of byPosition(present)) {
        const { messages, position } = await options.changesSince(group[0]!.position, nowMs);
        isNews ||= messages.length > 0;
        for (const page of group)
          if (messages.length > 0) tell(page, messages, position);
          else page.position = position;
      }
      const isOld = status === undefined || Math.abs(nowMs - status.nowMs) >= STATUS_EVERY_MS;
      if (isOld || isNews || status === undefined) status = await options.status(nowMs);
      const comparable = JSON.stringify({ ...status, nowMs: 0 });
      for (const page of present) {
        const caller = page.client.caller();
        if (caller === undefined) drop(page);
        else if (pages.has(page) && page.toldStatus !== comparable) {
          page.toldStatus = comparable;
          tell(page, [{ name: 'status', data: statusFor(status, caller) }], page.position);
        }
      }
    },
    tellStore: (isReadable) => {
      if (isReadable === isStoreReadable) return;
      isStoreReadable = isReadable;
      for (const page of pages) tell(page, [storeNews()], page.position);
    },
    beat: () => {
      for (const page of pages) deliver(page, HEARTBEAT_TEXT);
    },
  };
}

function byPosition(pages: readonly Page[]): readonly (readonly Page[])[] {
  const groups = new Map<string, Page[]>();
  for (const page of pages) {
    const id = encodeEventId(page.position);
    const others = groups.get(id);
    if (others) others.push(page);
    else groups.set(id, [page]);
  }
  return [...groups.values()];
}
