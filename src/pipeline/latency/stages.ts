// The stages of the way from a record to an alert, between which two moments each lies and by whose clocks: the one list
// for the running consumer, for what it stored, and for its metrics.

/** Whose clock says when a moment was: that of whoever wrote the record, of the broker, or of the consumer. */
export type ClockOwner = 'writer' | 'broker' | 'consumer';

/**
 * Each stage with the clocks that its beginning and its end are read from. In the order of the way, then those that
 * span several others:
 * - `eventToAppend`, `appendToRead`: of a record, over the broker. `eventToRead`: of a record without a broker.
 * - `readToStarted`: fetched, and waiting in this process. `startedToScored`: of a record, with the batch it came in.
 * - `startedToEligible`: from there to the record that let the window close. `eligibleToScored`: features and score.
 * - `scoredToCommit`: waiting for the next commit. `commitToStored`: the commit itself.
 * - `storedToEmitted`: an alert's turn. `emittedToDelivered`: until its sinks have it.
 * - `eventToScored`: of a record, from its logging until it is counted into its windows.
 * - `endToEligible`: from a window's end, by the records' clock, to its closing: lateness is waited for here.
 * - `eventToAlert`: from the start of the window that opened an alert, so at most, to its delivery.
 */
const STAGE_CLOCKS = {
  eventToAppend: ['writer', 'broker'],
  appendToRead: ['broker', 'consumer'],
  eventToRead: ['writer', 'consumer'],
  readToStarted: ['consumer', 'consumer'],
  startedToScored: ['consumer', 'consumer'],
  startedToEligible: ['consumer', 'consumer'],
  eligibleToScored: ['consumer', 'consumer'],
  scoredToCommit: ['consumer', 'consumer'],
  commitToStored: ['consumer', 'consumer'],
  storedToEmitted: ['consumer', 'consumer'],
  emittedToDelivered: ['consumer', 'consumer'],
  eventToScored: ['writer', 'consumer'],
  endToEligible: ['writer', 'consumer'],
  eventToAlert: ['writer', 'consumer'],
} as const satisfies Readonly<Record<string, readonly [ClockOwner, ClockOwner]>>;

export type Stage = keyof typeof STAGE_CLOCKS;

export const STAGES = Object.keys(STAGE_CLOCKS) as readonly Stage[];

/** Clocks of a stage's beginning and end; a negative duration is their skew, or one clock that was set back. */
export function clocksOf(stage: Stage): readonly [ClockOwner, ClockOwner] {
  return STAGE_CLOCKS[stage];
}

/** Whether the stage compares when something was logged with the present: without meaning where history is read. */
export function isSinceEvent(stage: Stage): boolean {
  return STAGE_CLOCKS[stage][0] !== 'consumer';
}
