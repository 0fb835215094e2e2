// Results in PostgreSQL: many readers and many consumers on one store. One transaction a commit, which first takes the
// lock on its stream's row under its own epoch: a newer owner changed the epoch, and an older one finds no row.
import { randomUUID } from 'node:crypto';
import { type Clock, type ResultQuery, type ResultStore } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import { isWayAsked } from '../latency/alert-way.js';
import type { LaneNote, ModelSwitch, PromotionRequest } from '../lanes/promotion.js';
import { readersText, type SourceWish } from '../partitions/source-wish.js';
import { sourceHomesOf } from '../store/source-homes.js';
import { readStoredText } from '../store/stored-text.js';
import type { Run } from './postgres-connection.js';
import { readDeliveriesOf, readSinkSummaries } from './postgres-deliveries.js';
import { textKey } from './postgres-key.js';
import { openMigrated } from './postgres-migrate.js';
import { checkOwner, ownerOf, writeOwned } from './postgres-owner.js';
import { readRetained } from './postgres-prune.js';
import {
  giveSourcesOf,
  streamPositionOf,
  takeBackWishes,
  WISH_SQL,
  writeWishes,
} from './postgres-source-wishes.js';
import {
  deadLetterOf,
  SELECT_WINDOWS,
  sourceMemoryOf,
  SQL,
  storedAlertOf,
  storedArtifactOf,
  storedWindowOf,
  streamOf,
  wayOf,
} from './postgres-statements.js';
import { createTemplateWriter } from './postgres-template-days.js';
import { type Dialect, windowQuery } from './window-query.js';

/** As PostgreSQL writes what `windowQuery` asks. */
export const DIALECT: Dialect = {
  mark: (n) => `$${n}`,
  keyOf: (source) => textKey(source).key,
  isAlerting: 'alert',
};

export interface PostgresStoreOptions {
  /** `postgres://user@host:port/database`, as `parseStoreAddress` gave it. */
  readonly address: string;
  /** The same for people. */
  readonly shownAddress: string;
  readonly clock: Clock;
  /** Default true: the tables are made where there are none. */
  readonly create?: boolean;
  /** While the server is away and waited for. */
  readonly onWarning?: (sentence: string) => void;
  /** How long it is waited for. Default one minute. */
  readonly retryForMs?: number;
  /** Told to stop: from then on it is waited for a few seconds only. */
  readonly stopping?: AbortSignal | undefined;
}

/**
 * Opens the store and brings its tables up to date. A server that goes away while it is used is waited for, and what was
 * asked of it is asked again; a commit is one of the things that give the same when they are done twice.
 *
 * @throws Error when the server cannot be reached or does not let us in, or its store is one of a newer schema
 */
