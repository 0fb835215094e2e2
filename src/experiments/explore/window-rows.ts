// Healthy windows as rows of a table: one row a window of a service, with a few features beside it.
import type { Row } from '../notebook/row.js';
import type { WindowTable } from './window-table.js';

/**
 * Windows of the time that was fitted on, by service and time: `service`, then the features by their names.
 *
 * @throws RangeError on a feature that the spec does not have
 */
export function fittedWindowRows(
  { sources, features, fitUntilMs }: Pick<WindowTable, 'sources' | 'features' | 'fitUntilMs'>,
  names: readonly string[],
): readonly Row[] {
  const places = names.map((name): [string, number] => {
    const place = features.findIndex((feature) => feature.name === name);
    if (place < 0) throw new RangeError(`there is no feature "${name}" in the spec`);
    return [name, place];
  });
  return sources.flatMap(({ source, rows }) =>
    rows
      .filter(({ endMs }) => endMs <= fitUntilMs)
      .map((row) => ({
        service: source,
        ...Object.fromEntries(places.map(([name, place]) => [name, row.features[place]!])),
      })),
  );
}
