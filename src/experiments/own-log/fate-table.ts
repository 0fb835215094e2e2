// What became of every line of a log, and why: the fates add up to what was read. What could not even be read as lines
// stands below.
import type { Row } from '../notebook/row.js';
import type { LogLook } from './look-at-log.js';

export function fateTable({ tally, warnings }: Pick<LogLook, 'tally' | 'warnings'>): readonly Row[] {
  const { lines, setAsideReasons, examples } = tally;
  const readable = lines.read - lines.setAside;
  return [
    { lines: readable, 'what became of them': 'read as records', 'first of them': null },
    ...Object.entries(setAsideReasons).map(([reason, count]) => ({
      lines: count,
      'what became of them': `set aside: ${reason}`,
      'first of them': placeAndText(examples[reason] ?? ''),
    })),
    { lines: lines.read, 'what became of them': 'all', 'first of them': null },
    ...warnings.map((warning) => ({
      lines: null,
      'what became of them': `not read: ${warning.replaceAll(/\S*\//g, '')}`,
      'first of them': null,
    })),
  ];
}

/** Without the folder: `lending.log:4: text`. */
function placeAndText(example: string): string {
  const [, place = ''] = /^(.*?:\d+: )/.exec(example) ?? [];
  return place.slice(place.lastIndexOf('/') + 1) + example.slice(place.length);
}
