import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { metricsText } from './metrics-text.js';
import { readStoredText } from '../store/stored-text.js';

test('a family is its help, its type and its samples', () => {
  const text = metricsText([
    {
      name: 'loghorn_records_read_total',
      help: 'Records read.',
      type: 'counter',
      samples: [{ value: 12 }],
    },
    {
      name: 'loghorn_stage_latency_seconds',
      help: 'Two\nlines \\ one',
      type: 'histogram',
      samples: [
        { suffix: '_bucket', labels: { stage: 'eligibleToScored', le: '+Inf' }, value: 3 },
        { suffix: '_sum', labels: { stage: 'eligibleToScored' }, value: 0.25 },
      ],
    },
  ]);

  expect(text).toBe(
    [
      '# HELP loghorn_records_read_total Records read.',
      '# TYPE loghorn_records_read_total counter',
      'loghorn_records_read_total 12',
      '# HELP loghorn_stage_latency_seconds Two\\nlines \\\\ one',
      '# TYPE loghorn_stage_latency_seconds histogram',
      'loghorn_stage_latency_seconds_bucket{stage="eligibleToScored",le="+Inf"} 3',
      'loghorn_stage_latency_seconds_sum{stage="eligibleToScored"} 0.25',
      '',
    ].join('\n'),
  );
});

/** As a scraper reads the value of the only label of a sample's line. */
function labelIn(line: string): string {
  const quoted = /^m\{source="((?:[^"\\]|\\.)*)"\} 1$/s.exec(line)![1]!;
  return quoted.replaceAll(/\\(.)/gs, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}

test('law: whatever a label holds, a sample stays one line and gives it back', () => {
  const arbPart = fc.constantFrom(
    '"',
    '\\',
    '\n',
    '\\n',
    '}',
    '{',
    ' 7',
    '\u0000',
    '\ud800',
    '\udfff',
    '😀',
    'api',
  );
  const arbSource = fc
    .array(fc.oneof(arbPart, fc.string({ unit: 'binary', maxLength: 3 })))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(arbSource, (source) => {
      const text = metricsText([
        { name: 'm', help: '', type: 'gauge', samples: [{ labels: { source }, value: 1 }] },
      ]);
      const sent = Buffer.from(text, 'utf8').toString('utf8');

      const lines = sent.split('\n');

      expect(lines).toHaveLength(4);
      expect(readStoredText(labelIn(lines[2]!))).toBe(source);
    }),
  );
});

test('what is no number is written as the format has it', () => {
  const values = [Number.NaN, Infinity, -Infinity, 1e21, 0.1 + 0.2];
  const text = metricsText([
    { name: 'm', help: '', type: 'gauge', samples: values.map((value) => ({ value })) },
  ]);

  expect(text.split('\n').slice(2, -1)).toEqual([
    'm NaN',
    'm +Inf',
    'm -Inf',
    'm 1e+21',
    'm 0.30000000000000004',
  ]);
});
