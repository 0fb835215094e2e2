// Reads through the one scorer, and everything that comes of them gathered until the next commit.
import { type AlertEvent, type AlertLifeState, createAlertLife } from '../../core/alert-life.js';
import type { Artifact } from '../../core/artifact.js';
import type { LogRecord } from '../../core/record.js';
import { createScorer, type ScorerSink, type ScorerSnapshot } from '../../core/scorer.js';
import { ALL_SOURCES, OTHER_SOURCE } from '../../core/window/window-spec.js';
import { createCounter, type StreamCounts } from './counts.js';
import { createEvidence, type Evidence } from '../evidence/evidence.js';
import { createHeldMessages } from './held-messages.js';
import {
  type Clock,
  type Commit,
  type DeadLetter,
  DEAD_LETTERS_KEPT,
  type Json,
  type PoisonMessage,
  type RecordBatch,
  type SourceMemory,
  type SourceMessage,
  type StampedWindow,
  type StreamState,
  type Telemetry,
} from '../ports.js';
import type { Stage } from '../latency/stages.js';
import { createTemplateTallies } from './template-tally.js';
import { arrivalStages, type WindowStamps } from '../latency/stamps.js';

export interface Intake {
  take(batch: RecordBatch): void;
  /** The wall clock as a tick; only when the stream is live. */
  tick(nowMs: number): void;
  /** The input is over: closes every window. @param elsewhereMs greatest event time in parts of it that others read */
  end(elsewhereMs?: number): void;
  /** Greatest event time that was believed of any source; undefined before the first. */
  maxEventTimeMs(): number | undefined;
  /** When the stream caught up with its input and the input was recent, ms by the wall clock; undefined before. */
  liveSinceMs(): number | undefined;
  /** What waits for the next commit: window rows and poison, and whether there is anything at all. */
  pending(): { readonly rows: number; readonly poison: number; readonly hasProgress: boolean };
  /** Everything since the last one. */
  gather(commitTimeMs: number): GatheredCommit;
  counts(): StreamCounts;
  /** All that is known now, as a commit of everything would leave it. */
  state(): StreamState & Pick<Commit, 'counts'>;
  /** Ends the alerts that are still open: this artifact will not be asked again. */
  leaveAll(): void;
}

/** Which of its rows an artifact gives out, where it is not the only one that reads the stream. */
export interface RowRange {
  /** Whether the window that starts then was read from its beginning, and all that it looks back on: others have no rows. */
  isWhole(startMs: number): boolean;
  /** Whether it speaks for the window that starts then: of others there is no alert. */
  owns(startMs: number): boolean;
}

/** Whose alerts are to be rebuilt later. */
export interface LineKeeping {
  /** Asked with every batch: from when on it is so, lines are kept. */
  isWanted(): boolean;
  /** Of all that are held. */
  readonly maxCharacters: number;
}

export interface GatheredCommit extends Commit {
  readonly windows: readonly StampedWindow[];
  readonly alertRows: ReadonlyMap<string, StampedWindow>;
  /** To be kept before the commit. */
  readonly poison: readonly PoisonMessage[];
}

/** An input whose newest record is no older than this when everything was read is live, ms. */
export const LIVE_LAG_MS = 60_000;
const RAW_CHARACTERS = 4096;
const ALL_ROWS: RowRange = { isWhole: () => true, owns: () => true };

/**
 * @param state what an earlier run committed for this stream and artifact
 * @param otherSource what the stream's sources beyond the cap are counted under
 * @param keeping of lines for its alerts; none are kept without it
 * @param isApart sources that are scored like any other, and in no figure and no template of the rest
 */
