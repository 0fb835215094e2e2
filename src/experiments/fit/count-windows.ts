// How many windows a fit would cut its logs into, counted while they are read the first time: a window far too short for
// the stretch of time is refused in a sentence, before it takes all the memory there is.
import type { LogRecord } from '../../core/record.js';
import { ALL_SOURCES, DEFAULT_WINDOW_SPEC, type WindowSpec } from '../../core/window/window-spec.js';
import { InputError } from '../input/resolve-inputs.js';

export interface WindowCount {
  add(record: Pick<LogRecord, 'eventTimeMs' | 'source'>): void;
  /** Of all sources so far, those of their silences with them. */
  windows(): number;
}

/** As the windower cuts them, but for records that come out of order or far off: these may count a few too many. */
export function createWindowCount(spec: WindowSpec): WindowCount {
  const { hopMs } = spec;
  const silenceHops = Math.floor(spec.maxSilenceMs / hopMs);
  const lastHops = new Map<string, number>();
  let windows = 0;
  return {
    add: ({ eventTimeMs, source }) => {
      const key = spec.groupBy === 'all' ? ALL_SOURCES : source;
      const hop = Math.floor(eventTimeMs / hopMs);
      const lastHop = lastHops.get(key);
      const steps = lastHop === undefined ? 1 : hop - lastHop;
      const isBack = steps <= 0 && -steps * hopMs <= spec.maxJumpMs;
      if (isBack) return;
      // a silence is told for so long and no longer; a clock that is set back begins anew
      windows += steps > 0 ? Math.min(steps, 1 + silenceHops) : 1;
      lastHops.set(key, hop);
    },
    windows: () => windows,
  };
}

/** Measured: a window in which hardly anything was written takes 350 to 600 bytes of heap until the fit is over. */
const LEAST_BYTES_A_WINDOW = 500;

/**
 * @param heapBytes that this process may use
 * @throws InputError when even nearly empty windows would not fit
 */
export function refuseTooManyWindows(windows: number, { hopMs }: WindowSpec, heapBytes: number): void {
  if (windows * LEAST_BYTES_A_WINDOW <= heapBytes) return;
  const usualMs = DEFAULT_WINDOW_SPEC.windowMs;
  const count = (value: number): string => Math.ceil(value).toLocaleString('en-US');
  const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
  throw new InputError(
    `windows ${hopMs} ms apart cut these logs into ${count(windows)} of them, which take at least ` +
      `${gigabytes(windows * LEAST_BYTES_A_WINDOW)} GB where this process may use ${gigabytes(heapBytes)} GB: ` +
      (hopMs < usualMs
        ? `take a longer window, for example the usual ${usualMs / 1000} s, of which there would be about ${count((windows * hopMs) / usualMs)}`
        : `give it a shorter stretch of time, or all services together (group by all)`),
  );
}

/** Each row is made of so many windows before it: at 30 s an horizon of 83 hours. */
const MOST_WINDOWS_BACK = 10_000;

/**
 * @param rollingMs horizon of the rolling statistics
 * @throws InputError when a row would look back on more windows than can be gone through for each
 */
export function refuseLongLookBack({ hopMs }: WindowSpec, rollingMs: number): void {
  const windowsBack = Math.ceil(rollingMs / hopMs);
  if (windowsBack <= MOST_WINDOWS_BACK) return;
  throw new InputError(
    `with windows ${hopMs} ms apart each looks back on ${windowsBack.toLocaleString('en-US')} others to cover ` +
      `${rollingMs / 1000} s, and ${MOST_WINDOWS_BACK.toLocaleString('en-US')} are the most: take windows of ` +
      `${Math.ceil(rollingMs / MOST_WINDOWS_BACK)} ms or more, or a shorter horizon (rolling)`,
  );
}
