// The beats of the pictures' consumer: as many records as the log has by then, and stage times as busy brokers give them.
import type { Artifact } from '../../core/artifact.js';
import { createRandom } from '../../core/random.js';
import type { Read } from '../../core/record.js';
import type { DashboardReader } from './reader.js';

const MINUTE_MS = 60_000;
const BEATS_A_MINUTE = 900;

/** @param reads by their times, and all of them records @returns tells the store how things stand at a moment */
export function createBeats(
  reader: DashboardReader,
  { name, version }: Pick<Artifact, 'name' | 'version'>,
  reads: readonly Read[],
  startedMs: number,
): (atMs: number) => Promise<void> {
  const times = reads.flatMap((read) => (read.ok ? read.record.eventTimeMs : []));
  const since = times.findIndex((timeMs) => timeMs >= startedMs);
  return async (atMs) => {
    const minutes = Math.floor((atMs - startedMs) / MINUTE_MS);
    const random = createRandom(`beat ${minutes}`);
    const next = times.findIndex((timeMs) => timeMs >= atMs);
    const read = (next < 0 ? times.length : next) - since;
    // a quarter up and down over hours, and what one minute differs from the next
    const load = (1 + 0.25 * Math.sin(minutes / 50)) * Math.exp(0.15 * random.normal());
    const stage = (
      p50: number,
      [to95, to99]: readonly [number, number] = [2.4, 5.1],
    ): { p50: number; p95: number; p99: number; count: number } => ({
      p50: p50 * load,
      p95: p50 * to95 * load * Math.exp(0.1 * Math.abs(random.normal())),
      p99: p50 * to99 * load * Math.exp(0.2 * Math.abs(random.normal())),
      count: BEATS_A_MINUTE,
    });
    const sources = await reader.sources({ name, version });
    await reader.beat({
      consumerId: '5e1f0c9a77b2',
      atMs,
      startedMs,
      state: 'running',
      streams: ['kafka://broker-1:9092/shop-logs'],
      artifact: { name, version },
      read,
      scored: read - 3,
      late: Math.floor(minutes / 17),
      setAside: 3,
      lag: random.poisson(4 * load),
      watermarkMs: atMs - 34_000 - Math.round(4000 * load),
      residentBytes: 212 * 2 ** 20,
      stages: {
        eventToAppend: stage(4),
        appendToRead: stage(2.1),
        startedToScored: stage(1.4),
        // the lateness that is waited for, and a tick
        endToEligible: { p50: 5400, p95: 6100 + 200 * load, p99: 6500 + 500 * load, count: BEATS_A_MINUTE },
        eligibleToScored: stage(0.6),
        scoredToCommit: stage(38),
        commitToStored: stage(3.1, [3, 9]),
        storedToEmitted: stage(0.7),
        emittedToDelivered: stage(64, [1.8, 3]),
      },
      broker: { address: 'broker-1:9092', isReachable: true },
      sources: Object.fromEntries(sources.map((source) => [source, atMs])),
    });
  };
}
