import { afterAll, beforeAll, expect, test } from 'vitest';
import { measureLineCost } from './line-cost.js';
import { type SmallShop, writeSmallShop } from './small-shop.testkit.js';
import { tabulateWindows, type WindowTable } from './window-table.js';

let shop: SmallShop;
let table: WindowTable;
beforeAll(async () => {
  shop = await writeSmallShop();
  table = await tabulateWindows([shop.logsPath], shop.fitUntilMs, 'seed');
});
afterAll(() => shop.remove());

test('windows of a source follow each other without a gap, each with a number for every feature', () => {
  expect(table.sources.length).toBeGreaterThan(5);
  for (const { startMs, windowMs, rows } of table.sources)
    rows.forEach((row, index) => {
      expect(row.startMs).toBe(startMs + index * windowMs);
      expect(row.features).toHaveLength(table.features.length);
    });
});

test('every record after its first window is in a window, and none is in two', () => {
  const records = table.sources.flatMap(({ rows }) => rows.map((row) => row.records));

  expect(records.reduce((sum, count) => sum + count, 0)).toBe(4500);
});

test('nothing after the end of the fit is learned from', () => {
  expect(table.artifact.provenance.endMs).toBeLessThanOrEqual(shop.fitUntilMs + 30_000);
  const mined = table.artifact.dictionary.templates.reduce((sum, { count }) => sum + count, 0);
  const before = table.sources
    .flatMap(({ rows }) => rows.filter(({ endMs }) => endMs <= shop.fitUntilMs))
    .reduce((sum, row) => sum + row.records, 0);
  expect(mined).toBeGreaterThan(0);
  expect(mined).toBeLessThanOrEqual(before);
});

test('the cost of a line is the least of the rounds, by line and by window', async () => {
  // a clock that moves on by 1 ms whenever it is looked at: every round takes 1 ms
  let nowMs = 0;
  const costs = await measureLineCost(shop.logsPath, {
    spec: table.artifact.spec,
    dictionary: table.artifact.dictionary,
    nowMs: () => nowMs++,
    lines: 500,
    rounds: 1,
  });

  const [read, match, features, tfidf, product] = costs;
  expect(read).toMatchObject({ us: 2, unit: 'line' });
  expect(match).toMatchObject({ us: 2, unit: 'line' });
  expect(features!.us).toBe(tfidf!.us);
  expect(features!.unit).toBe('window');
  expect(product).toMatchObject({ us: 5, unit: 'product' });
});
