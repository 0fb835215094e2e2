// What the canary writes while something is wrong with it: modest troubles, each of a kind that a detector has to know. How
// strong they are was measured: a healthy pipeline with the default detector tells each of them.
import { createRandom } from '../random.js';
import type { LogRecord } from '../record.js';
import { canaryRecord, ordinaryLife, RARE_ERROR } from './canary-life.js';
import { type CanaryAnomaly, canaryAnomalies } from './canary-plan.js';
import { CANARY_SOURCE } from './canary-source.js';

const ERROR = 17;
const BURST_ERRORS = 30;
const NEW_KINDS = 8;
const NEW_LINES = 16;
/** Records a second on top of about half a record in health. */
const VOLUME_PER_SECOND = 4;

const DOERS = ['cat', 'magpie', 'weasel', 'draught', 'toddler', 'vacuum', 'owl', 'kite'];
const DEEDS = ['rattled', 'circled', 'sniffed', 'tilted', 'scratched', 'shook', 'climbed', 'gnawed'];
const THINGS = ['cage', 'perch', 'swing', 'bowl', 'curtain', 'shelf', 'latch', 'roost'];

/**
 * The canary's records with its troubles in them.
 *
 * @param everyMs as `canaryAnomalies` has it
 * @returns all with `fromMs <= eventTimeMs < toMs`, in order of time
 */
export function canaryRecords(everyMs: number, fromMs: number, toMs: number): readonly LogRecord[] {
  let records = ordinaryLife(fromMs, toMs);
  for (const anomaly of canaryAnomalies(everyMs, fromMs, toMs)) {
    const { kind, startMs, endMs } = anomaly;
    if (kind === 'silence')
      records = records.filter(({ eventTimeMs }) => eventTimeMs < startMs || eventTimeMs >= endMs);
    const more = troubleOf(anomaly).filter(({ eventTimeMs }) => eventTimeMs >= fromMs && eventTimeMs < toMs);
    if (more.length > 0) records.push(...more);
  }
  // of one moment the ordinary ones first: the order in which they were put together
  return records.sort((a, b) => a.eventTimeMs - b.eventTimeMs);
}

/** When the first record differs from health; of a silence its beginning. ms. */
export function onsetOf(anomaly: CanaryAnomaly): number {
  return troubleOf(anomaly)[0]?.eventTimeMs ?? anomaly.startMs;
}

/** What is there besides the ordinary records, in order of time; nothing of a silence. */
function troubleOf({ id, kind, startMs, endMs }: CanaryAnomaly): readonly LogRecord[] {
  const random = createRandom(`canary trouble ${id}`);
  const times = (count: number): readonly number[] =>
    Array.from({ length: count }, () => startMs + random.below(endMs - startMs)).sort((a, b) => a - b);
  switch (kind) {
    case 'error-burst':
      return times(BURST_ERRORS).map((timeMs) => canaryRecord(timeMs, random, RARE_ERROR));
    case 'new-lines': {
      // another line each time: one that came before could be taken as known
      const pick = (words: readonly string[]): string => words[random.below(words.length)]!;
      const kinds = Array.from({ length: NEW_KINDS }, () =>
        [pick(DOERS), pick(DEEDS), 'the', pick(THINGS), 'of', pick(DOERS), 'and', pick(THINGS)].join(' '),
      );
      return times(NEW_LINES).map((eventTimeMs, index) => ({
        eventTimeMs,
        source: CANARY_SOURCE,
        severity: ERROR,
        body: `${kinds[index % NEW_KINDS]!}, seen ${random.below(100)} times`,
      }));
    }
    case 'volume-burst':
      return times((VOLUME_PER_SECOND * (endMs - startMs)) / 1000).map((timeMs) =>
        canaryRecord(timeMs, random),
      );
    default:
      return [];
  }
}
