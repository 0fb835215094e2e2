// The right to write for a stream of the SQLite store: each write is a transaction that first looks at the epoch, in which an
// older owner changes nothing.
import { type Commit, FencedError, type StreamOwner, type StreamState } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import type { SqliteDeliveries } from './sqlite-deliveries.js';
import type { SqlitePrune } from './sqlite-prune.js';
import { eventOf, type Statements } from './sqlite-statements.js';
import type { InTransaction } from './sqlite-transaction.js';

/** A stream and its artifact by their numbers, and whose turn it is. */
export interface OwnerIds {
  readonly artifactId: number;
  readonly streamPk: number;
  readonly epoch: number;
}

export interface SqliteOwners {
  /** @throws FencedError when no row was changed under the owner's epoch */
  check(changes: number, key: StreamKey, epoch: number): void;
  /** Within a transaction. @throws FencedError when there is a newer owner */
  write(key: StreamKey, ids: OwnerIds, commit: Commit): void;
  /** @param state as it was taken over */
  owner(key: StreamKey, ids: OwnerIds, state: StreamState): StreamOwner;
}

export interface SqliteOwnersOptions {
  readonly sql: Statements;
  readonly deliveries: SqliteDeliveries;
  readonly prune: SqlitePrune;
  /** What a commit changes beside its stream. */
  readonly writeCommit: (commit: Commit, streamPk: number, artifactId: number) => void;
  readonly inTransaction: InTransaction;
}

export function createSqliteOwners({
  sql,
  deliveries,
  prune,
  writeCommit,
  inTransaction,
}: SqliteOwnersOptions): SqliteOwners {
  const check = (changes: number, { streamId }: StreamKey, epoch: number): void => {
    if (changes === 0)
      throw new FencedError(
        `another process has taken over ${streamId} (this one had epoch ${epoch}): let only one run at a time`,
      );
  };

  const write: SqliteOwners['write'] = (key, { streamPk, artifactId, epoch }, commit) => {
    const position = JSON.stringify(commit.position);
    const counts = JSON.stringify(commit.counts);
    const commitTimeMs = Math.floor(commit.commitTimeMs);
    const { changes } = sql.guardedWrite.run(position, counts, commitTimeMs, streamPk, epoch);
    check(changes, key, epoch);
    if (commit.lane !== undefined) sql.writeLane.run(JSON.stringify(commit.lane), streamPk);
    writeCommit(commit, streamPk, artifactId);
  };

  const owner = (key: StreamKey, ids: OwnerIds, state: StreamState): StreamOwner => {
    const { streamPk, epoch } = ids;
    const owned: InTransaction = (work) =>
      inTransaction(() => {
        check(sql.guard.run(streamPk, epoch).changes, key, epoch);
        return work();
      });
    return {
      epoch,
      state,
      commit: async (commit) => inTransaction(() => write(key, ids, commit)),
      unsentAlerts: async () => (sql.readUnsent.raw().all(streamPk) as [string][]).map(eventOf),
      markSent: async (eventIds, sentTimeMs, stamps) =>
        owned(() => {
          for (const eventId of eventIds) {
            const {
              storedTimeMs = null,
              emittedTimeMs = null,
              deliveredTimeMs = null,
            } = stamps?.get(eventId) ?? {};
            sql.markSent.run(sentTimeMs, storedTimeMs, emittedTimeMs, deliveredTimeMs, streamPk, eventId);
          }
        }),
      openDeliveries: async (sink) => deliveries.open(streamPk, sink),
      toldEvents: async (sink) => deliveries.told(streamPk, sink),
      claimDelivery: async (claim) => owned(() => deliveries.claim(streamPk, claim)),
      noteOutcomes: async (outcomes) => inTransaction(() => deliveries.note(streamPk, outcomes)),
      ...prune.ofOwner(ids, owned),
    };
  };

  return { check, write, owner };
}
