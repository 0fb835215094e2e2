// An alert that is on while another artifact takes the place of the one that told it. It belongs to its source and to what is
// wrong there: as long as the next one finds the source strange too, it goes on as it is, and nobody is told anew.
import { type OpenAlert, withWindow } from './alert-life-open.js';
import { isGraver, isOther, reasonsSoFar } from './alert-life-same.js';
import type { ArtifactTerms } from './alert-life-terms.js';
import { comparableWith, type WindowReasons } from './alert-reasons.js';
import type { WindowRow } from './score-window.js';

/** With its first alerting window by another artifact: how strange it became is measured by that one from here on. */
export function takenOn(alert: OpenAlert, { score }: WindowRow, terms: ArtifactTerms): OpenAlert {
  return { ...alert, terms, toldScore: score, peakScore: score };
}

/** With a window of another artifact than the one it is on by. @param isNewest or else a correction: of the one that spoke before */
export function goneOn(alert: OpenAlert, row: WindowRow, terms: ArtifactTerms, isNewest: boolean): OpenAlert {
  const wider = withWindow(alert, row);
  return isNewest ? takenOn(wider, row, terms) : { ...wider, peakScore: alert.peakScore };
}

/** Whether the first window by another artifact is about graver things: that is worth telling, as more of the same alert. */
export function isGraverBy(reasons: WindowReasons | undefined, alert: OpenAlert): boolean {
  if (reasons === undefined || !isGraver(reasons, alert)) return false;
  return isOther(comparableWith(reasons, alert.terms), reasonsSoFar(alert), true);
}
