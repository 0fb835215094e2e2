// Where reading goes on in a partition whose log may have been cut by retention, or deleted and made anew, meanwhile.
import type { OffsetRange } from './partition-group.js';

/** Plain JSON: how far a partition was read. */
export interface ReadTo {
  /** Behind the last message read. */
  readonly offset: number;
  /** The broker's time of that message, by which the log is known again; null before the first. */
  readonly timestampMs: number | null;
}

export interface ResumePoint {
  readonly offset: number;
  /** Messages that were never read and are gone. */
  readonly lost: number;
  /** The log is shorter than what was read of it: it cannot be the same one. */
  readonly isRecreated: boolean;
  /** The message before the offset is still there: reading it again tells whether the log is the same one. */
  readonly isCheckable: boolean;
}

/** @param readTo undefined when nothing was read before: what retention took until then was never this reader's */
export function findResumePoint(
  readTo: ReadTo | undefined,
  { lowOffset, highOffset }: OffsetRange,
): ResumePoint {
  const anew = { offset: lowOffset, lost: 0, isRecreated: false, isCheckable: false };
  if (readTo === undefined) return anew;
  const { offset, timestampMs } = readTo;
  if (offset > highOffset) return { ...anew, isRecreated: true };
  if (offset < lowOffset) return { ...anew, lost: lowOffset - offset };
  return { ...anew, offset, isCheckable: timestampMs !== null && offset > lowOffset };
}
