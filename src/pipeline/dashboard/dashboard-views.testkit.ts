// A store as a consumer would have left it a moment ago, for the tests of the page: three services in the last hour, one of
// which hates the page, an alert, beats, labels, a shadow, and a model that came before.
import type { TemplateTally } from '../consume/template-tally.js';
import type { LaneNote } from '../lanes/promotion.js';
import type { StoredWindow } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import { openReader } from '../store/open-reader.js';
import { openStore } from '../store/open-store.js';
import { testCommit, testEvent, testWindow } from '../store/result-store.testkit.js';
import type { StoreAddress } from '../store/store-address.js';
import type { Heartbeat, StoredLabel } from './reader.js';

export const CHAMPION = { name: 'shop', version: 'v2' };
export const SHADOW = { name: 'shop', version: 'v3' };
/** A service that tries to be markup, to close a script and to turn the reading order. */
export const HOSTILE = '<img src=x onerror=alert(1)>\u202e"</script>';
const STREAM = 'kafka://localhost:9092/logs';
const WINDOW_MS = 30_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const SOURCES = ['checkout', 'payments', HOSTILE];
const THRESHOLD = 0.9;

/** Fills the last hour before `nowMs`. */
export async function fillStore(address: StoreAddress, nowMs: number): Promise<void> {
  const clock = { nowMs: () => nowMs, sleep: async () => undefined };
  const opening = { clock, create: true, onWarning: () => undefined };
  const store = await openStore(address, opening);
  const reader = await openReader(address, opening);
  const endMs = Math.floor(nowMs / WINDOW_MS) * WINDOW_MS;
  const commitOf = async (
    artifact: StreamKey['artifact'],
    role: LaneNote['role'],
    scoreOf: (source: string, window: number) => number,
  ): Promise<void> => {
    const key = { streamId: STREAM, artifact };
    const owner = await store.takeOver(key, ['log_count', 'error_count']);
    const windows = SOURCES.flatMap((source) =>
      Array.from({ length: 120 }, (_, window): StoredWindow => {
        const score = scoreOf(source, window);
        const startMs = endMs - (120 - window) * WINDOW_MS;
        return testWindow({
          source,
          startMs,
          endMs: startMs + WINDOW_MS,
          score,
          threshold: THRESHOLD,
          alert: score >= THRESHOLD,
        });
      }),
    );
    const alertMs = endMs - 20 * WINDOW_MS;
    const opened = testEvent({
      alertId: 'a-payments',
      eventId: 'a-payments-0-0',
      source: 'payments',
      sinceMs: alertMs,
      untilMs: alertMs + WINDOW_MS,
      startMs: alertMs,
      endMs: alertMs + WINDOW_MS,
      threshold: THRESHOLD,
    });
    await owner.commit(
      testCommit({
        windows,
        lane: { role, fromMs: null },
        alerts: role === 'champion' ? [opened] : [],
        templates: role === 'champion' ? templatesAt(nowMs) : [],
        commitTimeMs: alertMs + WINDOW_MS + 5000,
      }),
    );
  };
  // payments goes wrong twice, the second time badly; the shadow sees more than the champion
  const calm = (window: number): number => 0.1 + (window % 7) / 20;
  const wrong = new Map([
    [60, 0.93],
    [100, 0.97],
  ]);
  await commitOf(
    CHAMPION,
    'champion',
    (source, window) => (source === 'payments' ? wrong.get(window) : undefined) ?? calm(window),
  );
  await commitOf(SHADOW, 'shadow', (source, window) =>
    source === 'payments' && (wrong.has(window) || window === 40) ? 0.99 : calm(window),
  );
  for (let minute = 30; minute >= 0; minute--)
    await reader.beat(beatAt(nowMs - minute * MINUTE_MS, nowMs, minute));
  await reader.addLabels([
    labelAt('caught-one', 'payments', endMs - 20 * WINDOW_MS),
    labelAt('missed-one', 'checkout', endMs - 80 * WINDOW_MS),
  ]);
  await reader.close();
  await store.close();
}

/** Sixty kinds of lines, of which the most frequent is hostile and one is gone since four hours. */
function templatesAt(nowMs: number): TemplateTally[] {
  const hour = Math.floor(nowMs / HOUR_MS);
  const common = { source: 'payments', isNew: false, firstMs: nowMs - 9 * HOUR_MS };
  const many = Array.from({ length: 60 }, (_, index): TemplateTally => ({
    ...common,
    templateId: `template-${String(index).padStart(2, '0')}`,
    text: index === 0 ? `${HOSTILE} <*>` : `charge ${index} took <*> ms`,
    example: index === 0 ? `${HOSTILE} \x1b[31m7` : `charge ${index} took 12 ms`,
    lastMs: nowMs - MINUTE_MS,
    hours: new Map([
      [hour - 9, 100 - index],
      [hour - 1, 100 - index],
    ]),
  }));
  const gone: TemplateTally = {
    ...common,
    templateId: 'template-gone',
    text: 'cache warmed in <*> ms',
    example: 'cache warmed in 31 ms',
    lastMs: nowMs - 8 * HOUR_MS,
    hours: new Map([[hour - 9, 40]]),
  };
  return [...many, gone];
}

function beatAt(atMs: number, nowMs: number, minutesAgo: number): Heartbeat {
  const read = (60 - minutesAgo) * 6000;
  return {
    consumerId: 'c0ffee',
    atMs,
    startedMs: nowMs - 60 * MINUTE_MS,
    state: 'running',
    streams: [STREAM],
    artifact: CHAMPION,
    read,
    scored: read,
    late: 0,
    setAside: 0,
    lag: 12,
    watermarkMs: atMs - 33_000,
    residentBytes: 2 ** 27,
    stages: {
      eventToRead: { p50: 4, p95: 9, p99: 20, count: 6000 },
      commitToStored: { p50: 2, p95: 5, p99: 41, count: 60 },
    },
    broker: { address: 'localhost:9092', isReachable: true },
    // one that stopped logging ten minutes ago
    sources: { checkout: atMs, payments: atMs, [HOSTILE]: Math.min(atMs, nowMs - 10 * MINUTE_MS) },
  };
}

function labelAt(id: string, source: string, startMs: number): StoredLabel {
  return {
    id,
    kind: 'error-spike',
    startMs,
    endMs: startMs + 2 * MINUTE_MS,
    onsetMs: startMs + 1000,
    services: [source],
    rootService: source,
    strength: 0.8,
    isCanary: false,
  };
}