export function createIntake(
  artifact: Omit<Artifact, 'probe'>,
  state: StreamState,
  clock: Clock,
  telemetry: Telemetry,
  range: RowRange = ALL_ROWS,
  otherSource = OTHER_SOURCE,
  keeping?: LineKeeping,
  isApart: (source: string) => boolean = () => false,
): Intake {
  const { spec } = artifact;
  const { windowMs, hopMs, correctionMs } = spec.window;
  const scorer = createScorer(artifact, { issue: 'early', otherSource }, snapshotOf(artifact, state));
  const life = createAlertLife(
    { artifactName: artifact.name, windowMs, hopMs, correctionMs },
    state.sources.flatMap(({ source, alertLife }): [string, AlertLifeState][] =>
      alertLife === null ? [] : [[source, alertLife as AlertLifeState]],
    ),
  );
  const counter = createCounter(state.counts, isApart);
  const tallies = createTemplateTallies(artifact.dictionary.templates);

  let position = state.position;
  let hasProgress = false;
  let rows: StampedWindow[] = [];
  let alerts: AlertEvent[] = [];
  let alertRows = new Map<string, StampedWindow>();
  let deadLetters: DeadLetter[] = [];
  let poison: PoisonMessage[] = [];
  let touched = new Set<string>();
  let liveSinceMs: number | undefined;
  // what is being worked on just now
  let readTimeMs = 0;
  let startedTimeMs = 0;
  let current: RecordBatch | undefined;
  let currentIndex = -1;
  /** When the first of the windows came up that the current record closes; the others wait for it. */
  let eligibleTimeMs: number | undefined;
  let newestMs = scorer.maxEventTimeMs() ?? Number.NEGATIVE_INFINITY;

  let evidence: Evidence | undefined;
  const beginEvidence = ({ maxCharacters }: LineKeeping): Evidence =>
    createEvidence({
      window: spec.window,
      reachMs: scorer.reachMs,
      maxCharacters,
      readUntilMs: new Map(
        scorer
          .snapshot()
          .windows.sources.map(({ source, gate }) => [source, gate.maxEventTimeMs ?? -Infinity]),
      ),
    });

  const held = createHeldMessages();
  const setAside = (letter: Omit<DeadLetter, 'ingestTimeMs'>, message: SourceMessage | undefined): void => {
    deadLetters.push({ ...letter, ingestTimeMs: Math.floor(readTimeMs) });
    // late records were read well, and blank lines say nothing
    if (letter.reason === 'late' || letter.reason === 'blank') return;
    if (message !== undefined) poison.push({ reason: letter.reason, message });
  };
  /** Of one that waited since an earlier batch it is no longer known. */
  const indexInBatch = (record: LogRecord): number =>
    current?.reads.findIndex((read) => read.ok && read.record === record) ?? -1;

  const stampsOf = (endMs: number): WindowStamps => {
    const read = current?.reads[currentIndex];
    const message = read?.ok ? current?.messageOf?.(currentIndex) : undefined;
    return {
      isLive: endMs >= (liveSinceMs ?? Infinity),
      recordTimeMs: read?.ok ? read.record.eventTimeMs : null,
      appendTimeMs: message?.isAppendTime ? message.timestampMs : null,
      readTimeMs,
      startedTimeMs,
    };
  };

  const sink: ScorerSink = {
    onDue: () => {
      eligibleTimeMs ??= clock.nowMs();
    },
    onRow: (row) => {
      // that it was issued is remembered, whether there is a row of it or not
      touched.add(row.source);
      if (!range.isWhole(row.startMs)) return;
      const scoredTimeMs = clock.nowMs();
      const dueTimeMs = eligibleTimeMs!;
      const stamps = stampsOf(row.endMs);
      const { isLive } = stamps;
      const stored: StampedWindow = {
        ...row,
        features: Array.from(row.features),
        eligibleTimeMs: dueTimeMs,
        scoredTimeMs,
        stamps,
      };
      if (row.revision === 0) telemetry.observe('endToEligible', isLive, dueTimeMs - row.endMs);
      telemetry.observe('startedToEligible', isLive, dueTimeMs - startedTimeMs);
      telemetry.observe('eligibleToScored', isLive, scoredTimeMs - dueTimeMs);
      rows.push(stored);
      counter.onWindow(row.source, row.revision > 0);
      const onEvent = (event: AlertEvent): void => noteAlert(event, stored);
      if (range.owns(row.startMs)) life.onRow(row, onEvent);
      else life.leave(row, onEvent);
    },
    onMatched: (record, template, service) => {
      if (!isApart(record.source)) tallies.add(record, template, service);
    },
    onRefused: (record, reason) => {
      evidence?.refuse(record);
      const sequence = counter.onRefused(record, reason);
      const readIndex = indexInBatch(record);
      const line = current?.reads[readIndex]?.line ?? 0;
      const message = readIndex < 0 ? held.messageOf(record) : current?.messageOf?.(readIndex);
      setAside({ reason, sequence, line, raw: describeRecord(record) }, message);
    },
  };

  const noteAlert = (event: AlertEvent, row: StampedWindow): void => {
    alerts.push(event);
    alertRows.set(event.eventId, row);
    counter.onAlert(event);
  };

  const observeReads = ({ reads, messageOf }: RecordBatch): void => {
    const doneMs = clock.nowMs();
    const sinceMs = liveSinceMs ?? Infinity;
    let liveRecords = 0;
    for (let index = 0; index < reads.length; index++) {
      const read = reads[index]!;
      if (!read.ok || read.record.eventTimeMs < sinceMs) continue;
      liveRecords++;
      const message = messageOf?.(index);
      const appendTimeMs = message?.isAppendTime ? message.timestampMs : null;
      const stages = arrivalStages(read.record.eventTimeMs, appendTimeMs, readTimeMs);
      telemetry.observe('eventToScored', true, doneMs - read.record.eventTimeMs);
      for (const stage in stages) telemetry.observe(stage as Stage, true, stages[stage as Stage]!);
    }
    const [waitedMs, tookMs] = [startedTimeMs - readTimeMs, doneMs - startedTimeMs];
    const others = reads.length - liveRecords;
    telemetry.observe('readToStarted', true, waitedMs, liveRecords);
    telemetry.observe('readToStarted', false, waitedMs, others);
    telemetry.observe('startedToScored', true, tookMs, liveRecords);
    telemetry.observe('startedToScored', false, tookMs, others);
  };

  const beginWithoutRecord = (nowMs: number): void => {
    readTimeMs = nowMs;
    startedTimeMs = nowMs;
    currentIndex = -1;
    eligibleTimeMs = undefined;
  };

  return {
    take: (batch) => {
      readTimeMs = batch.ingestTimeMs;
      startedTimeMs = clock.nowMs();
      current = batch;
      if (evidence === undefined && keeping?.isWanted()) evidence = beginEvidence(keeping);
      if (batch.lost !== undefined) counter.onLost(batch.lost);
      if (batch.isRecreated) counter.onRecreated();
      // one clock that is ahead must not hide for long how recent the others are
      if (batch.reads.length > 0) newestMs = Number.NEGATIVE_INFINITY;
      currentIndex = -1;
      for (const read of batch.reads) {
        currentIndex++;
        eligibleTimeMs = undefined;
        counter.onRead(read);
        if (read.ok) {
          const { record } = read;
          if (record.eventTimeMs > newestMs) newestMs = record.eventTimeMs;
          touched.add(record.source);
          evidence?.add(record);
          scorer.push(record, sink);
        } else {
          const { reason, line, raw } = read;
          const letter = { reason, sequence: counter.onRejected(read), line, raw };
          setAside(letter, batch.messageOf?.(currentIndex));
        }
      }
      current = undefined;
      held.keep(batch, scorer.waiting() > 0);
      position = batch.position;
      hasProgress ||= batch.reads.length > 0 || batch.lost !== undefined || batch.isRecreated === true;
      observeReads(batch);
      const isRecent = Math.abs(batch.ingestTimeMs - newestMs) <= LIVE_LAG_MS;
      if (batch.isCaughtUp && isRecent) liveSinceMs ??= batch.ingestTimeMs;
    },
    tick: (nowMs) => {
      beginWithoutRecord(nowMs);
      scorer.tick(Math.floor(nowMs), sink);
    },
    end: (elsewhereMs) => {
      beginWithoutRecord(clock.nowMs());
      scorer.end(sink, elsewhereMs);
      hasProgress = true;
    },
    maxEventTimeMs: () => scorer.maxEventTimeMs(),
    liveSinceMs: () => liveSinceMs,
    pending: () => ({
      rows: rows.length,
      poison: poison.length,
      hasProgress: hasProgress || rows.length > 0,
    }),
    counts: () => counter.counts(scorer.counts().scored),
    state: () => {
      const snapshot = scorer.snapshot();
      return {
        position,
        counts: counter.counts(scorer.counts().scored),
        sources: snapshot.windows.sources.map((windows) => {
          const { source } = windows;
          return { source, windows, alertLife: life.stateOf(source) ?? null };
        }),
      };
    },
    leaveAll: () => {
      for (const { source } of scorer.snapshot().windows.sources) {
        const open = life.stateOf(source)?.open;
        if (open == null) continue;
        const nowMs = clock.nowMs();
        const endMs = open.startsMs.at(-1)! + windowMs;
        // there is no window of its own to end with: it ends as its last one does
        const row: StampedWindow = {
          source,
          startMs: endMs,
          endMs: endMs + windowMs,
          revision: open.openedByRevision,
          records: 0,
          features: [],
          score: 0,
          threshold: artifact.threshold.value,
          alert: false,
          eligibleTimeMs: nowMs,
          scoredTimeMs: nowMs,
          stamps: {
            isLive: false,
            recordTimeMs: null,
            appendTimeMs: null,
            readTimeMs: nowMs,
            startedTimeMs: nowMs,
          },
        };
        touched.add(source);
        life.leave(row, (event) => noteAlert(event, row));
      }
      hasProgress = true;
    },
    gather: (commitTimeMs) => {
      const commit: GatheredCommit = {
        position,
        counts: counter.counts(scorer.counts().scored),
        sources: memoriesOf(scorer.snapshot(), touched, otherSource, (source) => life.stateOf(source)),
        windows: rows,
        alerts,
        alertLines: evidence?.linesOf(alerts, rows) ?? [],
        deadLetters: latestOfEachReason(deadLetters),
        commitTimeMs,
        alertRows,
        poison,
        templates: tallies.gather(),
      };
      hasProgress = false;
      rows = [];
      alerts = [];
      alertRows = new Map();
      deadLetters = [];
      poison = [];
      touched = new Set();
      return commit;
    },
  };
}

