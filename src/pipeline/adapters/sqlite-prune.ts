// Retention in the SQLite store. The file does not become smaller: pages that are free are the next to be written.
import type Database from 'libsql';
import { storableText } from '../store/stored-text.js';
import type { Pruner, Retained } from '../retention/prune.js';
import {
  type Asked,
  beginSteps,
  type LaneIds,
  peekSteps,
  pruneSteps,
  retainedSteps,
  type Steps,
} from './prune-steps.js';
import type { Statement } from './sqlite-statements.js';
import type { InTransaction } from './sqlite-transaction.js';

export interface SqlitePrune {
  /** @param owned work in a transaction, once the epoch was looked at */
  ofOwner(ids: LaneIds, owned: InTransaction): Pruner;
  retained(artifactId: number): Omit<Retained, 'artifact'> | undefined;
}

const DIALECT = {
  kind: 'sqlite',
  keyOf: (text: string) => ({ key: storableText(text), long: null }),
} as const;

export function createSqlitePrune(db: Database.Database): SqlitePrune {
  const statements = new Map<string, Statement>();
  const prepared = (text: string): Statement => {
    let statement = statements.get(text);
    if (statement === undefined) {
      const ours = text.replaceAll('loghorn.', '').replaceAll(/\$(\d+)/g, '?$1');
      statement = db.prepare(ours) as unknown as Statement;
      statements.set(text, statement);
    }
    return statement;
  };
  const take = <T>(steps: Steps<T>): T => {
    for (let step = steps.next(); ;) {
      if (step.done) return step.value;
      const { text, values }: Asked = step.value;
      const answer = text.startsWith('SELECT')
        ? {
            rows: prepared(text)
              .raw()
              .all(...values) as unknown[][],
            changes: 0,
          }
        : { rows: [], changes: prepared(text).run(...values).changes };
      step = steps.next(answer);
    }
  };
  return {
    ofOwner: (ids, owned) => ({
      beginSweep: async (settings) => owned(() => take(beginSteps(ids, settings, DIALECT))),
      prune: async (piece, most, settings, lane) => {
        const asked = { piece, most, settings, lane };
        return take(peekSteps(ids, asked, DIALECT)) ? owned(() => take(pruneSteps(ids, asked, DIALECT))) : 0;
      },
    }),
    retained: (artifactId) => take(retainedSteps(artifactId)),
  };
}
