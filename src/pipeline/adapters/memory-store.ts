// Results in memory: for tests, and for a run that wants to leave nothing behind. The same contract as the real stores,
// and the plainest statement of what they do.
import type { AlertEvent } from '../../core/alert-event.js';
import { alertWayOf, type AlertWindowStamps, alertWindowStamps, isWayAsked } from '../latency/alert-way.js';
import {
  type Commit,
  DEAD_LETTERS_KEPT,
  type DeadLetter,
  FencedError,
  type ResultQuery,
  type ResultStore,
  type SourceMemory,
  type StoredAlert,
  type StoredArtifact,
  type StoredWindow,
  type StreamState,
} from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import type { LaneNote, ModelSwitch, PromotionRequest } from '../lanes/promotion.js';
import type { DeliveryStamps } from '../latency/stamps.js';
import {
  createMemoryDeliveries,
  deliveriesOfAlert,
  type MemoryDeliveries,
  summarizeSinks,
} from './memory-deliveries.js';
import { createMemoryPruner, memoryRetained, type PrunedStream } from './memory-prune.js';
import { createMemoryWishes } from './memory-source-wishes.js';

interface MemoryStream extends PrunedStream {
  readonly key: StreamKey;
  epoch: number;
  position: string | undefined;
  counts: Commit['counts'] | undefined;
  lane: LaneNote | undefined;
  /** As JSON. */
  readonly sources: Map<string, string>;
  readonly alerts: Map<string, StoredAlert>;
  readonly outbox: Map<string, OutboxEntry>;
  readonly deliveries: MemoryDeliveries;
  readonly deadLetters: Map<string, DeadLetter>;
}

interface OutboxEntry {
  readonly event: AlertEvent;
  readonly stamps: AlertWindowStamps | undefined;
  isSent: boolean;
  delivery: DeliveryStamps | undefined;
}

interface MemoryWindow {
  readonly streamId: string;
  readonly row: StoredWindow;
}

