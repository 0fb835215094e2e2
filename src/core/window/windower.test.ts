import { expect, test } from 'vitest';
import { LOG_START_MS } from '../log-like.testkit.js';
import type { LogRecord } from '../record.js';
import { createLineTypeKeys } from './line-type.js';
import { type Feed, feedsOf, run, type RunOptions, SLIDING, TEST_SPEC } from './windower.testkit.js';
import { createWindower } from './windower.js';

// windows of 10 s, lateness 3 s, corrections for 25 s more, silence told for 120 s
const record = (second: number, source = 'api'): LogRecord => ({
  eventTimeMs: LOG_START_MS + second * 1000,
  source,
  severity: 9,
  body: 'GET /',
});
const records = (...seconds: readonly number[]): readonly Feed[] =>
  feedsOf(seconds.map((second) => record(second)));
const tick = (second: number): Feed => ({ kind: 'tick', eventTimeMs: LOG_START_MS + second * 1000 });

/** Each issue as `start+records`, with `'` for each revision; seconds from the start of the log. */
function story(feeds: readonly Feed[], options: RunOptions = {}): string {
  const { hopMs, windowMs } = options.spec ?? TEST_SPEC;
  return run(feeds, options)
    .issued.map(({ endHop, records: count, revision }) => {
      const startSecond = (endHop * hopMs - windowMs - LOG_START_MS) / 1000;
      return `${startSecond}+${count}${"'".repeat(revision % 1_000_000)}`;
    })
    .join(' ');
}

test('a window is due once a record is further on than its end and the lateness', () => {
  // 0s        10s       20s
  // [--A--B---)[C-D      12.9 s leaves the first window open, 13 s closes it
  expect(story(records(3, 6, 12.9), { end: false })).toBe('');
  expect(story(records(3, 6, 12.9, 13), { end: false })).toBe('0+2');
});

test('a straggler within the lateness is counted before its window is due', () => {
  expect(story(records(3, 12, 9, 13), { end: false })).toBe('0+2');
});

test('a straggler within the correction horizon issues its window again', () => {
  // the first window is final at 10 + 3 + 25 = 38 s; the correction is told when the next window is due
  expect(story(records(3, 14, 9, 24), { end: false })).toBe("0+1 0+2' 10+1");
});

test('a correction goes through all windows whose row looks back on it', () => {
  // reach: 4 windows back, and the windows in between have seen the pane too
  expect(story(records(3, 13, 23, 33, 9, 43), { end: false })).toBe("0+1 10+1 20+1 0+2' 10+1' 20+1' 30+1");
});

test('a straggler beyond the correction horizon is late, and no window has it', () => {
  const { late, final } = run(records(3, 38, 9.9));

  expect(late.map(({ eventTimeMs }) => eventTimeMs)).toEqual([LOG_START_MS + 9900]);
  expect(final.map((row) => row.records)).toEqual([1, 0, 0, 1]);
});

test('the last instant of the correction horizon is still in time', () => {
  expect(run(records(3, 37.9, 9.9)).late).toEqual([]);
});

test('gaps between records are windows without records', () => {
  expect(story(records(3, 44), { end: false })).toBe('0+1 10+0 20+0 30+0');
});

test('a tick closes the windows of a silent source, and its next record corrects what changed', () => {
  // by its own time the source is at 3 s still: its record of 8 s is in time, however far the tick was
  expect(story([...records(3), tick(33), ...records(8), tick(43)], { end: false })).toBe(
    "0+1 10+0 20+0 0+2' 10+0' 20+0' 30+0",
  );
});

test('a tick from the past, or from before any record, changes nothing', () => {
  expect(story([tick(50), ...records(3), tick(-1e9), ...records(13)], { end: false })).toBe('0+1');
});

test('a tick from the far future tells one silence in full and no more', () => {
  const issued = story([...records(3), tick(1e9)], { end: false }).split(' ');

  // the window of the record and the twelve of 120 s silence
  expect(issued).toHaveLength(13);
});

test('a source that slept begins a new history when it wakes', () => {
  const { final } = run(records(3, 1003, 1013.5));

  expect(final.at(-2)!.content.split('\n')).toHaveLength(1);
  expect(final.map((row) => row.records)).toEqual([1, ...Array.from({ length: 12 }, () => 0), 1, 1]);
});

