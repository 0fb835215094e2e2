// What the page and its server say to each other: the JSON of every answer under /api. Types alone, so that both are held to
// the same. Times are ms since epoch; text is as it stood in the log, and may be anything: whoever shows it escapes it.
import type { Silence, Verdict } from '../desk/desk.js';

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
  /** Where it may only be read, nobody may acknowledge, judge or silence. */
  readonly isStoreWritable: boolean;
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
  /** Start of what is on now, of one that opened again or is for other reasons; the same as `sinceMs` where not given. */
  readonly episodeMs?: number;
  readonly untilMs: number;
  readonly state: AlertState;
  /** Of one that is silenced: somebody has it in hand too. */
  readonly isAlsoAcknowledged?: true;
  readonly severity: Severity;
  readonly kind: string;
  readonly peakScore: number;
  readonly threshold: number;
  readonly verdict: Verdict | null;
  /** One line for a list: the strongest reason. */
  readonly headline: string;
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