export async function createPostgresStore({
  create = true,
  ...options
}: PostgresStoreOptions): Promise<ResultStore> {
  const db = await openMigrated({ create, ...options });

  const writeTemplates = createTemplateWriter();

  /** Artifact and stream; stream 0 stands for all. */
  const scopeOf = async ({
    artifact,
    streamId,
  }: ResultQuery): Promise<[artifactId: number, streamPk: number] | undefined> => {
    const artifactId = await artifactIdOf(db.read, artifact);
    if (artifactId === undefined) return undefined;
    if (streamId === undefined) return [artifactId, 0];
    const { rows } = await db.read(SQL.findStream, [textKey(streamId).key, artifactId]);
    const streamPk = rows[0]?.[0] as number | undefined;
    return streamPk === undefined ? undefined : [artifactId, streamPk];
  };

  return {
    takeOver: (key, featureNames) =>
      db.inTransaction(async (run) => {
        const { name, version } = key.artifact;
        await run(SQL.addArtifact, [textKey(name).key, version, JSON.stringify(featureNames)]);
        const artifactId = (await artifactIdOf(run, key.artifact))!;
        const [stream] = (await run(SQL.takeStream, [textKey(key.streamId).key, artifactId])).rows;
        const [streamPk, epoch] = stream as [number, number];
        const sources = (await run(SQL.readSources, [streamPk])).rows.map(sourceMemoryOf);
        return ownerOf(
          db,
          writeTemplates,
          key,
          { artifactId, streamPk, epoch },
          { ...streamOf(stream!), sources },
        );
      }),
    commitTogether: (parts, switches) => {
      const token = randomUUID();
      return db.inTransaction(async (run) => {
        for (const { key, epoch, commit } of parts) {
          const { name, version } = key.artifact;
          const { rows } = await run(SQL.findOwned, [textKey(key.streamId).key, textKey(name).key, version]);
          const [streamPk = 0, artifactId = 0] = (rows[0] ?? []) as number[];
          await writeOwned(run, key, { artifactId, streamPk, epoch }, commit, { token, writeTemplates });
        }
        for (const each of switches)
          await run(SQL.writeSwitch, [each.requestId, textKey(each.streamId).key, JSON.stringify(each)]);
      });
    },
    lanes: async () =>
      (await db.read(SQL.readLanes)).rows.map(([streamId, name, version, lane]) => ({
        streamId: readStoredText(streamId as string),
        artifact: { name: readStoredText(name as string), version: version as string },
        lane: lane === null ? undefined : (JSON.parse(lane as string) as LaneNote),
      })),
    keepModel: ({ name, version }, text) =>
      db.inTransaction(async (run) => {
        await run(SQL.addModel, [textKey(name).key, version, text]);
      }),
    keptModel: async ({ name, version }) =>
      (await db.read(SQL.readModel, [textKey(name).key, version])).rows[0]?.[0] as string | undefined,
    requestPromotion: (request) =>
      db.inTransaction(async (run) => {
        const { rows } = await run(SQL.addRequest, [JSON.stringify(request)]);
        return { ...request, id: rows[0]![0] as number };
      }),
    promotionRequests: async () =>
      (await db.read(SQL.readRequests)).rows.map(([id, request]) => ({
        ...(JSON.parse(request as string) as Omit<PromotionRequest, 'id'>),
        id: id as number,
      })),
    modelSwitches: async () =>
      (await db.read(SQL.readSwitches)).rows.map(([text]) => JSON.parse(text as string) as ModelSwitch),
    artifacts: async () => (await db.read(SQL.readArtifacts)).rows.map(storedArtifactOf),
    windows: async (query) => {
      const scope = await scopeOf(query);
      if (scope === undefined) return [];
      const [artifactId, streamPk] = scope;
      const ids = { artifactId, streamPk: streamPk === 0 ? undefined : streamPk };
      const { text, values } = windowQuery(SELECT_WINDOWS, ids, query, DIALECT);
      return (await db.read({ text }, values)).rows.map((row) => storedWindowOf(row, query.stamps === true));
    },
    alerts: async (query) => {
      const scope = await scopeOf(query);
      return scope === undefined ? [] : (await db.read(SQL.readAlerts, scope)).rows.map(storedAlertOf);
    },
    alertWays: async (query) => {
      const scope = await scopeOf(query);
      if (scope === undefined) return [];
      return (await db.read(SQL.readWays, scope)).rows.map(wayOf).filter((way) => isWayAsked(way, query));
    },
    deliveriesOf: (alertId) => readDeliveriesOf(db.read, alertId),
    sinkSummaries: () => readSinkSummaries(db.read),
    deadLetters: async (key) => {
      const scope = await scopeOf(key);
      return scope === undefined
        ? []
        : (await db.read(SQL.readDeadLetters, [scope[1]])).rows.map(deadLetterOf);
    },
    retained: async (artifact) => {
      const found = await readRetained(db.read, (await artifactIdOf(db.read, artifact)) ?? 0);
      return found && { artifact, ...found };
    },
    wishForSources: (wishes) => db.inTransaction((run) => writeWishes(run, wishes)),
    withdrawWishes: ({ to, sources, readers }) =>
      db.inTransaction(async (run) => {
        const keys = sources.map((source) => textKey(source).key);
        await run(WISH_SQL.removeAll, [textKey(to).key, textKey(readersText(readers)).key, keys]);
      }),
    sourceWishes: async () =>
      (await db.read(WISH_SQL.read)).rows.map(([wish]) => JSON.parse(wish as string) as SourceWish),
    giveSources: (gift) =>
      db.inTransaction(async (run) => {
        const wished = await takeBackWishes(run, gift);
        for (const { key, epoch } of gift.parts) {
          const { name, version } = key.artifact;
          const { rows } = await run(SQL.findOwned, [textKey(key.streamId).key, textKey(name).key, version]);
          const [fromPk = 0, artifactId = 0] = (rows[0] ?? []) as number[];
          checkOwner((await run(SQL.lockStream, [fromPk, epoch])).changes, key, epoch);
          await giveSourcesOf(run, fromPk, artifactId, gift, wished);
        }
      }),
    sourceHomes: async (artifact, sources) => {
      const scope = await scopeOf({ artifact });
      if (scope === undefined) return [];
      const keys = sources.map((source) => textKey(source).key);
      return sourceHomesOf((await db.read(WISH_SQL.readHomes, [scope[0], keys])).rows as [string, string][]);
    },
    sharedSources: async (artifact) => {
      const scope = await scopeOf({ artifact });
      if (scope === undefined) return [];
      return sourceHomesOf((await db.read(WISH_SQL.readShared, [scope[0]])).rows as [string, string][]);
    },
    streamPositions: async (artifact) => {
      const scope = await scopeOf({ artifact });
      if (scope === undefined) return [];
      return (await db.read(WISH_SQL.readPositions, [scope[0]])).rows.map(streamPositionOf);
    },
    close: () => db.close(),
  };
}

async function artifactIdOf(run: Run, { name, version }: StreamKey['artifact']): Promise<number | undefined> {
  const { rows } = await run(SQL.findArtifact, [textKey(name).key, version]);
  return rows[0]?.[0] as number | undefined;
}
