// Results in one SQLite file, through libsql: write-ahead log and a sync on every commit, so that what was committed
// survives kill -9 and a power cut. Every statement takes its values as parameters.
import { isWayAsked } from '../latency/alert-way.js';
import {
  type Commit,
  type DeadLetter,
  type ResultStore,
  type StoredAlert,
  type StoredWindow,
  type StreamState,
  type ResultQuery,
} from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import type { LaneNote, ModelSwitch, PromotionRequest } from '../lanes/promotion.js';
import { readStoredText, storableText } from '../store/stored-text.js';
import { createSqliteDeliveries } from './sqlite-deliveries.js';
import { openSqlite } from './sqlite-open.js';
import { createSqliteOwners } from './sqlite-owner.js';
import { createSqlitePrune } from './sqlite-prune.js';
import { createSqliteWishes } from './sqlite-source-wishes.js';
import {
  createStatements,
  deadLetterOf,
  SELECT_WINDOWS,
  type Statement,
  storedAlertOf,
  storedArtifactOf,
  storedWindowOf,
  wayOf,
} from './sqlite-statements.js';
import { createTransactions } from './sqlite-transaction.js';
import { createCommitWriter } from './sqlite-write.js';
import { type Dialect, windowQuery } from './window-query.js';

/** As SQLite writes what `windowQuery` asks. */
export const DIALECT: Dialect = {
  mark: (n) => `?${n}`,
  keyOf: storableText,
  isAlerting: 'alert = 1',
};

/**
 * Opens the store, or makes it with its folder.
 *
 * @param path of the file; `-wal` and `-shm` lie beside it while it is in use
 * @throws Error when the file is no SQLite store, one of a newer schema, or not there and not to be made
 */
