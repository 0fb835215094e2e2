// What is remembered of a source's alerts between two of its windows.
import type { OpenAlert } from './alert-life-open.js';
import type { ArtifactTerms } from './alert-life-terms.js';
import type { KnownReasons } from './alert-reasons.js';

/** Plain JSON; of one source. Optional is what states of earlier versions do not have. */
export interface AlertLifeState {
  /** Start of the newest window seen, ms. */
  readonly newestStartMs: number;
  /** Alerts up to here were resolved: a correction before it opens nothing again. */
  readonly resolvedUntilMs: number | null;
  /** How often the source's clock was set back; see the windower. */
  readonly generation: number;
  readonly open: OpenAlert | null;
  /** Those that are over, while they may still open again; the last one comes last. */
  readonly lately?: readonly OpenAlert[];
  /** The same, of states of earlier versions: the last one alone. */
  readonly resolved?: OpenAlert | null;
  /** Reasons that were told and are no news. */
  readonly known?: KnownReasons;
  /** Of the newest window, and of what is known. */
  readonly terms?: ArtifactTerms;
}
