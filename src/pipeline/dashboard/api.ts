// What the page and its server say to each other: the JSON of every answer under /api. Types alone, so that both are held to
// the same. Times are ms since epoch; text is as it stood in the log, and may be anything: whoever shows it escapes it.
import type { TemplateEvidence } from '../../core/alert.js';
import type { AlertNote, Silence, SilenceMatch, Verdict } from '../desk/desk.js';

export type AlertState = 'firing' | 'acknowledged' | 'resolved' | 'silenced';
export type Severity = 'critical' | 'warning' | 'info';

/** GET /api/status — asked for first, and pushed as `status` when it changes. */
export interface Status {
  readonly nowMs: number;
  /**
   * `running`: a consumer commits or beats; `ended`: the input was over and it said so; `silent`: a consumer should be there
   * and was not heard of for longer than 60 s; `never`: nothing was ever stored.
   */
  readonly consumer: 'running' | 'ended' | 'silent' | 'never';
  readonly lastHeardMs: number | null;
  /** Greatest end of a stored window. */
  readonly watermarkMs: number | null;
  readonly artifact: ArtifactRef | null;
  /** All that have results, newest first, with what they are now. */
  readonly artifacts: readonly (ArtifactRef & { readonly role: 'champion' | 'shadow' | 'former' })[];
  readonly sources: readonly string[];
  readonly counts: {
    readonly read: number;
    readonly scored: number;
    readonly late: number;
    readonly setAside: number;
  };
  /** Incidents of each state that still go on. */
  readonly firing: number;
  readonly acknowledged: number;
  readonly silenced: number;
  /** As old as the end of the newest window may be while a consumer keeps up: until the next one, and its lateness. */
  readonly usualLagMs: number;
  /** Who is asking: what they may do. */
  readonly who: { readonly name: string | null; readonly mayWrite: boolean };
  /** Sent back as `x-loghorn-csrf` with every request that changes something. */
  readonly csrfToken: string;
  /** Whether labels exist, so that /api/quality has something to say. */
  readonly hasLabels: boolean;
  /**
   * In the answer of GET alone: `new EventSource('/api/events?after=' + eventId)` begins behind what was stored when it was
   * asked, so that nothing is missed between this answer and the connection.
   */
  readonly eventId?: string;
}

export interface ArtifactRef {
  readonly name: string;
  readonly version: string;
}

/** GET /api/swimlane?from=&to=&bucket= — the champion's windows, and where it was another. */
export interface Swimlane {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bucketMs: number;
  /** Worst first. */
  readonly lanes: readonly {
    readonly source: string;
    /** Highest score of each bucket; null where there is no window. Length = ceil((toMs − fromMs) / bucketMs). */
    readonly scores: readonly (number | null)[];
    /** Alerting windows of each bucket. */
    readonly alerting: readonly number[];
    /** Where the source has one of its own. */
    readonly threshold?: number;
  }[];
  readonly threshold: number;
  readonly markers: readonly Marker[];
  /** Left out while no window was deleted. */
  readonly kept?: KeptWindows;
}

/** Single windows that start before were deleted, ms; what is summed up by the hour outlives them. */
export interface KeptWindows {
  readonly beforeMs: number;
  readonly keepMs: number;
}

/** A deploy is told by `loghorn deploy` or POST /api/markers; a model change comes of a promotion. */
export interface Marker {
  readonly atMs: number;
  readonly kind: 'deploy' | 'model';
  readonly text: string;
  readonly source?: string;
}

export interface AlertSummary {
  readonly alertId: string;
  readonly artifact: ArtifactRef;
  readonly source: string;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly state: AlertState;
  readonly severity: Severity;
  readonly kind: string;
  readonly peakScore: number;
  readonly threshold: number;
  readonly verdict: Verdict | null;
  /** One line for a list: the strongest reason. */
  readonly headline: string;
}

/** GET /api/incidents?from=&to=&source=&state=&severity=&q=&after=&limit= (newest first). */
export interface IncidentPage {
  readonly incidents: readonly Incident[];
  /** Of the whole answer, not of this page. */
  readonly total: number;
  readonly next: string | null;
}

