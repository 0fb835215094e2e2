// What is wrong with the pipeline itself, worst first, each with what to do about it: the reading of the figures that an
// engineer would do at three in the morning.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { Status } from '../api.js';
import type { PipelineHealth } from '../api-reports.js';
import { behindMs } from './behind.js';
import { lastOf } from './health-series.js';
import { countOf, countText } from './number-text.js';
import { durationText } from './time-text.js';

export interface HealthProblem {
  readonly severity: 'critical' | 'warning';
  readonly what: string;
  /** A command in it stands in backquotes. */
  readonly advice: string;
}

/** Lag must have grown for this many parts of the range before it counts: one batch more or less is no trend. */
const GROWING_PARTS = 4;
/** An answer of the store slower than this is felt on every page. */
const SLOW_STORE_MS = 1000;

export function healthProblems(
  health: PipelineHealth,
  status: Status,
  nowMs: number,
): readonly HealthProblem[] {
  const { store, broker, sinks, silentSources, aheadSources, series } = health;
  const problems: HealthProblem[] = [];
  if (!store.isWritable)
    problems.push({
      severity: 'critical',
      what: 'The results store cannot be written from here: acknowledging, judging and silencing are off.',
      advice:
        'Look at who owns its file and its folder. A consumer with the same rights keeps its windows and alerts waiting.',
    });
  if (broker !== null && !broker.isReachable)
    problems.push({
      severity: 'critical',
      what: `The broker ${showUnsafe(broker.address)} does not answer: nothing new is read.`,
      advice: 'The consumer tries again by itself and goes on where it stopped; bring the broker back.',
    });
  const lateMs = behindMs(status, nowMs);
  if (lateMs !== undefined)
    problems.push({
      severity: 'warning',
      what: `The newest window ended ${durationText(lateMs)} ago: what was logged since is not scored yet.`,
      advice: 'It reads history, or more comes in than it can take: see whether the watermark lag falls.',
    });
  const lag = lastOf(series.lag);
  if (lag !== null && lag > 0 && isGrowing(series.lag))
    problems.push({
      severity: 'warning',
      what: `The consumer falls behind: ${countText(lag)} messages not read yet, and more each minute.`,
      advice: 'Start another consumer of the same group; partitions are shared out by themselves.',
    });
  for (const { sink, waiting, lastError } of sinks) {
    if (lastError === null || waiting === 0) continue;
    problems.push({
      severity: 'critical',
      what: `${countOf(waiting, 'notification waits', 'notifications wait')} for ${showUnsafe(sink)}: ${showUnsafe(lastError)}`,
      advice: 'None is lost: they are sent as soon as it takes them. Alerts still show on this page.',
    });
  }
  if (store.answeredMs > SLOW_STORE_MS)
    problems.push({
      severity: 'warning',
      what: `The results store took ${durationText(store.answeredMs)} to answer.`,
      advice: 'Look at the load of its machine.',
    });
  for (const { source, recordMs } of aheadSources)
    problems.push({
      severity: 'critical',
      what: `The clock of ${showUnsafe(source)} was ${durationText(recordMs - nowMs)} ahead: until then what it writes is counted as late and not scored.`,
      advice: 'Set its clock right. Nothing is seen of this service before its time has come.',
    });
  for (const { source, lastRecordMs, usualGapMs } of silentSources) {
    const usual = usualGapMs === null ? '' : `, usually silent for ${durationText(usualGapMs)} at most`;
    problems.push({
      severity: 'warning',
      what: `${showUnsafe(source)} has not logged for ${durationText(nowMs - lastRecordMs)}${usual}.`,
      advice: 'It may be down, or whatever ships its lines.',
    });
  }
  return problems.sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'critical' ? -1 : 1));
}

function isGrowing(values: readonly (number | null)[]): boolean {
  const newest = values.filter((value) => value !== null).slice(-GROWING_PARTS);
  return (
    newest.length === GROWING_PARTS &&
    newest.every((value, index) => index === 0 || value > newest[index - 1]!)
  );
}
