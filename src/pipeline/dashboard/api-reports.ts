// What the page and its server say to each other about what is looked at with more time: templates, the pipeline, live
// quality, the model. As in `api.ts`: times are ms since epoch, and text may be anything.
import type { ArtifactRef } from './api.js';

/** GET /api/templates?from=&to=&source=&q=&sort=count|share|trend|new|gone&after=&limit= */
export interface TemplatePage {
  readonly templates: readonly TemplateRow[];
  readonly total: number;
  readonly next: string | null;
  /** Records of the range that all shares are of. */
  readonly records: number;
}

export interface TemplateRow {
  readonly templateId: string;
  readonly text: string;
  readonly sources: readonly string[];
  readonly count: number;
  /** Of all records of the range, 0 to 1. */
  readonly share: number;
  /** Counts of equal parts of the range, oldest first; at most 24, none shorter than an hour. */
  readonly trend: readonly number[];
  /** Against the range of the same length before: count now / count then; null when there were none. */
  readonly change: number | null;
  readonly status: 'new' | 'changed' | 'gone' | 'steady';
  /** In this store. */
  readonly firstSeenMs: number;
  /** Whether the model learned it: then it is older than the store's first record of it. */
  readonly isLearned: boolean;
  readonly lastSeenMs: number;
  readonly example: string;
}

/** GET /api/health?from=&to= */
export interface PipelineHealth {
  /** Of each part of the range; nulls where nothing was heard. */
  readonly timesMs: readonly number[];
  readonly series: {
    readonly recordsPerSecond: readonly (number | null)[];
    readonly lag: readonly (number | null)[];
    readonly watermarkLagMs: readonly (number | null)[];
    readonly late: readonly (number | null)[];
    readonly deadLettered: readonly (number | null)[];
  };
  /** By stage, in order of the way. */
  readonly stages: readonly {
    readonly stage: string;
    readonly what: string;
    readonly p50Ms: readonly (number | null)[];
    readonly p95Ms: readonly (number | null)[];
    readonly p99Ms: readonly (number | null)[];
  }[];
  readonly consumers: readonly {
    readonly id: string;
    readonly state: 'running' | 'ended' | 'silent';
    readonly startedMs: number;
    readonly lastHeardMs: number;
    readonly streams: readonly string[];
    readonly residentBytes: number;
  }[];
  /** Whose time is so far ahead that what they write at the right time is late and not scored; furthest first. */
  readonly aheadSources: readonly { readonly source: string; readonly recordMs: number }[];
  readonly silentSources: readonly {
    readonly source: string;
    readonly lastRecordMs: number;
    readonly usualGapMs: number | null;
  }[];
  readonly store: {
    readonly kind: 'sqlite' | 'postgres';
    readonly isWritable: boolean;
    readonly bytes: number | null;
    readonly answeredMs: number;
  };
  readonly broker: { readonly address: string; readonly isReachable: boolean } | null;
  readonly sinks: readonly {
    readonly sink: string;
    readonly waiting: number;
    /** When the oldest event that waits was committed. */
    readonly oldestWaitingMs: number | null;
    readonly sent: number;
    /** Undeliverable ones. */
    readonly givenUp: number;
    readonly lastSentMs: number | null;
    readonly lastError: string | null;
  }[];
}

/** GET /api/quality?from=&to= — where labels exist. Canary data apart, never mixed with the rest. */
export interface Quality {
  readonly real: QualityFigures | null;
  readonly canary: QualityFigures | null;
}

export interface QualityFigures {
  readonly injected: number;
  readonly caught: number;
  readonly missed: number;
  readonly undecided: number;
  /** All that were told; the false ones are about nothing that was injected, of the others several may be about one anomaly. */
  readonly alerts: number;
  readonly falseAlerts: number;
  /** False alerts that the model was fitted for, a day and service, and over how long these were told; null where unknown. */
  readonly allowed: { readonly perDay: number; readonly overMs: number } | null;
  /** Null where nothing was injected, or nothing told. Wilson's 95 % interval. */
  readonly recall: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly precision: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Of those caught that nothing alerted for already. */
  readonly timeToDetectMs: { readonly p50: number; readonly p95: number } | null;
  readonly anomalies: readonly {
    readonly id: string;
    readonly kind: string;
    readonly source: string;
    readonly strength: number;
    readonly startMs: number;
    readonly outcome: 'caught' | 'missed' | 'undecided';
    /** From its onset; null where nothing was told of it since. */
    readonly timeToDetectMs: number | null;
    /**
     * Caught, but by no message: its windows began to alert anew while an alert was up. No time to detect, and none in the
     * figures.
     */
    readonly wasAlerting: boolean;
    readonly alertId: string | null;
  }[];
}

/** GET /api/model?from=&to= — default the last day; shadows are compared on the last seven days of the range at most. */
export interface ModelView {
  /** The one that speaks. */
  readonly champion: ArtifactCard | null;
  /** That takes its place from the window that starts then; null where none does. */
  readonly coming: (ArtifactRef & { readonly atMs: number }) | null;
  readonly shadows: readonly (ArtifactCard & {
    /** On the windows that both scored in the range. */
    readonly windows: number;
    readonly bothAlert: number;
    readonly onlyChampion: number;
    readonly onlyShadow: number;
    /**
     * Since when each score of both is compared: where the range has too many windows, these two are of its newest hours.
     */
    readonly scoresFromMs: number;
    readonly rankCorrelation: number | null;
    /** The windows on which they differ most. */
    readonly differences: readonly {
      readonly source: string;
      readonly startMs: number;
      readonly champion: number;
      readonly shadow: number;
    }[];
  })[];
  readonly switches: readonly {
    readonly atMs: number;
    /** Whether any window is the new one's. */
    readonly isInEffect: boolean;
    readonly from: ArtifactRef | null;
    readonly to: ArtifactRef;
    readonly who: string | null;
  }[];
}

export interface ArtifactCard extends ArtifactRef {
  readonly detector: string;
  readonly threshold: number;
  readonly features: number;
  readonly templates: number;
  readonly fittedFromMs: number;
  readonly fittedToMs: number;
  readonly records: number;
  /** Of the sources that have one of their own, by source. */
  readonly ownThresholds: readonly { readonly source: string; readonly threshold: number }[];
  /** Lines that count in the volume alone. */
  readonly muted: readonly {
    readonly templateId: string;
    readonly text: string;
    readonly reason: string;
    readonly who: string;
    readonly atMs: number;
  }[];
  /** Version that it was tuned from; null of one that was not. */
  readonly tunedFrom: string | null;
}

/**
 * GET /api/model/preview?threshold=&from=&to= — the stored windows asked again with another threshold. Alerts are those that
 * begin in the range, made by the rules of a stream: hysteresis, reopening, levels that are told once.
 */
export interface ThresholdPreview {
  readonly threshold: number;
  /** Alerts that the threshold would have given everywhere, and those that the model's own ones give by the same rule. */
  readonly alerts: number;
  /** Of the part of the range that the store knows of, ms, and the alerts of each day of it: not to be told of less than an hour. */
  readonly coveredMs: number;
  readonly alertsPerDay: number;
  readonly alertsNow: number;
  /** A curve to look along: strictest first. */
  readonly curve: readonly { readonly threshold: number; readonly alerts: number }[];
  readonly bySource: readonly {
    readonly source: string;
    readonly alerts: number;
    readonly alertsNow: number;
  }[];
  /** Alerts judged real that it would lose, and false ones that it would spare. */
  readonly realLost: number;
  readonly falseSpared: number;
  /** What cannot be known from what is stored, in a sentence. */
  readonly note: string;
}
