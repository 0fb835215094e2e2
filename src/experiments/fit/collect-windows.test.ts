import { expect, test } from 'vitest';
import { LOG_START_MS } from '../../core/log-like.testkit.js';
import type { LogRecord } from '../../core/record.js';
import { createMatcher, createMiner } from '../../core/template/miner.js';
import { createLineTypeKeys } from '../../core/window/line-type.js';
import { createWindowCollector } from './collect-windows.js';
import { FIT_OPTIONS } from './fit.testkit.js';

const miner = createMiner('shape');
for (let n = 0; n < 20; n++) miner.learn(`request ${n} done`, 'api');
const dictionary = miner.freeze();
const record = (second: number, source = 'api', severity = 9): LogRecord => ({
  eventTimeMs: LOG_START_MS + second * 1000,
  source,
  severity,
  body: `request ${second} done`,
});

function collect(runs: readonly (readonly LogRecord[])[]) {
  const refused: string[] = [];
  const collector = createWindowCollector(
    FIT_OPTIONS.window,
    createMatcher(dictionary),
    createLineTypeKeys(dictionary.templates.length, []),
    (_record, reason) => refused.push(reason),
  );
  for (const run of runs) {
    for (const each of run) collector.add(each);
    collector.endRun();
  }
  const windows = collector.windows();
  return {
    refused,
    windows,
    /** `source start+records/stretch`, seconds from the start of the log. */
    told: windows.map(
      ({ source, startMs, window, stretch }) =>
        `${source} ${(startMs - LOG_START_MS) / 1000}+${window.records}/${stretch}`,
    ),
  };
}

test('windows come by source and time, and silence while others speak is a window', () => {
  expect(collect([[record(1), record(2, 'db'), record(11), record(25), record(28, 'db')]]).told).toEqual([
    'api 0+1/0',
    'api 10+1/0',
    'api 20+1/0',
    'db 0+1/1',
    'db 10+0/1',
    'db 20+1/1',
  ]);
});

test('a window in which nobody wrote anything is a gap in the data, and ends a stretch', () => {
  expect(collect([[record(1), record(31), record(41)]]).told).toEqual([
    'api 0+1/0',
    'api 30+1/1',
    'api 40+1/1',
  ]);
});

test('each run is a stretch of its own, even where their times meet', () => {
  expect(
    collect([
      [record(1), record(11)],
      [record(21), record(31)],
    ]).told,
  ).toEqual(['api 0+1/0', 'api 10+1/0', 'api 20+1/1', 'api 30+1/1']);
});

test('a straggler is in its window, one beyond the horizon and a slipped clock are refused', () => {
  const slipped = { ...record(3), eventTimeMs: 1000 };

  const { told, refused } = collect([
    [record(1), record(12), record(9), record(60), record(2), slipped, record(61)],
  ]);

  expect(told).toEqual(['api 0+2/0', 'api 10+1/0', 'api 60+2/1']);
  expect(refused).toEqual(['late', 'implausible-time']);
});

test('DEBUG records count, but have no line type', () => {
  const { windows } = collect([[record(1), record(2, 'api', 5)]]);

  expect(windows[0]?.window.records).toBe(2);
  expect([...windows[0]!.window.lineTypes.values()]).toEqual([1]);
});
