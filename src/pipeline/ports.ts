// What the loop needs of the outside world, as narrow interfaces: a file, standard input or Kafka in, SQLite or PostgreSQL
// out. Adapters implement them, the loop knows no more than this.
import type { ArtifactKey, StreamKey } from './stream-key.js';
import type { AlertEvent } from '../core/alert-event.js';
import type { Read, RejectReason } from '../core/record.js';
import type { WindowRow } from '../core/score-window.js';
import type { StreamCounts } from './consume/counts.js';
import type { TemplateTally } from './consume/template-tally.js';
import type { AlertLines } from './evidence/alert-lines.js';
import type { LaneNote, ModelSwitch, PromotionRequest } from './lanes/promotion.js';
import type { Stage } from './latency/stages.js';
import type { AlertWay, DeliveryStamps, StageDurations, WindowStamps } from './latency/stamps.js';
import type { SourceWishStore } from './partitions/source-wish.js';
import type { Pruner, Retained } from './retention/prune.js';
import type { DeliveryBox, NewDelivery, SinkSummary, StoredDelivery } from './sinks/delivery.js';

/** Whatever `JSON.parse` can give. */
export type Json = unknown;

export interface RecordBatch {
  /** In the order of the input; may be empty. */
  readonly reads: readonly Read[];
  /** When this process saw them, ms since epoch by its own clock. */
  readonly ingestTimeMs: number;
  /** Plain JSON: where reading goes on behind this batch. */
  readonly position: Json;
  /** Nothing more was waiting in the input behind this batch. */
  readonly isCaughtUp: boolean;
  /** Records that the input no longer held when they were asked for, before those of this batch. */
  readonly lost?: number;
  /** The input is another one of the same name than the one read so far, from this batch on. */
  readonly isRecreated?: boolean;
  /** The message that a read of this batch came in; undefined where there are none, as in files. */
  readonly messageOf?: (readIndex: number) => SourceMessage;
}

/** A message as it was delivered. */
export interface SourceMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** As the broker has it, ms since epoch. */
  readonly timestampMs: number;
  /** Whether that is when the broker took it, by its own clock; otherwise its producer says so. */
  readonly isAppendTime?: boolean;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A message that could not be made into records, or one whose record no window can take. */
export interface PoisonMessage {
  readonly reason: RejectReason;
  readonly message: SourceMessage;
}

/** Where poison is kept for people, with all its bytes. */
export interface DeadLetterSink {
  /** Resolves once all are kept. After a crash the same ones may come again: their origin tells. */
  keep(poison: readonly PoisonMessage[]): Promise<void>;
}

/** An input that is read from a position on. */
export interface RecordSource {
  /** Names the input in the store, the same in every run: `file:/var/log/app.log`, `kafka:logs/3`. */
  readonly streamId: string;
  /**
   * Batches from the position on, or from the start when it is undefined. Ends when the input is over or the signal aborts; what was given
   * out and not committed comes again in the next run.
   */
  batches(from: Json, signal: AbortSignal): AsyncIterable<RecordBatch>;
}

/** A window as the store keeps it; stamps are ms since epoch by the clock of whoever scored it. */
export interface StoredWindow extends Omit<WindowRow, 'features'> {
  /** By position; the names are in the artifact. */
  readonly features: readonly number[];
  /** When it was to be closed, and not scored yet. */
  readonly eligibleTimeMs: number;
  readonly scoredTimeMs: number;
  /** Given out where a query asks for stamps; rows that an earlier version stored have none. */
  readonly stamps?: WindowStamps;
  /** Given out with the stamps. */
  readonly commitTimeMs?: number;
}

/** As it is when it was scored just now. */
export interface StampedWindow extends StoredWindow {
  readonly stamps: WindowStamps;
}

/** A record or line that no window took. */
export interface DeadLetter {
  readonly reason: RejectReason | 'late';
  /** Counts the dead letters of its reason in its stream, from 0. */
  readonly sequence: number;
  /** 1-based number of its first line in the input; 0 where it is no longer known. */
  readonly line: number;
  readonly raw: string;
  readonly ingestTimeMs: number;
}

