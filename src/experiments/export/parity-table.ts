// Parity as tables, and as an error where there is none: a notebook must not end green on a difference.
import type { Row } from '../notebook/row.js';
import { type ComparableRow, digestOf, type Parity } from './parity.js';

/** @param ways rows by how they came about */
export function wayTable(ways: Readonly<Record<string, readonly ComparableRow[]>>): readonly Row[] {
  return Object.entries(ways).map(([way, rows]) => ({
    way,
    windows: rows.length,
    alerting: rows.filter(({ alert }) => alert).length,
    'digest of all their bits': digestOf(rows),
  }));
}

/** @throws Error naming the first difference */
export function parityTable({
  windows,
  missing,
  values,
  differing,
  firstDifference,
}: Parity): readonly Row[] {
  if (missing > 0 || differing > 0)
    throw new Error(
      `the two ways do not score alike: ${firstDifference ?? `${missing} windows are in one of them only`}`,
    );
  return [
    {
      'windows compared': windows,
      'only in one': missing,
      'values compared': values,
      'values that differ': differing,
    },
  ];
}