export function createSqliteStore(
  path: string,
  {
    create = true,
    onWarning,
  }: { readonly create?: boolean; readonly onWarning?: (sentence: string) => void } = {},
): ResultStore {
  const db = openSqlite(path, create, onWarning);
  const sql = createStatements(db);
  const deliveries = createSqliteDeliveries(db);
  const writeCommit = createCommitWriter(db, sql, deliveries);
  const wishes = createSqliteWishes(db);
  const prune = createSqlitePrune(db);

  const inTransaction = createTransactions(db, path);
  const owners = createSqliteOwners({ sql, deliveries, prune, writeCommit, inTransaction });

  const artifactIdOf = ({ name, version }: StreamKey['artifact']): number | undefined =>
    sql.findArtifact.raw().get(storableText(name), version)?.[0] as number | undefined;

  const streamOf = (key: StreamKey): number | undefined => {
    const artifactId = artifactIdOf(key.artifact);
    return artifactId === undefined
      ? undefined
      : (sql.findStream.raw().get(storableText(key.streamId), artifactId)?.[0] as number | undefined);
  };

  const readState = (streamPk: number): StreamState => {
    const [position, counts, lane] = sql.readStream.raw().get(streamPk) as (string | null)[];
    return {
      position: position == null ? undefined : (JSON.parse(position) ?? undefined),
      counts: counts == null ? undefined : (JSON.parse(counts) as Commit['counts']),
      lane: lane == null ? undefined : (JSON.parse(lane) as LaneNote),
      sources: (sql.readSources.raw().all(streamPk) as [string, string, string][]).map(
        ([source, windows, alertLife]) => ({
          source: readStoredText(source),
          windows: JSON.parse(windows),
          alertLife: JSON.parse(alertLife),
        }),
      ),
    };
  };

  return {
    takeOver: async (key, featureNames) =>
      inTransaction(() => {
        sql.addArtifact.run(
          storableText(key.artifact.name),
          key.artifact.version,
          JSON.stringify(featureNames),
        );
        const artifactId = artifactIdOf(key.artifact)!;
        sql.addStream.run(storableText(key.streamId), artifactId);
        const streamPk = streamOf(key)!;
        const [epoch] = sql.readEpoch.raw().get(streamPk) as [number];
        return owners.owner(key, { streamPk, artifactId, epoch }, readState(streamPk));
      }),
    commitTogether: async (parts, switches) =>
      inTransaction(() => {
        for (const { key, epoch, commit } of parts) {
          const ids = { streamPk: streamOf(key) ?? 0, artifactId: artifactIdOf(key.artifact) ?? 0, epoch };
          owners.write(key, ids, commit);
        }
        for (const each of switches)
          sql.writeSwitch.run(each.requestId, storableText(each.streamId), JSON.stringify(each));
      }),
    lanes: async () =>
      (sql.readLanes.raw().all() as [string, string, string, string | null][]).map(
        ([streamId, name, version, lane]) => ({
          streamId: readStoredText(streamId),
          artifact: { name: readStoredText(name), version },
          lane: lane === null ? undefined : (JSON.parse(lane) as LaneNote),
        }),
      ),
    keepModel: async ({ name, version }, text) =>
      inTransaction(() => {
        sql.addModel.run(storableText(name), version, text);
      }),
    keptModel: async ({ name, version }) =>
      sql.readModel.raw().get(storableText(name), version)?.[0] as string | undefined,
    requestPromotion: async (request) =>
      inTransaction(() => {
        const [id] = sql.addRequest.raw().get(JSON.stringify(request)) as [number];
        return { ...request, id };
      }),
    promotionRequests: async () =>
      (sql.readRequests.raw().all() as [number, string][]).map(([id, request]) => ({
        ...(JSON.parse(request) as Omit<PromotionRequest, 'id'>),
        id,
      })),
    modelSwitches: async () =>
      (sql.readSwitches.raw().all() as [string][]).map(([text]) => JSON.parse(text) as ModelSwitch),
    artifacts: async () =>
      (sql.readArtifacts.raw().all() as [string, string, string][]).map((row) => storedArtifactOf(row)),
    windows: async (query) => {
      const scope = scopeOf(query);
      if (scope === undefined) return [];
      const [artifactId, streamPk] = scope;
      const ids = { artifactId, streamPk: streamPk === 0 ? undefined : streamPk };
      const { text, values } = windowQuery(SELECT_WINDOWS, ids, query, DIALECT);
      const rows = (db.prepare(text) as unknown as Statement).raw().all(...values) as unknown[][];
      return rows.map((row): StoredWindow => storedWindowOf(row, query.stamps === true));
    },
    alerts: async (query) => {
      const scope = scopeOf(query);
      if (scope === undefined) return [];
      return (sql.readAlerts.raw().all(...scope) as [number, string][]).map((row): StoredAlert =>
        storedAlertOf(row),
      );
    },
    alertWays: async (query) => {
      const scope = scopeOf(query);
      if (scope === undefined) return [];
      const rows = sql.readWays.raw().all(...scope) as [string, string, ...number[]][];
      return rows.map((row) => wayOf(row)).filter((way) => isWayAsked(way, query));
    },
    deliveriesOf: async (alertId) => deliveries.ofAlert(alertId),
    sinkSummaries: async () => deliveries.summaries(),
    deadLetters: async (key) => {
      const streamPk = streamOf(key);
      if (streamPk === undefined) return [];
      return (sql.readDeadLetters.raw().all(streamPk) as unknown[][]).map((row): DeadLetter =>
        deadLetterOf(row),
      );
    },
    retained: async (artifact) => {
      const found = prune.retained(artifactIdOf(artifact) ?? 0);
      return found && { artifact, ...found };
    },
    wishForSources: async (wanted) => inTransaction(() => wishes.wish(wanted)),
    withdrawWishes: async (unwanted) => inTransaction(() => wishes.withdraw(unwanted)),
    sourceWishes: async () => wishes.wishes(),
    giveSources: async (gift) =>
      inTransaction(() => {
        const wished = wishes.takeBack(gift);
        for (const { key, epoch } of gift.parts) {
          const fromPk = streamOf(key) ?? 0;
          owners.check(sql.guard.run(fromPk, epoch).changes, key, epoch);
          wishes.give(fromPk, { to: gift.to, sources: wished });
        }
      }),
    sourceHomes: async (artifact, sources) => wishes.homes(artifactIdOf(artifact) ?? 0, sources),
    sharedSources: async (artifact) => wishes.shared(artifactIdOf(artifact) ?? 0),
    streamPositions: async (artifact) => wishes.positions(artifactIdOf(artifact) ?? 0),
    close: async () => {
      db.close();
    },
  };

  /** Artifact and stream as parameters; stream 0 stands for all. */
  function scopeOf({ artifact, streamId }: ResultQuery): [artifactId: number, streamPk: number] | undefined {
    const artifactId = artifactIdOf(artifact);
    if (artifactId === undefined) return undefined;
    if (streamId === undefined) return [artifactId, 0];
    const streamPk = streamOf({ streamId, artifact });
    return streamPk === undefined ? undefined : [artifactId, streamPk];
  }
}
