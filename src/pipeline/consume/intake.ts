// Reads through the one scorer, and everything that comes of them gathered until the next commit.
import type { AlertEvent } from '../../core/alert-event.js';
import { createAlertLife } from '../../core/alert-life.js';
import type { Artifact } from '../../core/artifact.js';
import type { LogRecord } from '../../core/record.js';
import { createScorer, type ScorerSink } from '../../core/scorer.js';
import { OTHER_SOURCE } from '../../core/window/window-spec.js';
import { createEvidence, type Evidence } from '../evidence/evidence.js';
import type {
  Clock,
  Commit,
  PoisonMessage,
  RecordBatch,
  StampedWindow,
  StreamState,
  Telemetry,
} from '../ports.js';
import { type AlertLine, createAlertLine } from './alert-line.js';
import { termsOf } from './artifact-terms.js';
import { createCounter, type SpokenCounts, type StreamCounts } from './counts.js';
import { createHeldMessages } from './held-messages.js';
import { memoriesOf, snapshotOf } from './intake-memory.js';
import { createPresent } from './present.js';
import { createSetAside, describeRecord } from './set-aside.js';
import { createTemplateTallies } from './template-tally.js';

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
  /** An event of an alert that it opened, with the window that it comes of, whoever scored that. */
  noteAlert(event: AlertEvent, row: StampedWindow): void;
  /** Of an alert that another artifact opened which reads no more. */
  countAlert(event: AlertEvent): void;
  /** Counts what another artifact spoke for that reads no more. */
  absorb(former: SpokenCounts): void;
  /** Gives what it spoke for to be counted elsewhere: it reads no more, and its next commit is the last. */
  handOver(): SpokenCounts;
}

/** Which of its rows an artifact gives out, where it is not the only one that reads the stream. */
export interface RowRange {
  /** Whether the window that starts then was read from its beginning, and all that it looks back on: others have no rows. */
  isWhole(startMs: number): boolean;
  /** Whether it speaks for the window that starts then: of others there is no alert. */
  owns(startMs: number): boolean;
  /** Counts the artifacts that speak one after the other, for the one that does then. */
  turnAt(startMs: number): number;
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

const ALL_ROWS: RowRange = { isWhole: () => true, owns: () => true, turnAt: () => 0 };

/**
 * @param state what an earlier run committed for this stream and artifact
 * @param otherSource what the stream's sources beyond the cap are counted under
 * @param keeping of lines for its alerts; none are kept without it
 * @param isApart sources that are scored like any other, and in no figure and no template of the rest
 * @param line the alerts of all that speak for the stream, with those of the state; without it, it is alone
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
  line: AlertLine = createAlertLine(state.sources, artifact),
): Intake {
  const { spec } = artifact;
  const { windowMs, hopMs, correctionMs } = spec.window;
  const scorer = createScorer(artifact, { issue: 'early', otherSource }, snapshotOf(artifact, state));
  const life = createAlertLife(
    { artifactName: artifact.name, terms: termsOf(artifact), windowMs, hopMs, correctionMs },
    line.states,
  );
  const counter = createCounter(state.counts, isApart);
  const tallies = createTemplateTallies(artifact.dictionary.templates);
  const wasLive = state.counts?.wasLive === true;
  const present = createPresent(
    clock,
    telemetry,
    scorer.maxEventTimeMs() ?? Number.NEGATIVE_INFINITY,
    wasLive ? spec.window.maxSilenceMs : 0,
  );
  const held = createHeldMessages();
  const aside = createSetAside();

  let position = state.position;
  let hasProgress = false;
  let isLast = false;
  let rows: StampedWindow[] = [];
  let alerts: AlertEvent[] = [];
  let alertRows = new Map<string, StampedWindow>();
  let touched = new Set<string>();

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

  const countsToStore = (): StreamCounts => ({
    ...counter.counts(scorer.counts().scored),
    ...(wasLive || present.liveSinceMs() !== undefined ? { wasLive: true } : {}),
  });
  const ingestTimeMs = (): number => Math.floor(present.readTimeMs());
  /** Of one that waited since an earlier batch it is no longer known. */
  const indexInBatch = (record: LogRecord): number =>
    present.batch()?.reads.findIndex((read) => read.ok && read.record === record) ?? -1;
  const noteAlert = (event: AlertEvent, row: StampedWindow): void => {
    alerts.push(event);
    alertRows.set(event.eventId, row);
    counter.onAlert(event);
  };