export function createMemoryStore(): ResultStore {
  const streams = new Map<string, MemoryStream>();
  /** By artifact, then by source and start. */
  const windows = new Map<string, Map<string, MemoryWindow>>();
  const artifacts = new Map<string, StoredArtifact>();
  const models = new Map<string, string>();
  const requests: PromotionRequest[] = [];
  const switches = new Map<string, ModelSwitch>();
  const nameOf = ({ name, version }: StreamKey['artifact']): string => JSON.stringify([name, version]);
  const streamName = (key: StreamKey): string => JSON.stringify([key.streamId, nameOf(key.artifact)]);

  const addStream = (key: StreamKey): MemoryStream => {
    const stream: MemoryStream = {
      key,
      epoch: 0,
      position: undefined,
      counts: undefined,
      lane: undefined,
      sources: new Map(),
      alerts: new Map(),
      outbox: new Map(),
      deliveries: createMemoryDeliveries(),
      deadLetters: new Map(),
      commitTimeMs: undefined,
      retained: undefined,
    };
    streams.set(streamName(key), stream);
    return stream;
  };

  const apply = (stream: MemoryStream, commit: Commit): void => {
    stream.position = JSON.stringify(commit.position);
    stream.counts = commit.counts;
    stream.commitTimeMs = commit.commitTimeMs;
    stream.lane = commit.lane ?? stream.lane;
    // through JSON, as a real store would: what is kept must not change with its maker
    for (const memory of commit.sources) stream.sources.set(memory.source, JSON.stringify(memory));
    const rows = windows.get(nameOf(stream.key.artifact))!;
    for (const row of commit.windows) {
      const id = JSON.stringify([row.source, row.startMs]);
      const known = rows.get(id);
      if (known === undefined || row.revision > known.row.revision)
        rows.set(id, { streamId: stream.key.streamId, row: { ...row, commitTimeMs: commit.commitTimeMs } });
    }
    for (const event of commit.alerts) {
      const { type, eventId, explanation: _, ...alert } = event;
      stream.alerts.set(alert.alertId, { ...alert, isOpen: type !== 'resolved' });
      if (stream.outbox.has(eventId)) continue;
      const stamps = alertWindowStamps(commit.alertRows?.get(eventId), commit.commitTimeMs);
      stream.outbox.set(eventId, { event, stamps, isSent: false, delivery: undefined });
    }
    stream.deliveries.write(commit.deliveries ?? [], commit.alerts, commit.commitTimeMs);
    for (const letter of commit.deadLetters)
      stream.deadLetters.set(`${letter.reason}|${letter.sequence % DEAD_LETTERS_KEPT}`, letter);
  };

  const checkEpoch = (stream: MemoryStream, epoch: number): void => {
    if (stream.epoch !== epoch)
      throw new FencedError(
        `another process has taken over ${stream.key.streamId} (this one had epoch ${epoch}): let only one run at a time`,
      );
  };

  const stateOf = ({ position, counts, sources, lane }: MemoryStream): StreamState => ({
    lane,
    position: position === undefined ? undefined : (JSON.parse(position) ?? undefined),
    counts,
    sources: [...sources.values()]
      .map((text) => JSON.parse(text) as SourceMemory)
      .sort((a, b) => (a.source < b.source ? -1 : 1)),
  });

  const isAsked = (query: ResultQuery, streamId: string): boolean =>
    query.streamId === undefined || query.streamId === streamId;

  return {
    takeOver: async (key, featureNames) => {
      const { artifact } = key;
      if (!artifacts.has(nameOf(artifact)))
        artifacts.set(nameOf(artifact), { name: artifact.name, version: artifact.version, featureNames });
      const stream = streams.get(streamName(key)) ?? addStream(key);
      if (!windows.has(nameOf(key.artifact))) windows.set(nameOf(key.artifact), new Map());
      const epoch = ++stream.epoch;
      const checkOwner = (): void => checkEpoch(stream, epoch);
      return {
        epoch,
        state: stateOf(stream),
        commit: async (commit) => {
          checkOwner();
          apply(stream, commit);
        },
        unsentAlerts: async () =>
          [...stream.outbox.values()].filter(({ isSent }) => !isSent).map(({ event }) => event),
        markSent: async (eventIds, _sentTimeMs, stamps) => {
          checkOwner();
          for (const eventId of eventIds) {
            const entry = stream.outbox.get(eventId);
            if (entry === undefined) continue;
            entry.isSent = true;
            entry.delivery = stamps?.get(eventId);
          }
        },
        ...stream.deliveries.box((alertId) => stream.alerts.get(alertId)?.isOpen === true, checkOwner),
        ...createMemoryPruner(
          stream,
          () => [...streams.values()],
          { of: (key) => windows.get(nameOf(key))! },
          checkOwner,
        ),
      };
    },
    commitTogether: async (parts, changed) => {
      const owned = parts.map(({ key, epoch, commit }) => ({
        stream: streams.get(streamName(key))!,
        epoch,
        commit,
      }));
      for (const { stream, epoch } of owned) checkEpoch(stream, epoch);
      for (const { stream, commit } of owned) apply(stream, commit);
      for (const each of changed) switches.set(JSON.stringify([each.requestId, each.streamId]), each);
    },
    lanes: async () =>
      [...streams.values()]
        .map(({ key: { streamId, artifact }, lane }) => ({
          streamId,
          artifact: { name: artifact.name, version: artifact.version },
          lane,
        }))
        .sort(
          (a, b) =>
            compareText(a.streamId, b.streamId) ||
            compareText(a.artifact.name, b.artifact.name) ||
            compareText(a.artifact.version, b.artifact.version),
        ),
    keepModel: async (key, text) => {
      if (!models.has(nameOf(key))) models.set(nameOf(key), text);
    },
    keptModel: async (key) => models.get(nameOf(key)),
    requestPromotion: async (request) => {
      const numbered = { ...request, id: requests.length + 1 };
      requests.push(numbered);
      return numbered;
    },
    promotionRequests: async () => [...requests],
    modelSwitches: async () =>
      [...switches.values()].sort((a, b) => a.requestId - b.requestId || compareText(a.streamId, b.streamId)),
    artifacts: async () =>
      [...artifacts.values()].sort(
        (a, b) => compareText(a.name, b.name) || compareText(a.version, b.version),
      ),
    windows: async (query) => {
      const { source, fromMs = -Infinity, toMs = Infinity, onlyAlerting, order, after, limit } = query;
      const compare = order === 'time' ? compareByTime : compareBySource;
      return [...(windows.get(nameOf(query.artifact))?.values() ?? [])]
        .filter(({ streamId }) => isAsked(query, streamId))
        .map(({ row }) => row)
        .filter(
          (row) =>
            (source === undefined || row.source === source) &&
            row.startMs >= fromMs &&
            row.startMs < toMs &&
            (row.alert || onlyAlerting !== true) &&
            (after === undefined || compare(row, after) > 0),
        )
        .sort(compare)
        .slice(0, limit)
        .map((row) => (query.stamps ? row : withoutStamps(row)));
    },
    alerts: async (query) =>
      [...streams.values()]
        .filter(({ key }) => nameOf(key.artifact) === nameOf(query.artifact) && isAsked(query, key.streamId))
        .flatMap(({ alerts }) => [...alerts.values()])
        .sort((a, b) => a.sinceMs - b.sinceMs || compareText(a.source, b.source)),
    alertWays: async (query) =>
      [...streams.values()]
        .filter(({ key }) => nameOf(key.artifact) === nameOf(query.artifact) && isAsked(query, key.streamId))
        .flatMap(({ outbox }) => [...outbox.values()])
        .flatMap(({ event, stamps, delivery }) =>
          stamps === undefined || delivery === undefined ? [] : [alertWayOf(event, stamps, delivery)],
        )
        .filter((way) => isWayAsked(way, query)),
    deliveriesOf: async (alertId) =>
      deliveriesOfAlert(
        [...streams.values()].flatMap(({ deliveries }) => deliveries.all()),
        alertId,
      ),
    sinkSummaries: async () =>
      summarizeSinks([...streams.values()].flatMap(({ deliveries }) => deliveries.all())),
    deadLetters: async (key) =>
      [...(streams.get(streamName(key))?.deadLetters.values() ?? [])].sort(
        (a, b) => compareText(a.reason, b.reason) || a.sequence - b.sequence,
      ),
    retained: async (artifact) => {
      const own = [...streams.values()].filter(({ key }) => nameOf(key.artifact) === nameOf(artifact));
      const found = memoryRetained(own);
      return found && { artifact, ...found };
    },
    ...createMemoryWishes(() => [...streams.values()], addStream, checkEpoch),
    close: async () => {},
  };
}

function withoutStamps(stored: StoredWindow): StoredWindow {
  const { stamps: _, commitTimeMs: __, ...row } = stored;
  return row;
}

type WindowKey = Pick<StoredWindow, 'source' | 'startMs'>;

function compareBySource(a: WindowKey, b: WindowKey): number {
  return compareText(a.source, b.source) || a.startMs - b.startMs;
}

function compareByTime(a: WindowKey, b: WindowKey): number {
  return a.startMs - b.startMs || compareText(a.source, b.source);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
