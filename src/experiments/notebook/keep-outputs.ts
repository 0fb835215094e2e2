// The notebook as it is to be written after a run: new outputs, but for what depends on the machine's speed.
import { isMeasured, type Notebook } from './notebook-file.js';
import type { RunOutputs } from './run-notebook.js';

/**
 * The metadata names the kernel's language as Jupyter does, so that saving it there changes nothing.
 *
 * @param refreshMeasured takes the new outputs of measured cells, too; those that have none yet get them in any case
 */
export function keepOutputs(
  notebook: Notebook,
  { outputs, languageInfo }: RunOutputs,
  refreshMeasured: boolean,
): Notebook {
  let count = 0;
  const cells = notebook.cells.map((cell, place) => {
    if (cell.cell_type !== 'code') return cell;
    count++;
    const isKept = isMeasured(cell) && !refreshMeasured && (cell.outputs ?? []).length > 0;
    return {
      ...cell,
      execution_count: count,
      outputs: isKept ? cell.outputs! : (outputs.get(place) ?? []),
    };
  });
  return { ...notebook, cells, metadata: { ...notebook.metadata, language_info: languageInfo } };
}
