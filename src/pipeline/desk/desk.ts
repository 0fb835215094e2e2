// What people say about alerts, and what is muted for how long: kept in the results store beside the alerts, written by the
// page, the command line and signed links, read by the sinks before they send. Everything with who and when.

/** What a person thinks of an alert: it was right, it was not, or it was right and somebody else's. */
export type Verdict = 'real' | 'false' | 'not-mine';

export type AlertAction =
  | { readonly type: 'acknowledged' }
  | { readonly type: 'unacknowledged' }
  | { readonly type: 'commented'; readonly text: string }
  | { readonly type: 'judged'; readonly verdict: Verdict; readonly text?: string }
  /** Takes the verdict back: nobody has judged it then. */
  | { readonly type: 'unjudged' };

/** One thing a person did, never changed afterwards. */
export interface AlertNote {
  /** Grows by one with every note and silence of the store: a cursor for whoever follows. */
  readonly sequence: number;
  readonly alertId: string;
  readonly action: AlertAction;
  /** As they gave it or as their token says; 1 to 200 characters. */
  readonly who: string;
  /** ms since epoch. */
  readonly atMs: number;
}

/** Alerts that match all that is given are not sent while it lasts. At least one of the three is given. */
export interface SilenceMatch {
  readonly source?: string;
  /** As `kindOf` in core/alert-kind.ts names it. */
  readonly kind?: string;
  /** Of a template among the alert's reasons. */
  readonly templateId?: string;
}

export interface Silence {
  readonly id: number;
  readonly sequence: number;
  readonly match: SilenceMatch;
  /** Half open, ms since epoch. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** `maintenance` is planned ahead, by a person who knows of the work. */
  readonly cause: 'silence' | 'maintenance';
  readonly reason: string;
  readonly who: string;
  readonly atMs: number;
  /** Lifted early: by whom and when. */
  readonly lifted?: { readonly who: string; readonly atMs: number };
}

/** As given: the store numbers it. */
export type NewNote = Omit<AlertNote, 'sequence'>;
export type NewSilence = Omit<Silence, 'id' | 'sequence' | 'lifted'>;

/** What is given at once is kept at once: all of it, or none where an error is thrown. */
export interface Desk {
  note(note: NewNote): Promise<AlertNote>;
  /** In the order given, with nobody's between them. */
  noteAll(notes: readonly NewNote[]): Promise<readonly AlertNote[]>;
  /** By sequence. @param query of all alerts, of one, or what came after a sequence */
  notes(query: { readonly alertId?: string; readonly after?: number }): Promise<readonly AlertNote[]>;
  addSilence(silence: NewSilence): Promise<Silence>;
  /** In the order given, with nobody's between them. */
  addSilences(silences: readonly NewSilence[]): Promise<readonly Silence[]>;
  /** Of no effect on one that is over or lifted. @returns undefined when there is none of the id */
  liftSilence(id: number, who: string, atMs: number): Promise<Silence | undefined>;
  /** As `liftSilence` of each. @returns those that there are, in the order given */
  liftSilences(ids: readonly number[], who: string, atMs: number): Promise<readonly Silence[]>;
  /** By id. @param activeAtMs only those that hold then */
  silences(query: { readonly activeAtMs?: number }): Promise<readonly Silence[]>;
  close(): Promise<void>;
}
