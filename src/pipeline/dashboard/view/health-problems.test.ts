import { describe, expect, test } from 'vitest';
import type { Status } from '../api.js';
import type { PipelineHealth } from '../api-reports.js';
import { healthProblems } from './health-problems.js';

const NOW_MS = 1_000_000_000;
const STATUS = { consumer: 'running', watermarkMs: NOW_MS - 35_000, usualLagMs: 35_000 } as unknown as Status;

const WELL = {
  series: { lag: [3, 0, 7, 2] },
  store: { kind: 'sqlite', isWritable: true, bytes: 1, answeredMs: 2 },
  broker: { address: 'localhost:9092', isReachable: true },
  sinks: [
    {
      sink: 'webhook',
      waiting: 0,
      oldestWaitingMs: null,
      sent: 1,
      givenUp: 0,
      lastSentMs: 1,
      lastError: null,
    },
  ],
  silentSources: [],
  aheadSources: [],
} as unknown as PipelineHealth;

function problemsOf(change: Partial<PipelineHealth>): readonly string[] {
  return healthProblems({ ...WELL, ...change }, STATUS, NOW_MS).map(({ what }) => what);
}

function withLag(...lag: (number | null)[]): Partial<PipelineHealth> {
  return { series: { lag } as unknown as PipelineHealth['series'] };
}

describe('the problems of a pipeline', () => {
  test('are none where all is well', () => {
    expect(problemsOf({})).toEqual([]);
  });

  test('a lag that grows part after part is one, a lag that goes up and down is none', () => {
    expect(problemsOf(withLag(0, 10, 200, null, 3000, 45_000))).toEqual([
      'The consumer falls behind: 45 k messages not read yet, and more each minute.',
    ]);
    expect(problemsOf(withLag(10, 200, 3000, 2999))).toEqual([]);
    expect(problemsOf(withLag(200, 3000))).toEqual([]);
  });

  test('a consumer that is behind the present is one, and one that is gone is none of these', () => {
    const late = { ...STATUS, watermarkMs: NOW_MS - 600_000 };
    const whatOf = (status: Status): readonly string[] =>
      healthProblems(WELL, status, NOW_MS).map(({ what }) => what);

    expect(whatOf(late)).toEqual([
      'The newest window ended 10 min ago: what was logged since is not scored yet.',
    ]);
    expect(whatOf({ ...late, consumer: 'silent' })).toEqual([]);
  });

  test('a sink that is down is one only while something waits for it', () => {
    const sink = {
      sink: 'smtp',
      waiting: 1,
      oldestWaitingMs: 1,
      sent: 0,
      givenUp: 0,
      lastSentMs: null,
      lastError: 'connection refused',
    };

    expect(problemsOf({ sinks: [sink] })).toEqual(['1 notification waits for smtp: connection refused']);
    expect(problemsOf({ sinks: [{ ...sink, waiting: 0 }] })).toEqual([]);
  });

  test('show what a name would do to the reading order instead of doing it', () => {
    const silent = { source: '\u202edesrever', lastRecordMs: NOW_MS, usualGapMs: null };

    expect(problemsOf({ silentSources: [silent] })).toEqual(['\\u{202e}desrever has not logged for 0 ms.']);
  });

  test('a clock that was ahead is told with what becomes of the records', () => {
    const ahead = { source: 'web', recordMs: NOW_MS + 3 * 3_600_000 };

    expect(problemsOf({ aheadSources: [ahead] })).toEqual([
      'The clock of web was 3 h ahead: until then what it writes is counted as late and not scored.',
    ]);
  });

  test('come worst first', () => {
    const problems = healthProblems(
      {
        ...WELL,
        silentSources: [{ source: 'search', lastRecordMs: NOW_MS - 600_000, usualGapMs: 60_000 }],
        store: { ...WELL.store, isWritable: false },
        broker: { address: 'broker:9092', isReachable: false },
      },
      STATUS,
      NOW_MS,
    );

    expect(problems.map(({ severity }) => severity)).toEqual(['critical', 'critical', 'warning']);
    expect(problems.at(-1)!.what).toBe('search has not logged for 10 min, usually silent for 1 min at most.');
  });
});
