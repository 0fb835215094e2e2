// What the dashboard asks of a results store: ranges, sums and changes, never everything. One contract for SQLite and
// PostgreSQL, quick with fifty services and thirty days of windows.
import type { AlertEvent } from '../../core/alert-event.js';
import type { Explanation } from '../../core/alert.js';
import type { AlertLines } from '../evidence/alert-lines.js';
import type { PackedHistogram } from '../latency/packed-histogram.js';
import type { StoredAlert, StoredWindow } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';

/** Half open, ms since epoch: windows and hours that start in it, alerts that overlap it. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** An artifact's windows of one source in one bucket. */
export interface LaneBucket {
  readonly source: string;
  /** `floor((startMs − fromMs) / bucketMs)` */
  readonly bucket: number;
  readonly maxScore: number;
  readonly windows: number;
  readonly alerting: number;
  readonly records: number;
}

/** An alert as it stands, with the reasons that it was last told with. */
export interface AlertRecord {
  readonly artifact: ArtifactKey;
  readonly streamId: string;
  readonly alert: StoredAlert;
  readonly explanation: AlertEvent['explanation'] | undefined;
}

/** An event of an alert, and when it was committed. */
export interface AlertEventRecord {
  /** Grows with every event of the store. */
  readonly sequence: number;
  readonly artifact: ArtifactKey;
  readonly event: AlertEvent;
  readonly commitTimeMs: number;
}

/** Time in equal parts: whole hours, since counts are kept by the hour. */
export interface TemplateSpread {
  /** A whole hour, ms since epoch. */
  readonly fromMs: number;
  /** Whole hours, ms. */
  readonly bucketMs: number;
  /** At least 1. */
  readonly buckets: number;
}

/** A template of a source, and how often it came; id, text and example as `TemplateEvidence` has them. */
export interface SeenTemplate {
  readonly source: string;
  readonly templateId: string;
  /** Cut to 1000 characters. */
  readonly text: string;
  /** A raw line, cut to 500 characters; empty where none was kept. */
  readonly example: string;
  /** Event times, ms. */
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** Its records of each bucket. */
  readonly counts: readonly number[];
  /** Its records of the time before them that is as long as all of them. */
  readonly before: number;
}

/** A window without its features. */
export interface WindowFigures extends Pick<
  StoredWindow,
  'source' | 'startMs' | 'endMs' | 'records' | 'score' | 'threshold' | 'alert'
> {
  /** That its records came from. */
  readonly streamId: string;
}

/** Why a window alerted. */
export interface WindowReasons {
  readonly source: string;
  readonly startMs: number;
  readonly explanation: Explanation;
}

/** What a consumer tells of itself every 10 s and at its end: the last one of each minute is kept, thirty days of them. */
export interface Heartbeat {
  /** Of the process: random, new with every start. */
  readonly consumerId: string;
  readonly atMs: number;
  readonly startedMs: number;
  /** `ended`: its input was over, or it was told to stop. */
  readonly state: 'running' | 'ended';
  readonly streams: readonly string[];
  readonly artifact: ArtifactKey;
  /** Since its start. */
  readonly read: number;
  readonly scored: number;
  readonly late: number;
  readonly setAside: number;
  /** Messages that the group has not read yet; null where the input has no such count. */
  readonly lag: number | null;
  readonly watermarkMs: number | null;
  readonly residentBytes: number;
  /** Of the live records and windows of its minute so far, by stage, ms. */
  readonly stages: Readonly<
    Record<
      string,
      { readonly p50: number; readonly p95: number; readonly p99: number; readonly count: number }
    >
  >;
  /** Of those since the beat before: added to the spans, and not kept with the beat. */
  readonly added?: Readonly<Record<string, PackedHistogram>>;
  readonly broker: { readonly address: string; readonly isReachable: boolean } | null;
  /** Newest record of each source, ms of event time; at most 1000 sources. */
  readonly sources: Readonly<Record<string, number>>;
}

/** How long stages took in a span of time, of one consumer. */
export interface StageSpan {
  readonly fromMs: number;
  readonly stages: Readonly<Record<string, PackedHistogram>>;
}

/** Where a follower stands: everything with a greater number came after. */
export interface Cursor {
  readonly alertSequence: number;
  readonly noteSequence: number;
  /** Of commits with windows: what only the store understands. */
  readonly windowSequence: number;
}

