// What a person is told of an alert, and the window that it comes from.
import type { Explanation } from './alert.js';
import type { WindowRow } from './score-window.js';

export interface AlertEvent {
  readonly type: 'opened' | 'updated' | 'resolved';
  /** 16 hex digits of a SHA-256 over artifact name, source and start of the first alerting window. */
  readonly alertId: string;
  /**
   * `<alertId>-<r>-<n>`: r is the revision of the row that opened it (one that was retracted may open again), n counts
   * its events from 0. The same event has the same id after a restart.
   */
  readonly eventId: string;
  readonly source: string;
  /** Start of the first alerting window, ms. */
  readonly sinceMs: number;
  /**
   * Start of the first window of what is on now, ms: of an alert that opened again, or whose reasons changed. The same as
   * `sinceMs` where it is not given.
   */
  readonly episodeMs?: number;
  /** End of the last alerting window so far or, of silence or a fall, of the last one with no or far too few records, ms. */
  readonly untilMs: number;
  /** The window that this event comes from. */
  readonly startMs: number;
  readonly endMs: number;
  readonly revision: number;
  readonly score: number;
  readonly threshold: number;
  readonly peakScore: number;
  /**
   * Of a resolved one: `quiet` after enough windows without alert, `retracted` when corrections took all of them back,
   * `absorbed` when it is still so and taken as the new level, `model changed` of earlier versions: when another
   * artifact began to speak for the source, `superseded` when graver things began, which are an alert of their own. Of an opened one: `reopened` when
   * it had been resolved before. Of an updated one: `changed` when it is for other reasons now, `more lines` when new lines
   * of errors came; none when it became much worse or turned out to have begun earlier.
   */
  readonly reason?:
    | 'quiet'
    | 'retracted'
    | 'absorbed'
    | 'model changed'
    | 'superseded'
    | 'reopened'
    | 'changed'
    | 'more lines';
  /**
   * Of the window, and the lines that were told before or since; of a resolved one what was told last, where that was more
   * than its opening.
   */
  readonly explanation?: Explanation;
}

/** @param openedBy the artifact that the alert is stored under, `name@version`; undefined where its opening did not say */
export type OnAlertEvent = (event: AlertEvent, openedBy: string | undefined) => void;

export type EventRow = Omit<WindowRow, 'features' | 'records' | 'alert'>;
