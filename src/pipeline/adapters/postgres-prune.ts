// Retention in the PostgreSQL store: what its vacuum makes of the deleted rows is its own business.
import type { Pruner, Retained } from '../retention/prune.js';
import type { PostgresConnection, Run } from './postgres-connection.js';
import { textKey } from './postgres-key.js';
import { beginSteps, type LaneIds, peekSteps, pruneSteps, retainedSteps, type Steps } from './prune-steps.js';

const DIALECT = { kind: 'postgres', keyOf: textKey } as const;

/** @param checkOwner takes the lock on the owner's stream, or throws FencedError */
export function createPostgresPruner(
  db: PostgresConnection,
  ids: LaneIds,
  checkOwner: (run: Run) => Promise<void>,
): Pruner {
  const owned = <T>(steps: () => Steps<T>): Promise<T> =>
    db.inTransaction(async (run) => {
      await checkOwner(run);
      return take(run, steps());
    });
  return {
    beginSweep: (settings) => owned(() => beginSteps(ids, settings, DIALECT)),
    prune: async (piece, most, settings, lane) => {
      const asked = { piece, most, settings, lane };
      return (await take(db.read, peekSteps(ids, asked, DIALECT)))
        ? owned(() => pruneSteps(ids, asked, DIALECT))
        : 0;
    },
  };
}

export function readRetained(run: Run, artifactId: number): Promise<Omit<Retained, 'artifact'> | undefined> {
  return take(run, retainedSteps(artifactId));
}

async function take<T>(run: Run, steps: Steps<T>): Promise<T> {
  for (let step = steps.next(); ;) {
    if (step.done) return step.value;
    step = steps.next(await run({ text: step.value.text }, step.value.values));
  }
}
