// A closed window of the fit's data: what the learners of the feature spec and of the detectors look at.
import type { Pane } from '../window/pane.js';

export interface TrainingWindow {
  readonly source: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Windows of one stretch follow each other without a gap in the data. Numbered from 0 in order of time. */
  readonly stretch: number;
  readonly window: Pane;
}
