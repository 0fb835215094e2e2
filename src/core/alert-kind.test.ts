import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Explanation, FeatureEvidence, TemplateEvidence } from './alert.js';
import {
  ALERT_KINDS,
  CANARY_MISSED,
  headlineOf,
  kindOf,
  severityOf,
  strongestTemplateOf,
} from './alert-kind.js';

const feature = (name: string, amount: number, changes: Partial<FeatureEvidence> = {}): FeatureEvidence => ({
  feature: name,
  value: 12,
  usualLow: 0,
  usualHigh: 2,
  amount,
  ...changes,
});

const template = (
  event: TemplateEvidence['event'],
  severity: string,
  changes: Partial<TemplateEvidence> = {},
): TemplateEvidence => ({
  event,
  severity,
  templateId: '0123456789abcdef',
  text: 'payment <*> declined',
  service: 'payments',
  count: 7,
  usual: 0.25,
  example: 'payment 12 declined',
  ...changes,
});

const because = (
  features: readonly FeatureEvidence[],
  templates: readonly TemplateEvidence[] = [],
): Explanation => ({ peakEndMs: 30_000, features, templates });

test('the kind is what moved the score most, features of one kind added up', () => {
  const features = [feature('volume_excess', 5), feature('error_count', 3), feature('critical_excess', 3)];

  expect(kindOf(because(features))).toBe('errors');
  expect(kindOf(because(features.slice(0, 2)))).toBe('volume');
});

test('new and too frequent lines are about errors where the strongest of them is an error', () => {
  const fresh = [feature('new_template_count', 4)];
  const often = [feature('count_excess', 4)];

  expect(kindOf(because(fresh, [template('new', 'INFO')]))).toBe('new-lines');
  expect(kindOf(because(fresh, [template('new', 'ERROR'), template('new', 'INFO')]))).toBe('errors');
  expect(kindOf(because(often, [template('new', 'ERROR'), template('spike', 'INFO')]))).toBe('burst');
  expect(kindOf(because(often, [template('spike', 'FATAL')]))).toBe('errors');
});

test('every kind has features of its own', () => {
  const names = [
    'error_rate_mean_5m',
    'silence',
    'new_template_records',
    'rare_template_spike',
    'log_count_max_5m',
    'disappeared_template_count',
    'warn_to_info_ratio',
    'tfidf_residual',
    CANARY_MISSED,
    'hour_sin',
  ];

  expect(names.map((name) => kindOf(because([feature(name, 1)])))).toEqual(ALERT_KINDS);
});

test('one canary that was missed is a warning, a second one in a row is critical', () => {
  const missed = (value: number): Explanation => because([feature(CANARY_MISSED, value, { value })]);
  const severity = (value: number) =>
    severityOf({ peakScore: 1, threshold: 0.8, explanation: missed(value) });

  expect([severity(1), severity(2)]).toEqual(['warning', 'critical']);
  expect(headlineOf(missed(1))).toMatch(/^an anomaly of the canary was not told in time/);
  expect(headlineOf(missed(3))).toMatch(/^3 anomalies of the canary in a row were not told in time/);
});

test('an alert without reasons is of no known kind, and a warning', () => {
  expect(kindOf(undefined)).toBe('other');
  expect(kindOf(because([]))).toBe('other');
  expect(severityOf({ peakScore: 1, threshold: 0.8 })).toBe('warning');
});

test('errors and silence are critical from half way between threshold and 1', () => {
  const explanation = because([feature('silence', 3)]);

  expect(severityOf({ peakScore: 0.9, threshold: 0.8, explanation })).toBe('critical');
  expect(severityOf({ peakScore: 0.89, threshold: 0.8, explanation })).toBe('warning');
});

test('silence or a fall of three windows is critical beside the weakest score', () => {
  const severity = (name: string, value: number) =>
    severityOf({ peakScore: 0.8, threshold: 0.8, explanation: because([feature(name, 3, { value })]) });

  expect([severity('silence', 17.9), severity('silence', 18)]).toEqual(['warning', 'critical']);
  expect([severity('fall', 12), severity('fall', 18)]).toEqual(['warning', 'critical']);
  expect(severity('volume_excess', 18)).toBe('warning');
});

test('a fall is told by how little came of how much, and a silence by how much there would have been', () => {
  const fell = (records: number): Explanation => ({
    ...because([feature('fall', 9), feature('silence', 2)], [template('disappeared', 'INFO')]),
    fall: { records, usual: 239.6, spanMs: 60_000 },
  });

  expect(kindOf(fell(3))).toBe('silence');
  expect(headlineOf(fell(3))).toBe('says far less than usual: 3 of about 240 records in 60 s');
  expect(headlineOf(fell(0))).toBe('no records at all in 60 s, usually about 240');
});

