// A service that the fit did not know: it may be healthy, and nobody knows yet how; that it dies is told all the same.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { headlineOf, kindOf, severityOf } from './alert-kind.js';
import { arbLogLike, LOG_START_MS } from './log-like.testkit.js';
import type { LogRecord } from './record.js';
import type { WindowRow } from './score-window.js';
import { fitSmall, score, type ScorableArtifact, unnumbered } from './scorer.testkit.js';
import { type Feed, feedsOf, insertAt, TEST_SPEC } from './window/windower.testkit.js';

const artifact = fitSmall();
const { unknownSource, ...specOfBefore } = artifact.spec;
/** As it was fitted before such services were held to anything. */
const older: ScorableArtifact = { ...artifact, spec: specOfBefore };
const { windowMs } = TEST_SPEC;
const INFO = 9;
const ERROR = 17;
const FATAL = 21;

/** So many records of a severity in each of some windows. */
function saying(
  source: string,
  severity: number,
  count: number,
  firstWindow: number,
  windows: number,
): readonly LogRecord[] {
  return Array.from({ length: count * windows }, (_, index) => ({
    eventTimeMs: LOG_START_MS + firstWindow * windowMs + Math.floor((index * windowMs) / count),
    source,
    severity,
    body: severity === INFO ? `invoice ${index} rendered` : `ledger write ${index} refused: quota exhausted`,
  }));
}
const rowsOf = (scored: ScorableArtifact, records: readonly LogRecord[]): readonly WindowRow[] =>
  score(scored, feedsOf(records)).final;
const isCritical = ({ score: peakScore, threshold, explanation }: WindowRow): boolean =>
  severityOf({ peakScore, threshold, explanation }) === 'critical';

test.each([
  ['ERROR', ERROR],
  ['FATAL', FATAL],
])('a new service that says 50 %s in each window is critical with the first of them', (_, severity) => {
  const rows = rowsOf(artifact, saying('billing', severity, 50, 0, 3));

  expect(rows.map((row) => row.alert && isCritical(row))).toEqual([true, true, true]);
  expect(kindOf(rows[0]!.explanation)).toBe('errors');
});

test('so is one that was healthy for a while, and the words say that it is new and beside what it is many', () => {
  const records = [...saying('billing', INFO, 6, 0, 18), ...saying('billing', ERROR, 50, 18, 2)];

  const [first] = rowsOf(artifact, records).filter((row) => row.alert && isCritical(row));

  expect(first!.startMs).toBe(LOG_START_MS + 18 * windowMs);
  expect(first!.explanation!.newService).toEqual({
    critical: 50,
    usualMost: unknownSource!.usualMost,
    spanMs: windowMs,
  });
  expect(headlineOf(first!.explanation)).toMatch(
    /^new service: 50 ERROR and FATAL in 10 s, services of the fit usually no more than \d+: ledger write <\*> refused/,
  );
});

test('an error now and then is no alert that it would not have been, and scores next to nothing more', () => {
  const records = [
    ...saying('billing', INFO, 6, 0, 12),
    ...[2, 5, 8, 11].flatMap((window) => saying('billing', ERROR, 1, window, 1)),
  ].sort((a, b) => a.eventTimeMs - b.eventTimeMs);

  const before = rowsOf(older, records);
  const after = rowsOf(artifact, records);

  expect(after.map((row) => row.alert)).toEqual(before.map((row) => row.alert));
  after.forEach((row, index) => expect(row.score - before[index]!.score).toBeLessThan(0.02));
});

const arbRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 160, slips: true });

test('nothing changes for services of the fit, nor for any with an artifact of before', () => {
  fc.assert(
    fc.property(arbRecords, (records) => {
      expect(rowsOf(artifact, records)).toEqual(rowsOf(older, records));
      const renamed = rowsOf(older, records.map(renameCron));
      expect(renamed.every(({ explanation }) => explanation?.newService === undefined)).toBe(true);
    }),
    { numRuns: 5 },
  );
});

test('with a new service among the others a restarted stream ends as the replay has it', () => {
  fc.assert(
    fc.property(arbRecords, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (records, places) => {
      const feeds = feedsOf(records.map(renameCron));
      const restart = (): Feed => ({ kind: 'restart' });
      const restarts = places.map((at) => ({ at, what: undefined }));

      const stream = score(artifact, insertAt(feeds, restarts, restart), { issue: 'early' });
      const replay = score(artifact, feeds, { issue: 'final' });

      expect(unnumbered(stream.final)).toEqual(unnumbered(replay.final));
    }),
    { numRuns: 5 },
  );
});

function renameCron(record: LogRecord): LogRecord {
  return record.source === 'cron' ? { ...record, source: 'billing' } : record;
}
