// What the page and its server say to each other about incidents and alerts. As in `api.ts`: times are ms since epoch, and text
// may be anything.
import type { TemplateEvidence } from '../../core/alert.js';
import type { AlertNote, Silence, SilenceMatch } from '../desk/desk.js';
import type { AlertState, AlertSummary, ArtifactRef, KeptWindows, Severity } from './api.js';

/** GET /api/incidents?from=&to=&source=&state=&severity=&q=&after=&limit= (firing first, then acknowledged, silenced, resolved; newest first). */
export interface IncidentPage {
  readonly incidents: readonly Incident[];
  /** Of the whole answer, not of this page. */
  readonly total: number;
  readonly next: string | null;
  /** The range has more alerts than are looked through: older ones are in no incident here. */
  readonly isCut?: boolean;
}

/** GET /api/silences */
export interface ListedSilence extends Silence {
  /** Of the template that is silenced, where it is still known. */
  readonly templateText?: string;
}

export interface Incident {
  /** Id of the alert that was told first. */
  readonly id: string;
  readonly state: AlertState;
  /** Of one that is silenced: all of it that goes on is in somebody's hands too. */
  readonly isAlsoAcknowledged?: true;
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
  /** Models that went on with it after the one that opened it, each from its first window on. Left out where there are none. */
  readonly heirs?: readonly { readonly artifact: ArtifactRef; readonly fromMs: number }[];
  /** What all other services alert from, and by which version: left out where this one has no threshold of its own. */
  readonly generalThreshold?: { readonly value: number; readonly version: string };
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
    /** Of the model that scored it, for this source. */
    readonly threshold: number;
  }[];
  /** Models that scored those windows, each from its first of them on. */
  readonly speakers: readonly { readonly artifact: ArtifactRef; readonly fromMs: number }[];
  /** Of silence: when its source last said something; both ends the same where that is known to the millisecond. */
  readonly lastLine?: { readonly fromMs: number; readonly toMs: number };
  /** Of a fall: start of the first window that held far too little, ms. */
  readonly fellMs?: number;
  /** Of a fall, to nothing as well: records that a window held before, and how many are no longer too few. */
  readonly fall?: { readonly usualRecords: number; readonly endsAbove: number };
  /** From the first line, of silence the last one, of a fall its beginning, to the person, in order; null where it is not known (history, or another clock). */
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

/** POST /api/notes — of several alerts at once, such as those of an incident; answer: AlertNote[], in this order. */
export interface NotesRequest {
  /** 1 to 200; an alert that is not there refuses all of them. */
  readonly notes: readonly { readonly alertId: string; readonly action: AlertNote['action'] }[];
  readonly who?: string;
}

/** POST /api/silences, which answers Silence, or with `matches` in place of `match` Silence[], one for each. */
export interface SilenceRequest extends SilenceTerms {
  readonly match: SilenceMatch;
}

export interface SilencesRequest extends SilenceTerms {
  /** 1 to 100. */
  readonly matches: readonly SilenceMatch[];
}

/** POST /api/silences/lift, which answers Silence[]; or one, POST /api/silences/:id/lift. Those that are over stay so. */
export interface LiftRequest {
  /** 1 to 100. */
  readonly ids: readonly number[];
  readonly who?: string;
}

interface SilenceTerms {
  readonly fromMs?: number;
  readonly untilMs: number;
  readonly cause?: Silence['cause'];
  readonly reason: string;
  readonly who?: string;
}