/** What is remembered of one source between commits: plain JSON. */
export interface SourceMemory {
  readonly source: string;
  /** Of the windower; null before its first record. */
  readonly windows: Json;
  /** Of its alerts; null before its first window. */
  readonly alertLife: Json;
}

/** What is remembered of a stream; all of it as of one commit. */
export interface StreamState {
  /** Undefined before the first commit, as are the counts. */
  readonly position: Json;
  readonly counts: StreamCounts | undefined;
  readonly sources: readonly SourceMemory[];
  /** Undefined of a stream that never had another artifact beside it. */
  readonly lane?: LaneNote | undefined;
}

/** Everything that one commit changes, together or not at all. */
export interface Commit {
  readonly position: Json;
  readonly counts: StreamCounts;
  /** Only those that changed. */
  readonly sources: readonly SourceMemory[];
  /** Rows of one window: the highest revision stays, whatever the order. */
  readonly windows: readonly StoredWindow[];
  readonly alerts: readonly AlertEvent[];
  /** Of each alert event, by its id, the row that it came from. */
  readonly alertRows?: ReadonlyMap<string, StoredWindow>;
  /** What its alerts can be rebuilt from: complete lines that are stored stay where these are not. */
  readonly alertLines?: readonly AlertLines[];
  /** Of its alert events to the sinks that are elsewhere. */
  readonly deliveries?: readonly NewDelivery[] | undefined;
  readonly deadLetters: readonly DeadLetter[];
  /** Added up with what was committed before. */
  readonly templates?: readonly TemplateTally[];
  /** When it was made, ms since epoch. */
  readonly commitTimeMs: number;
  /** Where it changes. */
  readonly lane?: LaneNote | undefined;
}

/** What the owner of a stream changes for one of the artifacts that read it. */
export interface OwnedCommit {
  readonly key: StreamKey;
  readonly epoch: number;
  readonly commit: Commit;
}

/** A stream as an artifact reads it. */
export interface StoredLane extends StreamKey {
  readonly lane: LaneNote | undefined;
}

/** Another process has taken the stream over: this one must stop. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
}

/** The right to write for a stream, until somebody else takes it. */
export interface StreamOwner extends DeliveryBox, Pruner {
  /** Grows by one with every owner. */
  readonly epoch: number;
  readonly state: StreamState;
  /** @throws FencedError, with nothing written, when there is a newer owner */
  commit(commit: Commit): Promise<void>;
  /** Alert events that were committed and not marked as sent, oldest first. */
  unsentAlerts(): Promise<readonly AlertEvent[]>;
  /**
   * @param stamps by event id; left out for events that an earlier run committed
   * @throws FencedError when there is a newer owner
   */
  markSent(
    eventIds: readonly string[],
    sentTimeMs: number,
    stamps?: ReadonlyMap<string, DeliveryStamps>,
  ): Promise<void>;
}

export interface ResultQuery {
  readonly artifact: ArtifactKey;
  /** Default: all streams that this artifact scored. */
  readonly streamId?: string;
  readonly onlyAlerting?: boolean;
}

/** Which windows, and which page of them. Every order is index-backed: with a source either, without one `time`. */
export interface WindowQuery extends ResultQuery {
  readonly source?: string;
  /** Windows that start here or later, ms since epoch. */
  readonly fromMs?: number;
  /** Windows that start before this, ms since epoch. */
  readonly toMs?: number;
  /** Default `source`: by source and start; `time`: by start and source. */
  readonly order?: 'source' | 'time';
  /** The last window of the page before, in the same order. */
  readonly after?: Pick<StoredWindow, 'source' | 'startMs'>;
  /** Default all. */
  readonly limit?: number;
  /** Give the rows their stamps: never the same in two runs, so not unless asked for. */
  readonly stamps?: boolean;
}

