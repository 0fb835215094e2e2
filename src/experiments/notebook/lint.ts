// Everything that can be said of a notebook without running it.
import { lintCode } from './lint-code.js';
import { lintOutputs } from './lint-outputs.js';
import { lintStructure } from './lint-structure.js';
import type { Notebook } from './notebook-file.js';

/** @returns a sentence for each thing that is wrong; none for a notebook as it should be committed */
export function lintNotebook(notebook: Notebook): string[] {
  return [...lintStructure(notebook), ...lintCode(notebook), ...lintOutputs(notebook)];
}
