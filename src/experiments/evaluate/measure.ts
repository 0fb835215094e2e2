// All measures of some of the labels (one kind, one category) or of all of them.

import { type EventMeasures, measureEvents } from './event-measures.js';
import type { Prepared } from './prepare.js';
import { measureWindows, type WindowMeasures } from './window-measures.js';

export interface Measures {
  readonly windows: WindowMeasures;
  readonly events: EventMeasures;
}

/**
 * @param isInGroup by label index: only these labels are to be found. Windows and alerts that belong to other
 *   labels alone are left out; healthy windows and false alerts count for every group.
 */
export function measure(prepared: Prepared, isInGroup: (label: number) => boolean): Measures {
  return {
    windows: measureWindows(prepared.judgement.windows, prepared.ranked, isInGroup),
    events: measureEvents(prepared, isInGroup),
  };
}
