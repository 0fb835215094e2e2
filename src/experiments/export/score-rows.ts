// A replay whose windows are kept: for logs whose windows fit into memory.
import type { Artifact } from '../../core/artifact.js';
import type { WindowRow } from '../../core/score-window.js';
import type { InputFile } from '../input/resolve-inputs.js';
import type { Tally } from '../input/tally.js';
import { replay } from '../score.js';

export interface ScoredLog {
  /** Final rows, in the order of their issue. */
  readonly rows: readonly WindowRow[];
  readonly tally: Tally;
}

/** @throws InputError for an input that cannot be read */
export async function scoreRows(files: readonly InputFile[], artifact: Artifact): Promise<ScoredLog> {
  const rows: WindowRow[] = [];
  const { tally } = await replay(files, artifact, { perFile: false, onRow: (row) => rows.push(row) });
  return { rows, tally };
}