/** What an alert can be rebuilt from, and when that was committed: rows of a later commit may know more. */
export interface StoredAlertLines {
  readonly lines: AlertLines;
  readonly commitTimeMs: number;
}

export interface DashboardReader {
  /** Buckets that hold windows, by source and bucket. Quick over weeks where the beginning and the buckets are whole hours. */
  swimlane(artifact: ArtifactKey, range: TimeRange, bucketMs: number): Promise<readonly LaneBucket[]>;
  /** Alerts that overlap the range, newest first. @param query.limit default 1000 */
  alerts(
    query: TimeRange & { readonly artifact?: ArtifactKey; readonly source?: string; readonly limit?: number },
  ): Promise<readonly AlertRecord[]>;
  alert(alertId: string): Promise<AlertRecord | undefined>;
  /** Undefined where none were kept. */
  linesOf(alertId: string, artifact: ArtifactKey): Promise<StoredAlertLines | undefined>;
  /** By sequence. */
  eventsOf(alertId: string): Promise<readonly AlertEventRecord[]>;
  /** Greatest end of a window of the artifact, ms; undefined before the first. */
  watermarkMs(artifact: ArtifactKey): Promise<number | undefined>;
  sources(artifact: ArtifactKey): Promise<readonly string[]>;
  /** All that were ever seen, by id, first time and source. */
  templates(artifact: ArtifactKey, spread: TemplateSpread): Promise<readonly SeenTemplate[]>;
  /**
   * Oldest first, without `sources`.
   *
   * @param everyMs of each consumer only the last one of each so many ms; default all that are kept
   */
  heartbeats(range: TimeRange, everyMs?: number): Promise<readonly Heartbeat[]>;
  /** Newest of each consumer that was heard of since, newest first. */
  lastHeartbeats(sinceMs: number): Promise<readonly Heartbeat[]>;
  beat(heartbeat: Heartbeat): Promise<void>;
  /**
   * Of all beats that fell into the range, kept or not, by time; none where shorter spans are asked for than are kept.
   *
   * @param mostMs length of a span
   */
  stageSpans(range: TimeRange, mostMs: number): Promise<readonly StageSpan[]>;
  /** Where everything stored so far lies behind. */
  cursor(): Promise<Cursor>;
  /**
   * What was committed after it: alert events by sequence, and the sources and range, in whole hours, of new or corrected
   * windows, which may be told more than once.
   */
  changesSince(cursor: Cursor): Promise<{
    readonly events: readonly AlertEventRecord[];
    readonly windows: (TimeRange & { readonly sources: readonly string[] }) | undefined;
    readonly cursor: Cursor;
  }>;
  /**
   * Scores of windows of the range, for asking again with another threshold; streamed in parts by source and start.
   *
   * @param atLeast windows with lower scores are left out: far fewer are read then
   * @param peakAtLeast so are whole hours of a source in which none scores so high, nor in the hour before; default
   * `atLeast`
   */
  scores(
    artifact: ArtifactKey,
    range: TimeRange,
    atLeast?: number,
    peakAtLeast?: number,
  ): AsyncIterable<readonly { readonly source: string; readonly startMs: number; readonly score: number }[]>;
  /** All windows that start in the range, streamed in parts by source and start. @param source default all of them */
  windowFigures(
    artifact: ArtifactKey,
    range: TimeRange,
    source?: string,
  ): AsyncIterable<readonly WindowFigures[]>;
  /** Of windows that alerted, why; by start. */
  reasons(artifact: ArtifactKey, range: TimeRange): Promise<readonly WindowReasons[]>;
  /** A deploy or the like, told from outside. */
  addMarker(marker: {
    readonly atMs: number;
    readonly text: string;
    readonly source?: string;
  }): Promise<void>;
  markers(
    range: TimeRange,
  ): Promise<readonly { readonly atMs: number; readonly text: string; readonly source?: string }[]>;
  /** Ground truth, where a synthetic source or a labels topic tells it; `isCanary` of the reserved source. */
  addLabels(labels: readonly StoredLabel[]): Promise<void>;
  labels(range: TimeRange): Promise<readonly StoredLabel[]>;
  bytes(): Promise<number | undefined>;
  close(): Promise<void>;
}

export interface StoredLabel {
  readonly id: string;
  readonly kind: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly onsetMs: number;
  readonly services: readonly string[];
  readonly rootService: string;
  readonly strength: number;
  readonly isCanary: boolean;
}