test('a first record out of order moves the begin of the history back', () => {
  expect(story(records(23, 8, 33), { end: false })).toBe('0+1 10+0 20+1');
});

test('history that begins earlier than what a tick has shown is shown at once, and in one piece', () => {
  expect(story([...records(23), tick(43), ...records(8), tick(43)], { end: false })).toBe(
    "20+1 30+0 0+1 10+0 20+1' 30+0'",
  );
});

test('every window that looks back beyond the former begin of the history is shown again', () => {
  // with a reach of 4 windows, that of 50 s looks back on the one of 20 s, which there was not before
  expect(story([...records(33), tick(73), ...records(3), tick(73)], { end: false })).toBe(
    "30+1 40+0 50+0 60+0 0+1 10+0 20+0 30+1' 40+0' 50+0' 60+0'",
  );
});

test('a final window is issued once, when nothing can change it', () => {
  expect(story(records(3, 14, 9, 37), { issue: 'final', end: false })).toBe('');
  expect(story(records(3, 14, 9, 37, 38), { issue: 'final', end: false })).toBe('0+2');
});

test('the end closes every window up to the greatest event time of all sources', () => {
  const { final } = run(feedsOf([record(3, 'db'), record(25, 'api')]));

  expect(final.map(({ source, records: count }) => `${source}+${count}`)).toEqual([
    'api+1',
    'db+1',
    'db+0',
    'db+0',
  ]);
});

test('a sliding window is the sum of its panes', () => {
  // windows of 10 s every 2.5 s: the record of 3 s is in the four that end at 5, 7.5, 10 and 12.5 s
  expect(story(records(3, 14), { spec: SLIDING, end: false })).toBe('-5+1 -2.5+1 0+1');
  expect(story(records(3, 14), { spec: SLIDING })).toBe('-5+1 -2.5+1 0+1 2.5+1 5+1');
});

test('a clock that is set back tells its windows again, above every revision that they had', () => {
  const { issued, setAside, late } = run(records(10_003, 10_014, 3, 4, 5, 10_003));

  expect(setAside).toHaveLength(1);
  expect(late).toEqual([]);
  expect(issued.at(-1)).toMatchObject({ records: 3, revision: 1_000_000 });
});

test('records that wait for their clock are counted until they are decided', () => {
  const windower = createWindower({
    spec: TEST_SPEC,
    reachWindows: 1,
    issue: 'early',
    keys: createLineTypeKeys(1, []),
    wantsExample: () => false,
  });
  const told: string[] = [];
  const sink = {
    onDue: () => {},
    onTaken: () => told.push('taken'),
    onLate: () => told.push('late'),
    onSetAside: (_record: LogRecord, reason: string) => told.push(reason),
  };
  windower.add(record(0), 0, sink);
  windower.add(record(1e8), 0, sink);

  expect([...told, windower.waiting()]).toEqual(['taken', 1]);

  windower.end(sink);

  expect([...told, windower.waiting()]).toEqual(['taken', 'implausible-time', 0]);
});

test('sources beyond the limit share one, and nothing grows with their number', () => {
  const spec = { ...TEST_SPEC, maxSources: 10 };
  const many = Array.from({ length: 500 }, (_, n) => record(n / 50, `pod-${n}`));

  const { final, taken } = run(feedsOf(many), { spec });

  expect(taken).toBe(500);
  expect(new Set(final.map(({ source }) => source)).size).toBe(11);
  expect(final.find(({ source }) => source === '(other)')?.records).toBe(490);
});

test('what is remembered does not grow with the length of the log', () => {
  const windower = createWindower({
    spec: TEST_SPEC,
    reachWindows: 4,
    issue: 'early',
    keys: createLineTypeKeys(1, []),
    wantsExample: () => true,
  });
  const sink = { onDue: () => {}, onTaken: () => {}, onLate: () => {}, onSetAside: () => {} };
  const sizeAfter = (seconds: number): number => {
    for (let second = 0; second < seconds; second++) {
      windower.add(record(nextSecond++), 0, sink);
      windower.add(record(nextSecond - 20), 0, sink);
    }
    return JSON.stringify(windower.snapshot()).length;
  };
  let nextSecond = 0;

  const early = sizeAfter(500);

  expect(sizeAfter(5000)).toBeLessThan(early * 1.1);
});
