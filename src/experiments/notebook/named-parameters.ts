// The parameters that a notebook reads, found in its code, so that a misspelt one is refused instead of ignored.
import { type Notebook, textOf } from './notebook-file.js';
import { parameterVariable } from './parameters.js';

/** @returns names as in `countParameter('records', …)`, each once, in order */
export function parametersOf(notebook: Notebook): string[] {
  const code = notebook.cells.flatMap(({ cell_type, source }) =>
    cell_type === 'code' ? [textOf(source)] : [],
  );
  const names = code.flatMap((text) =>
    [...text.matchAll(/\b\w+Parameter\(\s*(['"`])(\w+)\1/g)].map((match) => match[2]!),
  );
  return [...new Set(names)];
}

/**
 * Parameters set in the environment count as given, so that a run with them is not taken for the committed one.
 *
 * @param given by name, in no particular order
 * @returns what the kernel's environment must hold for this notebook; empty for a run as committed
 */
export function variablesFor(
  notebook: Notebook,
  given: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    parametersOf(notebook).flatMap((name) => {
      const variable = parameterVariable(name);
      const value = given[name] ?? environment[variable];
      return value === undefined ? [] : [[variable, value]];
    }),
  );
}
