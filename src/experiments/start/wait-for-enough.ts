// A log that is too short to say what is usual, and grows: waited for, as long as it does. One that does not grow is taken where
// there is just enough of it, and otherwise refused with what to do.
import { setTimeout as sleep } from 'node:timers/promises';
import type { InputOptions } from '../../core/artifact.js';
import type { WindowSpec } from '../../core/window/window-spec.js';
import { countedWords } from '../../shell/counted-words.js';
import { FitStopped } from '../fit/fit.js';
import { MIN_WINDOWS } from '../fit/fit-model.js';
import { InputError } from '../input/resolve-inputs.js';
import { describeTally } from '../input/tally.js';
import { type LogGrowth, statLog, watchGrowth } from './log-growth.js';
import { GOOD_SPAN_MS, type LogMeasure, measureLog } from './measure-log.js';
import type { StartHooks } from './start-hooks.js';

/** A record of so long ago or less: its log is being written, until nothing came for as long. */
const RECENT_MS = 300_000;
/** Times that name no zone may be hours off: so long it is then watched whether anything is written. */
const WATCH_MS = 5000;
const WATCH_EVERY_MS = 250;
const LOOK_EVERY_MS = 5000;
/** Each look reads it from the beginning: of all the time that is waited at most a tenth goes there. */
const LOOK_SHARE = 0.1;
const SAY_EVERY_MS = 60_000;
/** So many are looked at for a format. */
const SURE_LINES = 100;

export interface WaitOptions {
  readonly path: string;
  readonly input: InputOptions;
  readonly window: WindowSpec;
  /** Default LOOK_EVERY_MS. */
  readonly lookEveryMs?: number;
  /** Nothing was written for so long: it is over. Default RECENT_MS. */
  readonly overAfterMs?: number;
}

/**
 * @returns how much of it is enough
 * @throws InputError when it holds nothing that can be read, or too little and nothing is added; FitStopped
 */
export async function waitForEnough(options: WaitOptions, hooks: StartHooks): Promise<LogMeasure> {
  const { path, window, lookEveryMs = LOOK_EVERY_MS, overAfterMs = RECENT_MS } = options;
  const first = await look(options, hooks);
  if (first.isGood) return first;
  if (!(await isGrowing(path, first, hooks.signal))) return leastOf(path, first, window);
  hooks.say(
    `${path} is too short so far: ${holds(first, window)}; ${MIN_WINDOWS} of them over ${GOOD_SPAN_MS / 60_000} minutes are the least that say what is usual. Waiting for about ${countedWords(minutesLeft(first, window), 'more minute')} of it; Ctrl-C stops`,
  );
  return hooks.stage('wait', async (show) => {
    const minutes = minutesLeft(first, window);
    const growth = watchGrowth(path, first.endMs);
    let saidAtMs = performance.now();
    for (;;) {
      const beganMs = performance.now();
      const now = await look(options, hooks);
      if (now.isGood) return now;
      // of a job that has ended the newest record is recent, too
      if (growth.quietMs() >= overAfterMs) return leastOf(path, now, window);
      const left = minutesLeft(now, window);
      show(Math.max(0, minutes - left), minutes);
      if (performance.now() - saidAtMs >= SAY_EVERY_MS) {
        saidAtMs = performance.now();
        hooks.say(
          `${countedWords(now.windows, 'window')} so far: about ${countedWords(left, 'more minute')}${quietWords(growth)}`,
        );
      }
      const tookMs = performance.now() - beganMs;
      await rest(Math.max(lookEveryMs, tookMs / LOOK_SHARE), hooks.signal);
    }
  });
}

/** @throws InputError when it is too little */
function leastOf(path: string, measure: LogMeasure, window: WindowSpec): LogMeasure {
  if (measure.windows >= MIN_WINDOWS) return measure;
  throw new InputError(refusal(path, measure, window));
}

/** At least one: whoever waits is told so. */
function minutesLeft({ windows, sources, startMs, endMs }: LogMeasure, { hopMs }: WindowSpec): number {
  const forWindowsMs = ((MIN_WINDOWS - windows) * hopMs) / Math.max(1, sources);
  const forSpanMs = GOOD_SPAN_MS - Math.max(0, endMs - startMs);
  return Math.max(1, Math.ceil(Math.max(forWindowsMs, forSpanMs) / 60_000));
}

async function look({ path, input, window }: WaitOptions, { signal }: StartHooks): Promise<LogMeasure> {
  const measure = await measureLog(path, input, window, signal).catch((error: unknown) => {
    // one that was moved away a moment ago is said to be gone, whoever noticed first
    statLog(path);
    throw error;
  });
  throwIfStopped(signal);
  const { lines } = measure.tally;
  // more of what nobody can read would not help
  if (lines.scored === 0 && lines.read >= SURE_LINES)
    throw new InputError(`${path}: ${describeTally(measure.tally)}`);
  return measure;
}

async function isGrowing(path: string, { endMs }: LogMeasure, signal: AbortSignal): Promise<boolean> {
  if (Math.abs(Date.now() - endMs) <= RECENT_MS) return true;
  const { size, mtimeMs } = statLog(path);
  if (Date.now() - mtimeMs > RECENT_MS) return false;
  for (let waitedMs = 0; waitedMs < WATCH_MS; waitedMs += WATCH_EVERY_MS) {
    await rest(WATCH_EVERY_MS, signal);
    if (statLog(path).size > size) return true;
  }
  return false;
}

function refusal(path: string, measure: LogMeasure, window: WindowSpec): string {
  const { lines } = measure.tally;
  if (lines.read > 0 && lines.scored === 0) return `${path}: ${describeTally(measure.tally)}`;
  const leastMinutes = (MIN_WINDOWS * window.hopMs) / 60_000;
  return `${path} is too short to say what is usual: ${holds(measure, window)}, and ${MIN_WINDOWS} are the least (${leastMinutes} minutes of one source, fewer of several). Nothing was added to it just now: start again when more is written, and start waits until it is enough; or name a longer log`;
}

/** `9.5 minutes of 1 source are 19 windows of 30 s` */
function holds({ startMs, endMs, sources, windows }: LogMeasure, { windowMs }: WindowSpec): string {
  if (windows === 0) return 'it holds no record yet';
  const minutes = Number(((endMs - startMs) / 60_000).toFixed(1));
  return `${countedWords(minutes, 'minute')} of ${countedWords(sources, 'source')} make ${countedWords(windows, 'window')} of ${windowMs / 1000} s`;
}

function quietWords(growth: LogGrowth): string {
  const quietMs = growth.quietMs();
  return quietMs < SAY_EVERY_MS
    ? ''
    : `; nothing was written to it for ${countedWords(Math.floor(quietMs / 60_000), 'minute')}`;
}

async function rest(durationMs: number, signal: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, { signal }).catch(() => {});
  throwIfStopped(signal);
}

function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted)
    throw new FitStopped('stopped before there was enough to learn from: nothing was written');
}
