// Believes a source's clock, but not its slips: one record from 1970 or 2100 must neither close every window
// nor make all that follows late. A record far from its source's time waits until enough others confirm it.
// Neither a wall clock nor other sources are asked: what becomes of a record must not depend on when and beside whom
// it is read. A source that writes once a month proves by its own records that this is its way.

/** Records near each other, or each later than the one before, that together prove that the clock really moved. */
export const JUMP_CONFIRMATIONS = 3;
/** The longest quiet that is believed of a source that writes now and then: a yearly job, and a margin. */
export const LONGEST_QUIET_MS = 400 * 86_400_000;
/** How much longer than the longest proven one the next quiet may be. */
const QUIET_MARGIN = 2;

export interface TimeGate<T> {
  /** Greatest believed event time, ms; undefined before the first record. */
  maxEventTimeMs: number | undefined;
  /** Far records that wait for confirmation, oldest first; fewer than JUMP_CONFIRMATIONS. */
  waiting: Timed<T>[];
  /** Longest time without a record that was proven, ms; only of a source that was quiet for longer than the limit. */
  quietMs?: number;
}

interface Timed<T> {
  readonly eventTimeMs: number;
  readonly item: T;
}

export interface GateVerdict<T> {
  /** Believed now, in order; `jumped` says that the source's time starts anew with the first of them. */
  readonly admitted: readonly Timed<T>[];
  readonly jumped: boolean;
  /** Disproved by what came after them. */
  readonly refused: readonly T[];
}

export function createTimeGate<T>(): TimeGate<T> {
  return { maxEventTimeMs: undefined, waiting: [] };
}

/** Changes `gate`. The verdict depends on nothing but the source's own records, in their order. */
export function passGate<T>(
  gate: TimeGate<T>,
  eventTimeMs: number,
  item: T,
  maxJumpMs: number,
): GateVerdict<T> {
  const { maxEventTimeMs: max, waiting } = gate;
  const self = { eventTimeMs, item };
  if (max === undefined || Math.abs(eventTimeMs - max) <= maxJumpMs || isUsualQuiet(gate, eventTimeMs)) {
    gate.waiting = [];
    gate.maxEventTimeMs = max === undefined ? eventTimeMs : Math.max(max, eventTimeMs);
    return { admitted: [self], jumped: false, refused: waiting.map((each) => each.item) };
  }

  const quiets = quietsMs([max, ...waiting.map((each) => each.eventTimeMs), eventTimeMs]);
  const agrees =
    quiets !== undefined || waiting.every((each) => Math.abs(each.eventTimeMs - eventTimeMs) <= maxJumpMs);
  const refused = agrees ? [] : waiting.map((each) => each.item);
  const candidates = agrees ? [...waiting, self] : [self];
  if (candidates.length < JUMP_CONFIRMATIONS) {
    gate.waiting = candidates;
    return { admitted: [], jumped: false, refused };
  }
  gate.waiting = [];
  gate.maxEventTimeMs = Math.max(...candidates.map((each) => each.eventTimeMs));
  // once is a holiday, twice is a habit
  const long = quiets?.filter((quietMs) => quietMs > maxJumpMs) ?? [];
  if (long.length > 1) gate.quietMs = Math.max(gate.quietMs ?? 0, ...long);
  return { admitted: candidates, jumped: true, refused };
}

function isUsualQuiet(
  { maxEventTimeMs = Infinity, quietMs = 0 }: TimeGate<unknown>,
  timeMs: number,
): boolean {
  return timeMs > maxEventTimeMs && timeMs - maxEventTimeMs <= QUIET_MARGIN * quietMs;
}

/** The steps between times that never go back; undefined when one does, or when a step cannot be believed. */
function quietsMs(timesMs: readonly number[]): readonly number[] | undefined {
  const stepsMs = timesMs.slice(1).map((timeMs, i) => timeMs - timesMs[i]!);
  return stepsMs.every((stepMs) => stepMs >= 0 && stepMs <= LONGEST_QUIET_MS) ? stepsMs : undefined;
}