export interface Incident {
  /** Id of the alert that was told first. */
  readonly id: string;
  readonly state: AlertState;
  readonly severity: Severity;
  readonly kind: string;
  readonly sinceMs: number;
  /** End of its last alerting window so far. */
  readonly untilMs: number;
  /** The service that deviated first, and how sure that is: others within the same window are `tied`. */
  readonly rootSource: string;
  readonly tied: readonly string[];
  /** Alerts in the order in which their services first deviated. */
  readonly alerts: readonly (AlertSummary & { readonly deviatedMs: number })[];
  /** The story in a sentence: `payments deviated first, checkout 30 s later, …`. */
  readonly story: string;
}

/** GET /api/alerts/:id */
export interface AlertDetail extends AlertSummary {
  readonly incidentId: string;
  /** Expected band against actual, strongest first, with the way there. */
  readonly features: readonly {
    readonly feature: string;
    readonly unit: string;
    /** What it is, in words and as a formula. */
    readonly description: string;
    readonly value: number;
    readonly usualLow: number;
    readonly usualHigh: number;
    /** Share of the sum of all contributions shown, 0 to 1. */
    readonly share: number;
    /** Values of the windows of `history`. */
    readonly values: readonly (number | null)[];
  }[];
  readonly templates: readonly TemplateEvidence[];
  /** Left out while no window was deleted. */
  readonly kept?: KeptWindows;
  /** Windows of the source around the alert. */
  readonly history: readonly {
    readonly startMs: number;
    readonly endMs: number;
    readonly score: number;
    readonly records: number;
    readonly alert: boolean;
  }[];
  /** From the first line to the person, in order; null where it is not known (history, or another clock). */
  readonly timeToDetect: readonly {
    readonly stage: string;
    readonly what: string;
    readonly ms: number | null;
  }[];
  readonly events: readonly {
    readonly type: string;
    readonly atMs: number;
    readonly score: number;
    readonly reason?: string;
  }[];
  readonly deliveries: readonly {
    readonly sink: string;
    readonly state: 'sent' | 'waiting' | 'silenced' | 'history' | 'given-up';
    readonly atMs: number | null;
    readonly attempts: number;
    readonly error: string | null;
  }[];
  readonly notes: readonly AlertNote[];
  readonly silences: readonly Silence[];
}

/** POST /api/alerts/:id/notes — answer: AlertNote. @see AlertAction for the body's `action`; `who` only where no token says it. */
export interface NoteRequest {
  readonly action: AlertNote['action'];
  readonly who?: string;
}

/** GET and POST /api/silences, POST /api/silences/:id/lift */
export interface SilenceRequest {
  readonly match: SilenceMatch;
  readonly fromMs?: number;
  readonly untilMs: number;
  readonly cause?: Silence['cause'];
  readonly reason: string;
  readonly who?: string;
}

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
  readonly firstSeenMs: number;
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
  readonly falseAlerts: number;
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
    /** Caught by an alert that was told before it began and not worse since: no time to detect, and none in the figures. */
    readonly wasAlerting: boolean;
    readonly alertId: string | null;
  }[];
}

/** GET /api/model?from=&to= — default the last day; shadows are compared on the last seven days of the range at most. */
export interface ModelView {
  readonly champion: ArtifactCard | null;
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
}

/**
 * GET /api/model/preview?threshold=&from=&to= — the stored windows asked again with another threshold. Alerts are those that
 * begin in the range, made by the rules of a stream: hysteresis, reopening, levels that are told once.
 */
export interface ThresholdPreview {
  readonly threshold: number;
  /** Alerts that the threshold would have given everywhere, and those that the model's own ones give by the same rule. */
  readonly alerts: number;
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

/**
 * GET /api/events — server-sent events. Each has an `id:` that a browser sends back when it reconnects, and from which
 * nothing is missed. Names and data: `status` Status · `alert` AlertSummary (opened, updated, resolved, noted, silenced: as
 * it stands now) · `windows` { sources: string[]; fromMs: number; toMs: number } (new or corrected rows: ask again for what is
 * shown) · `marker` Marker · `silences` readonly Silence[] · `store` whether it can be looked at: told when that changes.
 */
export interface Pushed {
  readonly status: Status;
  readonly alert: AlertSummary;
  readonly windows: { readonly sources: readonly string[]; readonly fromMs: number; readonly toMs: number };
  readonly marker: Marker;
  readonly silences: readonly Silence[];
  readonly store: { readonly isReadable: boolean };
}

/** Every answer that is no success, with a status of 4xx or 5xx: a sentence for a person, nothing of the inside. */
export interface Failure {
  readonly error: string;
}
