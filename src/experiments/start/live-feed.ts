// The generator as live traffic: goes on from a snapshot under the options it had, with anomalies planned for the time
// that somebody is watching.
import { createRandom } from '../../core/random.js';
import type { AnomalyKind } from '../generator/anomaly-kinds.js';
import { formatLine } from '../generator/format-line.js';
import { createGenerator, type GeneratorState } from '../generator/generator.js';
import type { GeneratorOptions, PlannedAnomaly } from '../generator/options.js';
import type { Labels } from '../labels.js';

export interface LiveFeed {
  advance(untilMs: number, onLine: (line: string) => void): void;
  reachedMs(): number;
  /** Plain JSON, for `createLiveFeed` to go on from. */
  snapshot(): FeedPosition;
  /** From now on an anomaly every few minutes, the first one strong and in a few seconds. */
  planShow(nowMs: number): void;
  labels(): Labels;
}

export interface FeedPosition {
  readonly options: GeneratorOptions;
  /** Undefined before anything was handed out. */
  readonly state?: GeneratorState;
}

const FIRST_AFTER_MS = 4000;
const EVERY_MS = 480_000;
/** So far ahead the show is planned; a stream that runs longer goes on with the anomalies that the generator draws. */
const SHOW_MS = 86_400_000;
/** A request under way may already have met an anomaly that begins so much later. */
const UNDER_WAY_MS = 121_000;
/** What can be told within a minute or so, in turn. */
const SHOW_KINDS: readonly AnomalyKind[] = [
  'new-exception',
  'cascade',
  'silence',
  'error-spike',
  'traffic-surge',
  'rare-template-spike',
];

export function createLiveFeed(from: FeedPosition): LiveFeed {
  // nobody watched while it was stopped: what the show had planned for then does not take place
  let options = from.state ? withShow(from.options, from.state.reachedMs, []) : from.options;
  let generator = createGenerator(options, from.state);
  return {
    advance: (untilMs, onLine) =>
      generator.advance(untilMs, (record) => onLine(formatLine(record).trimEnd())),
    reachedMs: () => generator.reachedMs(),
    snapshot: () => ({ options, state: generator.snapshot() }),
    planShow: (nowMs) => {
      options = withShow(options, nowMs, planShow(nowMs, `${options.seed ?? ''}|${nowMs}`));
      generator = createGenerator(options, generator.snapshot());
    },
    labels: () => generator.labelsSoFar(),
  };
}

/** What has begun stays in the plan, since the past cannot be changed; what follows is replaced. */
function withShow(
  options: GeneratorOptions,
  reachedMs: number,
  show: readonly PlannedAnomaly[],
): GeneratorOptions {
  const begun = (options.planned ?? []).filter(({ startMs }) => startMs <= reachedMs + UNDER_WAY_MS);
  return { ...options, planned: [...begun, ...show] };
}

function planShow(nowMs: number, seed: string): PlannedAnomaly[] {
  const random = createRandom(seed);
  const first: PlannedAnomaly = {
    kind: 'error-spike',
    startMs: nowMs + FIRST_AFTER_MS,
    durationMs: 60_000,
    strength: 1,
    service: 'payment',
  };
  const later = Array.from({ length: Math.floor(SHOW_MS / EVERY_MS) }, (_, i): PlannedAnomaly => ({
    kind: SHOW_KINDS[i % SHOW_KINDS.length]!,
    startMs: Math.round(nowMs + FIRST_AFTER_MS + (i + 1 + 0.4 * (random.next() - 0.5)) * EVERY_MS),
    durationMs: Math.round(60_000 + 60_000 * random.next()),
    strength: Math.round(40 + 60 * random.next()) / 100,
  }));
  return [first, ...later];
}
