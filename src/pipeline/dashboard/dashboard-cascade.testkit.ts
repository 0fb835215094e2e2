// A store in which a cascade goes on: payments deviated first, checkout a window later, gateway after that; and a calm service
// whose name and lines hate the page. It stays open, so that a test can let more happen.
import type { AlertEvent } from '../../core/alert-event.js';
import type { StoredWindow } from '../ports.js';
import { openReader } from '../store/open-reader.js';
import { openStore } from '../store/open-store.js';
import { testCommit, testEvent, testWindow } from '../store/result-store.testkit.js';
import type { StoreAddress } from '../store/store-address.js';

export const MODEL = { name: 'shop', version: 'v1' };
/** A line that tries to run, to move the cursor, to turn the reading order, to ask a database and to fill a template in. */
export const HOSTILE_LINE =
  `<script>document.title='owned'</script><img src=x onerror="document.title='owned'"> \u001b[2J\u001b[31m ` +
  `\u202egnp.exe '; DROP TABLE alerts; -- {{constructor.constructor('return 1')()}} \${7*7} \u2028${'x'.repeat(1_000_000)}`;
const WINDOW_MS = 30_000;
const THRESHOLD = 0.9;
const WINDOWS = 240;
const CASCADE = ['payments', 'checkout', 'gateway'];
const SOURCES = [...CASCADE, 'cart\u202e<b>'];

export interface Cascade {
  /** End of the newest window. */
  readonly endMs: number;
  /** A new alert of the source in the newest window, committed when this resolves. */
  raise(alertId: string, source: string): Promise<void>;
  close(): Promise<void>;
}

export async function openCascade(address: StoreAddress, nowMs: number): Promise<Cascade> {
  const clock = { nowMs: () => nowMs, sleep: async () => undefined };
  const opening = { clock, create: true, onWarning: () => undefined };
  const store = await openStore(address, opening);
  const reader = await openReader(address, opening);
  const owner = await store.takeOver({ streamId: 'stdin', artifact: MODEL }, ['log_count', 'error_count']);
  const endMs = Math.floor(nowMs / WINDOW_MS) * WINDOW_MS;

  const windowOf = (source: string, back: number, score: number): StoredWindow =>
    testWindow({
      source,
      startMs: endMs - (back + 1) * WINDOW_MS,
      endMs: endMs - back * WINDOW_MS,
      score,
      threshold: THRESHOLD,
      alert: score >= THRESHOLD,
    });
  const eventOf = (alertId: string, source: string, back: number): AlertEvent => {
    const startMs = endMs - (back + 1) * WINDOW_MS;
    return testEvent({
      alertId,
      eventId: `${alertId}-0-0`,
      source,
      sinceMs: startMs,
      untilMs: startMs + WINDOW_MS,
      startMs,
      endMs: startMs + WINDOW_MS,
      threshold: THRESHOLD,
      score: 0.97,
      peakScore: 0.97,
      explanation: {
        peakEndMs: startMs + WINDOW_MS,
        features: [{ feature: 'error_count', value: 212, usualLow: 0, usualHigh: 3, amount: 2 }],
        templates: [
          {
            event: 'new',
            templateId: '0123456789abcdef',
            text: `upstream of ${source} timed out after <*> ms`,
            service: source,
            severity: 'ERROR',
            count: 212,
            usual: 0,
            example: HOSTILE_LINE,
          },
        ],
      },
    });
  };
  const windows = SOURCES.flatMap((source) => {
    const since = 6 - CASCADE.indexOf(source);
    return Array.from({ length: WINDOWS }, (_, back) => {
      const isWrong = CASCADE.includes(source) && back <= since;
      const wasWrong = source === 'gateway' && back >= 150 && back < 154;
      return windowOf(source, back, isWrong ? 0.97 : wasWrong ? 0.92 : 0.1 + (back % 5) / 20);
    }).reverse();
  });
  const earlier = eventOf('earlier', 'gateway', 152);
  await owner.commit(
    testCommit({
      windows,
      alerts: [
        earlier,
        { ...earlier, type: 'resolved', eventId: 'earlier-1-0' },
        ...CASCADE.map((source, index) => eventOf(`a-${source}`, source, 6 - index)),
      ],
      commitTimeMs: nowMs,
    }),
  );
  await reader.beat({
    consumerId: 'c0ffee',
    atMs: nowMs,
    startedMs: nowMs - 3_600_000,
    state: 'running',
    streams: ['stdin'],
    artifact: MODEL,
    read: 1000,
    scored: 1000,
    late: 0,
    setAside: 0,
    lag: null,
    watermarkMs: endMs,
    residentBytes: 2 ** 27,
    stages: {},
    broker: null,
    sources: Object.fromEntries(SOURCES.map((source) => [source, nowMs])),
  });
  return {
    endMs,
    raise: async (alertId, source) => {
      await owner.commit(testCommit({ alerts: [eventOf(alertId, source, 0)], commitTimeMs: Date.now() }));
    },
    close: async () => {
      await reader.close();
      await store.close();
    },
  };
}