  const sink: ScorerSink = {
    onDue: () => present.windowIsDue(),
    onRow: (row) => {
      // that it was issued is remembered, whether there is a row of it or not
      touched.add(row.source);
      if (!range.isWhole(row.startMs)) return;
      const stored: StampedWindow = {
        ...row,
        features: Array.from(row.features),
        ...present.stampWindow(row),
      };
      rows.push(stored);
      if (!range.owns(row.startMs)) return;
      counter.onWindow(row.source, row.revision > 0);
      const place = {
        by: artifact,
        read: present.index(),
        turn: range.turnAt(row.startMs),
        source: row.source,
      };
      line.inOrder(place, () =>
        life.onRow(row, (event, openedBy) => (line.noteOf(openedBy) ?? noteAlert)(event, stored)),
      );
    },
    onMatched: (record, template, service) => {
      if (!isApart(record.source)) tallies.add(record, template, service);
    },
    onRefused: (record, reason) => {
      evidence?.refuse(record);
      const sequence = counter.onRefused(record, reason);
      const batch = present.batch();
      const index = indexInBatch(record);
      const line = batch?.reads[index]?.line ?? 0;
      const message = index < 0 ? held.messageOf(record) : batch?.messageOf?.(index);
      aside.note(
        { reason, sequence, line, raw: describeRecord(record), ingestTimeMs: ingestTimeMs() },
        message,
      );
    },
  };

  const takeRead = (read: RecordBatch['reads'][number], { messageOf }: RecordBatch): void => {
    present.beginRecord();
    counter.onRead(read);
    if (read.ok) {
      const { record } = read;
      touched.add(record.source);
      evidence?.add(record);
      scorer.push(record, sink);
      return;
    }
    const { reason, line, raw } = read;
    const letter = { reason, sequence: counter.onRejected(read), line, raw, ingestTimeMs: ingestTimeMs() };
    aside.note(letter, messageOf?.(present.index()));
  };

  return {
    take: (batch) => {
      present.beginBatch(batch);
      if (evidence === undefined && keeping?.isWanted()) evidence = beginEvidence(keeping);
      if (batch.lost !== undefined) counter.onLost(batch.lost);
      if (batch.isRecreated) counter.onRecreated();
      for (const read of batch.reads) takeRead(read, batch);
      present.endBatch();
      held.keep(batch, scorer.waiting() > 0);
      position = batch.position;
      hasProgress ||= batch.reads.length > 0 || batch.lost !== undefined || batch.isRecreated === true;
    },
    tick: (nowMs) => {
      present.beginWithoutRecord(nowMs);
      // also of an artifact that reads only since the input fell silent
      present.goLive(nowMs);
      scorer.tick(Math.floor(nowMs), sink);
    },
    end: (elsewhereMs) => {
      present.beginWithoutRecord(clock.nowMs());
      scorer.end(sink, elsewhereMs);
      hasProgress = true;
    },
    maxEventTimeMs: () => scorer.maxEventTimeMs(),
    liveSinceMs: () => present.liveSinceMs(),
    pending: () => ({
      rows: rows.length,
      poison: aside.poison(),
      hasProgress: hasProgress || rows.length > 0,
    }),
    counts: () => counter.counts(scorer.counts().scored),
    state: () => ({
      position,
      counts: countsToStore(),
      sources: scorer.snapshot().windows.sources.map((windows) => {
        const { source } = windows;
        return { source, windows, alertLife: life.stateOf(source) ?? null };
      }),
    }),
    noteAlert,
    countAlert: (event) => counter.onAlert(event),
    absorb: (former) => counter.absorb(former),
    handOver: () => {
      isLast = true;
      return counter.handOver();
    },
    gather: (commitTimeMs) => {
      const commit: GatheredCommit = {
        position,
        counts: countsToStore(),
        sources: memoriesOf(
          scorer.snapshot(),
          new Set([...touched, ...line.changed]),
          otherSource,
          (source) => life.stateOf(source),
        ),
        windows: rows,
        alerts,
        alertLines: evidence?.linesOf(alerts, rows, isLast) ?? [],
        ...aside.gather(),
        commitTimeMs,
        alertRows,
        templates: tallies.gather(),
      };
      isLast = false;
      hasProgress = false;
      rows = [];
      alerts = [];
      alertRows = new Map();
      touched = new Set();
      return commit;
    },
  };
}
