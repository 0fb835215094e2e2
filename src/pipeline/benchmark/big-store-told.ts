// What a store of weeks holds beside windows and alerts: what a consumer told of itself every minute, what was injected, and
// what became of each alert at two sinks.
import { createRandom, type Random } from '../../core/random.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import { createCounter } from '../consume/counts.js';
import type { DashboardReader, Heartbeat, StoredLabel } from '../dashboard/reader.js';
import { STAGES } from '../latency/stages.js';
import type { Clock } from '../ports.js';
import type { DeliveryOutcome, NewDelivery } from '../sinks/delivery.js';
import { openReader } from '../store/open-reader.js';
import type { BigStore } from './big-store.js';

const MINUTE_MS = 60_000;
const SINKS = ['slack', 'webhook'];
/** Of the anomalies: half of the alerts are of one, and a few were missed. */
const MISSED = 20;

/** @param path of a filled store @returns how many beats, labels and deliveries were told */
export async function tellBigStore(
  path: string,
  big: BigStore,
  clock: Clock,
): Promise<{ readonly beats: number; readonly labels: number; readonly deliveries: number }> {
  const random = createRandom('big told');
  const reader = await openReader({ kind: 'sqlite', path }, { clock, create: false, onWarning: () => {} });
  try {
    return {
      beats: await tellBeats(reader, big, random),
      labels: await tellLabels(reader, big, random),
      deliveries: await deliver(path, big),
    };
  } finally {
    await reader.close();
  }
}

async function tellBeats(reader: DashboardReader, big: BigStore, random: Random): Promise<number> {
  const sources = await reader.sources(big.artifact);
  let beats = 0;
  let read = 0;
  for (let atMs = big.fromMs; atMs < big.toMs; atMs += MINUTE_MS) {
    read += 5000 + random.below(1000);
    const heartbeat: Heartbeat = {
      consumerId: 'consumer-1',
      atMs,
      startedMs: big.fromMs,
      state: 'running',
      streams: [big.streamId],
      artifact: big.artifact,
      read,
      scored: read - 20,
      late: 15,
      setAside: 5,
      lag: random.below(400),
      watermarkMs: atMs - 30_000,
      residentBytes: 200e6 + random.below(50e6),
      stages: Object.fromEntries(
        STAGES.map((stage) => [
          stage,
          { p50: 5 * random.next(), p95: 5 + 20 * random.next(), p99: 25 + 50 * random.next(), count: 60 },
        ]),
      ),
      broker: { address: '127.0.0.1:9092', isReachable: true },
      sources: Object.fromEntries(sources.map((source) => [source, atMs - random.below(5000)])),
    };
    await reader.beat(heartbeat);
    beats++;
  }
  return beats;
}

async function tellLabels(reader: DashboardReader, big: BigStore, random: Random): Promise<number> {
  const alerts = await reader.alerts({ fromMs: big.fromMs, toMs: big.toMs, limit: big.alertIds.length });
  const labelOf = (id: string, source: string, startMs: number, endMs: number): StoredLabel => ({
    id,
    kind: 'error-spike',
    startMs,
    endMs,
    onsetMs: startMs,
    services: [source],
    rootService: source,
    strength: random.next(),
    isCanary: false,
  });
  const caught = alerts
    .filter((_, index) => index % 2 === 0)
    .map(({ alert }) => labelOf(alert.alertId, alert.source, alert.sinceMs, alert.untilMs));
  const missed = Array.from({ length: MISSED }, (_, index) => {
    const startMs = big.fromMs + random.below(big.toMs - big.fromMs - 10 * MINUTE_MS);
    return labelOf(
      `missed-${index}`,
      alerts[index % alerts.length]!.alert.source,
      startMs,
      startMs + MINUTE_MS,
    );
  });
  await reader.addLabels([...caught, ...missed]);
  return caught.length + missed.length;
}

async function deliver(path: string, { artifact, streamId, alertIds, toMs }: BigStore): Promise<number> {
  const store = createSqliteStore(path);
  try {
    const owner = await store.takeOver({ streamId, artifact }, []);
    const deliveries = alertIds.flatMap((alertId) =>
      ['0', '1'].flatMap((event) =>
        SINKS.map((sink): NewDelivery => ({
          eventId: `${alertId}-0-${event}`,
          alertId,
          sink,
          state: 'waiting',
        })),
      ),
    );
    await owner.commit({
      position: { hourMs: toMs },
      counts: createCounter().counts(0),
      sources: [],
      windows: [],
      alerts: [],
      deliveries,
      deadLetters: [],
      commitTimeMs: toMs,
    });
    await owner.noteOutcomes(
      deliveries.map(({ eventId, sink }): DeliveryOutcome => ({
        eventId,
        sink,
        attempts: 0,
        state: 'sent',
        isSettled: true,
        nextAttemptMs: null,
        lastError: null,
        atMs: toMs,
      })),
    );
    return deliveries.length;
  } finally {
    await store.close();
  }
}