function snapshotOf(
  artifact: Pick<Artifact, 'version'>,
  { sources, counts }: StreamState,
): ScorerSnapshot | undefined {
  // a stream may get sources of another one before it has read anything itself
  if (counts === undefined && sources.length === 0) return undefined;
  return {
    artifactVersion: artifact.version,
    windows: {
      sources: sources.flatMap(({ windows }) =>
        windows === null ? [] : [windows as ScorerSnapshot['windows']['sources'][number]],
      ),
    },
    counts: counts?.records ?? { scored: 0, late: 0, setAside: 0 },
  };
}

/** @param touched sources of the records that came, and of the rows */
function memoriesOf(
  snapshot: ScorerSnapshot,
  touched: ReadonlySet<string>,
  otherSource: string,
  alertLifeOf: (source: string) => Json,
): SourceMemory[] {
  // a record's own source may have been counted under one of these
  const isShared = (source: string): boolean => source === ALL_SOURCES || source === otherSource;
  return snapshot.windows.sources.flatMap((windows) => {
    const { source } = windows;
    const isTouched = touched.has(source) || (touched.size > 0 && isShared(source));
    return isTouched ? [{ source, windows, alertLife: alertLifeOf(source) ?? null }] : [];
  });
}

function latestOfEachReason(letters: readonly DeadLetter[]): DeadLetter[] {
  const counts = new Map<string, number>();
  for (const { reason } of letters) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return letters.filter(({ reason }) => {
    const left = counts.get(reason)!;
    counts.set(reason, left - 1);
    return left <= DEAD_LETTERS_KEPT;
  });
}

/** A record is no line any more: its fields, as JSON, cut to a bounded length. */
function describeRecord({ eventTimeMs, source, severity, body }: LogRecord): string {
  return JSON.stringify({ eventTimeMs, source, severity, body }).slice(0, RAW_CHARACTERS);
}
