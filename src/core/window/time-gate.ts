// Believes a source's clock, but not its slips: one record from 1970 or 2100 must neither close every window
// nor make all that follows late. A record far from its source's time waits until enough neighbours confirm it.

/** Records near each other, one after the other, that together prove that the clock really moved. */
export const JUMP_CONFIRMATIONS = 3;

export interface TimeGate<T> {
  /** Greatest believed event time, ms; undefined before the first record. */
  maxEventTimeMs: number | undefined;
  /** Far records that wait for confirmation, oldest first; fewer than JUMP_CONFIRMATIONS. */
  waiting: { readonly eventTimeMs: number; readonly item: T }[];
}

export interface GateVerdict<T> {
  /** Believed now, in order; `jumped` says that the source's time starts anew with the first of them. */
  readonly admitted: readonly { readonly eventTimeMs: number; readonly item: T }[];
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
  if (max === undefined || Math.abs(eventTimeMs - max) <= maxJumpMs) {
    gate.waiting = [];
    gate.maxEventTimeMs = max === undefined ? eventTimeMs : Math.max(max, eventTimeMs);
    return { admitted: [self], jumped: false, refused: waiting.map((each) => each.item) };
  }

  const agrees = waiting.every((each) => Math.abs(each.eventTimeMs - eventTimeMs) <= maxJumpMs);
  const refused = agrees ? [] : waiting.map((each) => each.item);
  const candidates = agrees ? [...waiting, self] : [self];
  if (candidates.length < JUMP_CONFIRMATIONS) {
    gate.waiting = candidates;
    return { admitted: [], jumped: false, refused };
  }
  gate.waiting = [];
  gate.maxEventTimeMs = Math.max(...candidates.map((each) => each.eventTimeMs));
  return { admitted: candidates, jumped: true, refused };
}
