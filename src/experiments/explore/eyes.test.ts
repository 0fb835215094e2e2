import { expect, test } from 'vitest';
import type { LogRecord } from '../../core/record.js';
import { watchSources } from './eyes.js';

const record = (seconds: number, source: string, severity: number): LogRecord => ({
  eventTimeMs: 1000 * seconds,
  source,
  severity,
  body: 'x',
});

test('each window has its records, errors, warnings and the templates that its service never wrote before', () => {
  // 0s         30s         60s        90s
  // | api api   |           | api db   |
  const records = [record(1, 'api', 9), record(2, 'api', 17), record(65, 'api', 21), record(66, 'db', 13)];
  const log = {
    records,
    templates: [],
    // the last two have one template: known to api, new for db
    templateOf: Int32Array.from([0, 1, 1, 1]),
    sources: ['api', 'db'],
  };

  const watched = watchSources(log);

  expect(watched).toEqual([
    {
      source: 'api',
      windowMs: 30_000,
      startMs: 0,
      values: [
        [2, 0, 1],
        [1, 0, 1],
        [0, 0, 0],
        [2, 0, 0],
      ].map((counts) => Float64Array.from(counts)),
    },
    {
      source: 'db',
      windowMs: 30_000,
      startMs: 0,
      values: [
        [0, 0, 1],
        [0, 0, 0],
        [0, 0, 1],
        [0, 0, 1],
      ].map((counts) => Float64Array.from(counts)),
    },
  ]);
});