test('a FATAL line is critical however little it moved the score, unless it is what stays away', () => {
  const severity = (event: TemplateEvidence['event']) =>
    severityOf({
      peakScore: 0.8,
      threshold: 0.8,
      explanation: because([feature('tfidf_residual', 3)], [template(event, 'FATAL')]),
    });

  expect([severity('new'), severity('spike'), severity('disappeared')]).toEqual([
    'critical',
    'critical',
    'info',
  ]);
});

test('new lines are for information while none of them warns', () => {
  const severity = (level: string) =>
    severityOf({
      peakScore: 0.99,
      threshold: 0.8,
      explanation: because([feature('new_template_count', 3)], [template('new', level)]),
    });

  expect([severity('INFO'), severity('WARN'), severity('ERROR')]).toEqual(['info', 'warning', 'critical']);
});

test('a headline names the line that speaks for the kind', () => {
  const features = [feature('critical_excess', 9), feature('new_template_count', 1)];
  const templates = [template('new', 'INFO', { text: 'cache warmed' }), template('spike', 'ERROR')];

  expect(headlineOf(because(features, templates))).toBe(
    'ERROR line 7 in a window, usually 1 in 4 windows: payment <*> declined',
  );
  expect(headlineOf(because([feature('new_template_count', 1)], templates))).toBe(
    'new INFO line, 7 in a window: cache warmed',
  );
});

test('without such a line the headline is the feature beside its band', () => {
  expect(headlineOf(because([feature('error_count', 9, { value: 1234.5 })]))).toBe(
    'ERROR records: 1,235, usually 0 to 2',
  );
  expect(headlineOf(because([feature('silence', 9)]))).toBe('no records at all');
  expect(headlineOf(undefined)).toBe('no reasons were kept');
});

test('what is as usual by itself is no headline, unless there is nothing else', () => {
  const asUsual = feature('count_excess', 9, { value: 0.5 });

  expect(headlineOf(because([asUsual, feature('error_count', 2, { value: 5 })]))).toBe(
    'ERROR records: 5, usually 0 to 2',
  );
  expect(headlineOf(because([asUsual]))).toBe(
    'much together, nothing of it unusual by itself; most of all: A known line came so often',
  );
});

test('the strongest template is the one that the kind is about; a volume or a silence is about none', () => {
  const info = template('new', 'INFO', { templateId: 'info' });
  const error = template('new', 'ERROR', { templateId: 'error' });

  expect(strongestTemplateOf(because([feature('error_count', 3)], [info, error]))).toBe(error);
  expect(strongestTemplateOf(because([feature('tfidf_residual', 3)], [info, error]))).toBe(info);
  expect(strongestTemplateOf(because([feature('count_excess', 3)], [info]))).toBeUndefined();
  expect(strongestTemplateOf(because([feature('volume_excess', 3)], [error]))).toBeUndefined();
  expect(strongestTemplateOf(because([feature('silence', 3)], [error]))).toBeUndefined();
});

const arbText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('a\nb\r\n\tc', '<script>alert(1)</script>', '😀'.repeat(200)),
);

test('law: a headline is one line of at most 140 characters, whatever the log says, and cuts no character in two', () => {
  fc.assert(
    fc.property(
      arbText,
      fc.constantFrom('new' as const, 'spike' as const, 'disappeared' as const),
      fc.constantFrom('INFO', 'WARN', 'ERROR'),
      fc.constantFrom('new_template_count', 'count_excess', 'silence', 'volume_excess', 'tfidf_residual'),
      (text, event, severity, name) => {
        const line = headlineOf(because([feature(name, 1)], [template(event, severity, { text })]));

        expect(Array.from(line).length).toBeLessThanOrEqual(140);
        expect(line).not.toMatch(/[\n\r\u2028\u2029]/);
        // half of a pair of surrogates would not survive UTF-8
        expect(Buffer.from(line).toString()).toBe(line);
      },
    ),
  );
});

test('a service that the fit did not know is called new, and so many errors stand beside what the others say', () => {
  const newService = { critical: 1500, usualMost: 0, spanMs: 30_000 };
  const errors = because([feature('critical_excess', 9)], [template('new', 'ERROR', { count: 1400 })]);
  const fresh = because([feature('new_template_count', 4)], [template('new', 'INFO')]);

  expect(headlineOf({ ...errors, newService })).toBe(
    'new service: 1,500 ERROR and FATAL in 30 s, services of the fit usually next to none: payment <*> declined',
  );
  expect(headlineOf({ ...errors, newService: { ...newService, usualMost: 6 } })).toContain(
    'usually no more than 6',
  );
  expect(headlineOf({ ...fresh, newService: { ...newService, critical: 0 } })).toBe(
    `new service: ${headlineOf(fresh)}`,
  );
});
