// The SQL that SQLite and PostgreSQL have in common, so that what the dashboard asks and people write is said once: written
// as PostgreSQL has it (`loghorn.table`, `$1`), and every change is one statement.
import type { TextKey } from './postgres-key.js';

export type SqlValue = string | number | null;

/** By column; whole numbers are numbers. */
export type SqlRows = readonly (readonly unknown[])[];

export interface SqlChange {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

export interface Sql {
  readonly kind: 'sqlite' | 'postgres';
  read(text: string, values?: readonly SqlValue[]): Promise<SqlRows>;
  /** As `writeAll` of one. */
  write(text: string, values: readonly SqlValue[]): Promise<void>;
  /**
   * All of them in one transaction, or none: one after another in the whole store, so that numbers which grow become visible
   * in their order. Where a connection is lost it may be run again over its own result: it must give the same then.
   */
  writeAll(changes: readonly SqlChange[]): Promise<void>;
  /** Text as a key of the store's tables. */
  keyOf(text: string): TextKey;
  /** A number that grows with commits that have windows: what is committed from now on has it or a greater one. */
  readonly windowSequence: string;
  /** @throws SchemaError where a newer build has brought the store up to date: its rows may mean something else */
  checkSchema(): Promise<void>;
  /** Of all that is stored. */
  bytes(): Promise<number>;
  close(): Promise<void>;
}

/** The artifact whose name and version are the first two parameters. */
export const THE_ARTIFACT = '(SELECT artifact_id FROM loghorn.artifacts WHERE name = $1 AND version = $2)';

/** Of rows that begin at whole milliseconds: the same ones lie between these whole bounds. */
export function wholeRange({
  fromMs,
  toMs,
}: {
  readonly fromMs: number;
  readonly toMs: number;
}): [fromMs: number, toMs: number] {
  return [Math.ceil(fromMs), Math.ceil(toMs)];
}
