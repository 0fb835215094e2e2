// What became of every line of a log, and why: the three fates add up to what was read.
import type { Row } from '../notebook/row.js';
import type { Tally } from '../input/tally.js';

export function fateTable({ lines, setAsideReasons, examples }: Tally): readonly Row[] {
  const readable = lines.read - lines.setAside;
  return [
    { lines: readable, 'what became of them': 'read as records', 'first of them': null },
    ...Object.entries(setAsideReasons).map(([reason, count]) => ({
      lines: count,
      'what became of them': `set aside: ${reason}`,
      'first of them': placeAndText(examples[reason] ?? ''),
    })),
    { lines: lines.read, 'what became of them': 'all', 'first of them': null },
  ];
}

/** Without the folder: `lending.log:4: text`. */
function placeAndText(example: string): string {
  const [, place = ''] = /^(.*?:\d+: )/.exec(example) ?? [];
  return place.slice(place.lastIndexOf('/') + 1) + example.slice(place.length);
}
