// Ground truth: when something was wrong, where it began, and what kind of trouble it was.
// It is kept apart from the logs; a detector never sees it.

/** Shape of `labels.json`, as `loghorn generate` writes it and `loghorn evaluate` reads it. */
export interface Labels {
  readonly version: 1;
  /** First and last instant that the labels speak about, ms since epoch. */
  readonly startMs: number;
  readonly endMs: number;
  readonly labels: readonly Label[];
  /** Harmless but unusual stretches (deploys, benign bursts, maintenance): hard negatives, not anomalies. */
  readonly benign: readonly BenignStretch[];
}

export interface Label {
  readonly id: string;
  /** For example `error-spike`; see the generator's list. */
  readonly kind: string;
  readonly category: 'point' | 'contextual' | 'collective';
  /** Half open: `[startMs, endMs)`. */
  readonly startMs: number;
  readonly endMs: number;
  /** When the first record differs from normal; `startMs <= onsetMs < endMs`. */
  readonly onsetMs: number;
  readonly services: readonly string[];
  readonly rootService: string;
  /** 0 (barely visible) to 1 (obvious). */
  readonly strength: number;
}

export interface BenignStretch {
  readonly kind: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly services: readonly string[];
}