/** Alerts on the way of windows that start in `[fromMs, toMs)`. */
export type AlertWayQuery = ResultQuery & Pick<WindowQuery, 'source' | 'fromMs' | 'toMs'>;

/** An artifact that a store has results of. */
export interface StoredArtifact extends ArtifactKey {
  readonly featureNames: readonly string[];
}

/** An alert as it stands: what its last event said. */
export interface StoredAlert extends Omit<AlertEvent, 'type' | 'eventId' | 'explanation'> {
  readonly isOpen: boolean;
}

export interface ResultStore extends SourceWishStore {
  /**
   * Makes the caller the owner of a stream and hands over its state; whoever owned it before is fenced.
   *
   * @param featureNames of the artifact, in order: stored once, beside the windows' features by position
   */
  takeOver(key: StreamKey, featureNames: readonly string[]): Promise<StreamOwner>;
  /**
   * Commits of several artifacts that read one stream, and what is known of switches between them: all or nothing.
   *
   * @throws FencedError, with nothing written, when one of them has a newer owner
   */
  commitTogether(parts: readonly OwnedCommit[], switches: readonly ModelSwitch[]): Promise<void>;
  /** All streams that were ever taken over, by stream and artifact. */
  lanes(): Promise<readonly StoredLane[]>;
  /** Keeps an artifact as text, for whoever has to load it without its folder. Of no effect when it is there. */
  keepModel(key: ArtifactKey, text: string): Promise<void>;
  /** Undefined where it was never kept. */
  keptModel(key: ArtifactKey): Promise<string | undefined>;
  /** Records it and gives it its number, greater than every one before. */
  requestPromotion(request: Omit<PromotionRequest, 'id'>): Promise<PromotionRequest>;
  /** By number. */
  promotionRequests(): Promise<readonly PromotionRequest[]>;
  /** By request and stream. */
  modelSwitches(): Promise<readonly ModelSwitch[]>;
  /** By name and version. */
  artifacts(): Promise<readonly StoredArtifact[]>;
  windows(query: WindowQuery): Promise<readonly StoredWindow[]>;
  /** By start and source. */
  alerts(query: ResultQuery): Promise<readonly StoredAlert[]>;
  /** Of all alert events that were sent by the run that committed them, oldest first. */
  alertWays(query: AlertWayQuery): Promise<readonly AlertWay[]>;
  /** Of all events of an alert, in their order, then by sink. */
  deliveriesOf(alertId: string): Promise<readonly StoredDelivery[]>;
  /** Of all sinks that anything was to be sent to, by name. */
  sinkSummaries(): Promise<readonly SinkSummary[]>;
  /** At most DEAD_LETTERS_KEPT of a reason: the latest. By reason and sequence. */
  deadLetters(key: StreamKey): Promise<readonly DeadLetter[]>;
  /** What was deleted of an artifact's results because it was old; undefined while nothing was. */
  retained(artifact: ArtifactKey): Promise<Retained | undefined>;
  close(): Promise<void>;
}

/** Of each reason and stream; all are counted. */
export const DEAD_LETTERS_KEPT = 1000;

/** An event on its way to a person. */
export interface AlertNotice {
  readonly event: AlertEvent;
  /** Whether its window was still open when the stream had caught up with its input; otherwise it is history. */
  readonly isLive: boolean;
  /** How long each stage took, ms; of a live one. */
  readonly stagesMs: StageDurations;
}

export interface AlertSink {
  /** Resolves once it is out. May be called again with the same eventId after a crash. */
  send(notice: AlertNotice): Promise<void>;
}

export interface Telemetry {
  /**
   * @param isLive what was logged long before it was read says nothing about delay
   * @param durationMs negative where two clocks disagree
   */
  observe(stage: Stage, isLive: boolean, durationMs: number, times?: number): void;
}

/** Time as an argument, so that a test can hold it. */
export interface Clock {
  nowMs(): number;
  /** Resolves after so long or once the signal aborts; never rejects. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}
