// The right to write for a stream of the PostgreSQL store: everything under the lock on the stream's row, which an older owner
// does not get.
import { randomUUID } from 'node:crypto';
import type { DeliveryStamps } from '../latency/stamps.js';
import { type Commit, FencedError, type StreamOwner, type StreamState } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import type { PostgresConnection, Run } from './postgres-connection.js';
import { readOpenDeliveries, readToldEvents, writeClaim, writeOutcomes } from './postgres-deliveries.js';
import { createPostgresPruner } from './postgres-prune.js';
import { eventOf, SQL } from './postgres-statements.js';
import type { TemplateWriter } from './postgres-template-days.js';
import { writeCommit } from './postgres-write.js';

/** A stream and its artifact by their numbers, and whose turn it is. */
export interface OwnerIds {
  readonly artifactId: number;
  readonly streamPk: number;
  readonly epoch: number;
}

/** @throws FencedError when no row was changed under the owner's epoch */
export function checkOwner(changes: number, { streamId }: StreamKey, epoch: number): void {
  if (changes === 0)
    throw new FencedError(
      `another process has taken over ${streamId} (this one had epoch ${epoch}): let only one run at a time`,
    );
}

/** Within a transaction. @throws FencedError when there is a newer owner */
export async function writeOwned(
  run: Run,
  key: StreamKey,
  { artifactId, streamPk, epoch }: OwnerIds,
  commit: Commit,
  { token, writeTemplates }: { readonly token: string; readonly writeTemplates: TemplateWriter },
): Promise<void> {
  const { position, counts, commitTimeMs, lane, templates = [] } = commit;
  const stream = [
    streamPk,
    epoch,
    JSON.stringify(position),
    JSON.stringify(counts),
    Math.floor(commitTimeMs),
  ];
  checkOwner((await run(SQL.writeStream, stream)).changes, key, epoch);
  if (lane !== undefined) await run(SQL.writeLane, [streamPk, JSON.stringify(lane)]);
  await writeTemplates(run, { artifactId, streamPk }, templates, token);
  await writeCommit(run, commit, artifactId, streamPk);
}

/** @param state as it was taken over */
export function ownerOf(
  db: PostgresConnection,
  writeTemplates: TemplateWriter,
  key: StreamKey,
  ids: OwnerIds,
  state: StreamState,
): StreamOwner {
  const { streamPk, epoch } = ids;
  return {
    epoch,
    state,
    commit: (commit) => {
      const token = randomUUID();
      return db.inTransaction((run) => writeOwned(run, key, ids, commit, { token, writeTemplates }));
    },
    unsentAlerts: async () => (await db.read(SQL.readUnsent, [streamPk])).rows.map(eventOf),
    markSent: (eventIds, sentTimeMs, stamps) =>
      db.inTransaction(async (run) => {
        checkOwner((await run(SQL.lockStream, [streamPk, epoch])).changes, key, epoch);
        const timesOf = (of: (each: DeliveryStamps) => number): (string | null)[] =>
          eventIds.map((eventId) => {
            const each = stamps?.get(eventId);
            return each === undefined ? null : String(of(each));
          });
        await run(SQL.markSent, [
          streamPk,
          sentTimeMs,
          eventIds,
          timesOf(({ storedTimeMs }) => storedTimeMs),
          timesOf(({ emittedTimeMs }) => emittedTimeMs),
          timesOf(({ deliveredTimeMs }) => deliveredTimeMs),
        ]);
      }),
    openDeliveries: (sink) => readOpenDeliveries(db.read, streamPk, sink),
    toldEvents: (sink) => readToldEvents(db.read, streamPk, sink),
    claimDelivery: (claim) =>
      db.inTransaction(async (run) => {
        checkOwner((await run(SQL.lockStream, [streamPk, epoch])).changes, key, epoch);
        await writeClaim(run, streamPk, claim);
      }),
    noteOutcomes: (outcomes) => db.inTransaction((run) => writeOutcomes(run, streamPk, outcomes)),
    ...createPostgresPruner(db, ids, async (run) =>
      checkOwner((await run(SQL.lockStream, [streamPk, epoch])).changes, key, epoch),
    ),
  };
}
