import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import type { ResultStore, StoredWindow } from '../ports.js';
import { a, b, c, play } from './lanes.testkit.js';
import { type ModelSwitch, successionAt } from './promotion.js';
import { namedWindows, type RangeQuery } from './spoken-windows.js';

const arbRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 300, slips: false });
const nameOf = (version: string, { startMs, source, score }: StoredWindow): string =>
  `${startMs} ${source} ${version} ${score}`;

async function read(store: ResultStore, which: 'spoken' | 'all', query: RangeQuery = {}): Promise<string[]> {
  const lines: string[] = [];
  for await (const { row, artifact } of namedWindows(store, query, which))
    lines.push(nameOf(artifact.version, row));
  return lines;
}

/** By hand: of each window the row of the first in the succession that has one. */
async function spokenByHand(store: ResultStore, switches: readonly ModelSwitch[]): Promise<string[]> {
  const rows = new Map<string, { readonly version: string; readonly row: StoredWindow }[]>();
  for (const { version, name } of [a, b, c])
    for (const row of await store.windows({ artifact: { name, version } })) {
      const key = `${row.startMs} ${row.source}`;
      rows.set(key, [...(rows.get(key) ?? []), { version, row }]);
    }
  const chosen = [...rows.values()].flatMap((same) => {
    const succession = successionAt(a, switches, same[0]!.row.startMs).map(({ version }) => version);
    const speaker = succession.find((version) => same.some((each) => each.version === version));
    return same.filter(({ version }) => version === speaker);
  });
  const before = (x: StoredWindow, y: StoredWindow): number =>
    x.startMs - y.startMs || (x.source < y.source ? -1 : 1);
  return chosen.sort((x, y) => before(x.row, y.row)).map(({ version, row }) => nameOf(version, row));
}

test('law: across promotions each window comes once, of whoever spoke for it, by start and source', async () => {
  let several = 0;
  await fc.assert(
    fc.asyncProperty(
      arbRecords,
      fc.nat(150),
      fc.nat(150),
      fc.boolean(),
      async (records, first, second, isShaded) => {
        const requests = new Map([
          [first, [a, b] as const],
          [first + 1 + second, [b, c] as const],
        ]);
        const { store, switches } = await play({
          records,
          ticks: true,
          requests,
          shadows: isShaded ? [b] : [],
        });

        // one that was a shadow before scored many a window that another spoke for
        const spoken = await read(store, 'spoken');

        expect(spoken).toEqual(await spokenByHand(store, switches));
        if (new Set(spoken.map((line) => line.split(' ')[2])).size > 1) several++;
      },
    ),
    { numRuns: 12 },
  );
  expect(several).toBeGreaterThan(1);
});

test('all gives the rows of each that scored; shadows are among them, and among those that spoke they are not', async () => {
  const { store } = await play({
    records: plainLog(1200, createRandom('plain')),
    ticks: false,
    requests: new Map([[20, [a, b]]]),
    shadows: [c],
  });

  const all = await read(store, 'all');
  const spoken = await read(store, 'spoken');

  const versionsOf = (lines: readonly string[]): string =>
    ['a', 'b', 'c'].filter((version) => lines.some((line) => line.split(' ')[2] === version)).join('');
  expect(versionsOf(all)).toBe('abc');
  expect(versionsOf(spoken)).toBe('ab');
  expect(all.length).toBeGreaterThan(spoken.length);
});

test('only what alerts is what alerts among those that spoke', async () => {
  const { store } = await play({
    records: plainLog(1200, createRandom('plain')),
    ticks: false,
    requests: new Map([[20, [a, b]]]),
  });

  const alerting = new Set(await read(store, 'spoken', { onlyAlerting: true }));

  const wanted: string[] = [];
  for await (const { row, artifact } of namedWindows(store, {}, 'spoken'))
    if (row.alert) wanted.push(nameOf(artifact.version, row));
  expect([...alerting]).toEqual(wanted);
  expect(wanted.length).toBeGreaterThan(0);
});
