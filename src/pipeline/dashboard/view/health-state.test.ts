import { describe, expect, test } from 'vitest';
import type { Status } from '../api.js';
import type { PipelineHealth } from '../api-reports.js';
import { healthVerdict } from './health-state.js';

const STATUS = {
  nowMs: 1_000_000_000,
  consumer: 'running',
  lastHeardMs: 1_000_000_000 - 300_000,
  sources: ['checkout', 'payments'],
  firing: 0,
  acknowledged: 0,
  silenced: 0,
} as unknown as Status;

function heard(...recordsPerSecond: (number | null)[]): PipelineHealth {
  return { series: { recordsPerSecond } } as unknown as PipelineHealth;
}

describe('the state of the pipeline', () => {
  test('that runs and finds nothing is good', () => {
    const verdict = healthVerdict(STATUS, heard(12, 11.96), []);

    expect(verdict).toMatchObject({
      tone: 'good',
      title: 'Running and finds nothing wrong',
      detail: '2 services watched, 12 records a second.',
      advice: '',
    });
  });

  test('that runs while nothing comes in is idle, whatever it read before', () => {
    expect(healthVerdict(STATUS, heard(40, 0, null), [])).toMatchObject({
      tone: 'idle',
      title: 'Running, and nothing comes in',
    });
  });

  test('that is not heard of is bad, and says since when', () => {
    expect(healthVerdict({ ...STATUS, consumer: 'silent' }, heard(40), [])).toMatchObject({
      tone: 'bad',
      title: 'Not running: no consumer heard of for 5 min',
    });
  });

  test('of a store whose consumers never told of themselves claims no time', () => {
    const silent = { ...STATUS, consumer: 'silent', lastHeardMs: null } as const;

    expect(healthVerdict(silent, heard(), []).title).toBe('Not running: no consumer is heard of');
  });

  test('that never ran says how to start it', () => {
    const verdict = healthVerdict({ ...STATUS, consumer: 'never', lastHeardMs: null }, heard(), []);

    expect(verdict.tone).toBe('bad');
    expect(verdict.advice).toContain('`loghorn consume');
  });

  test('whose input was over is no trouble', () => {
    expect(healthVerdict({ ...STATUS, consumer: 'ended' }, heard(40), []).tone).toBe('idle');
  });

  test('with incidents that go on counts them, each by its state', () => {
    expect(healthVerdict({ ...STATUS, firing: 1, acknowledged: 2 }, heard(3.14), [])).toMatchObject({
      tone: 'good',
      title: 'Running',
      detail: '1 incident firing, 2 acknowledged. 2 services watched, 3.1 records a second.',
    });
  });

  test('that runs with a problem says so before anything else, as loudly as the worst of them', () => {
    const warning = { severity: 'warning', what: 'search is silent', advice: '' } as const;

    expect(healthVerdict(STATUS, heard(12), [warning])).toMatchObject({
      tone: 'poor',
      title: 'Running, and 1 thing needs attention',
    });
    expect(healthVerdict(STATUS, heard(12), [{ ...warning, severity: 'critical' }, warning])).toMatchObject({
      tone: 'bad',
      title: 'Running, and 2 things need attention',
    });
  });
});
