// A small memory of what was made of a source's last windows: the same ten are looked at again each time a new one
// closes. It saves time and changes no answer.
import type { Pane } from '../window/pane.js';
import type { CompiledVocabulary } from './compiled-vocabulary.js';

interface Kept<Made> {
  readonly pane: Pane;
  /** Of the pane then: every record that is added raises it, so that of a changed pane all is made anew. */
  readonly records: number;
  readonly made: Made;
}

/** @param windows how many are remembered for each vocabulary */
export function rememberPanes<Made>(
  windows: number,
  make: (vocabulary: CompiledVocabulary, pane: Pane) => Made,
): (vocabulary: CompiledVocabulary, pane: Pane) => Made {
  const keptBy = new Map<CompiledVocabulary, (Kept<Made> | undefined)[]>();
  return (vocabulary, pane) => {
    let kept = keptBy.get(vocabulary);
    if (!kept) keptBy.set(vocabulary, (kept = Array.from({ length: windows }, () => undefined)));
    const place = Math.abs(pane.hop) % windows;
    const before = kept[place];
    if (before && before.pane === pane && before.records === pane.records) return before.made;
    const made = make(vocabulary, pane);
    kept[place] = { pane, records: pane.records, made };
    return made;
  };
}
