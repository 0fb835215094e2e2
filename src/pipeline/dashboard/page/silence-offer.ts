// What a silence begins with, as the button that opens its dialog knows it.
import type { SilenceMatch } from '../../desk/desk.js';

/** What of the match can be ticked off: a service and a kind together silence less than either. */
export interface SilenceOffer extends SilenceMatch {
  /** Of an incident: what its alerts are of; all of them are silenced at once where there are several. */
  readonly incident?: readonly SilenceMatch[];
}
