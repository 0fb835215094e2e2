// Statistics of a healthy day that a detector would notice if they were wrong: day and night, levels, long tails.

import { beforeAll, expect, test } from 'vitest';
import { compileSystem } from './compile-system.js';
import { describeSystem } from './describe-system.js';
import { formatLine } from './format-line.js';
import { generateAll, HOUR_MS, isError, MINUTE_MS, NOON_MS } from './generator.testkit.js';
import type { GeneratedRecord } from './scene.js';
import { SHOP } from './system.js';

let records: GeneratedRecord[] = [];
beforeAll(() => {
  records = generateAll({
    seed: 'day',
    durationMs: 24 * HOUR_MS,
    recordsPerSecond: 1.2,
    anomaliesPerHour: 0,
  }).records;
});

const shape = ({ service, message }: GeneratedRecord): string =>
  `${service}: ${message.split('\n')[0]!.replaceAll(/\S*[\d"]\S*/g, '#')}`;
const count = <T>(items: readonly T[]): Map<T, number> => {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
};

test('the mean rate is the one asked for', () => {
  expect(records.length / 86_400).toBeGreaterThan(1.08);
  expect(records.length / 86_400).toBeLessThan(1.32);
});

test('the evening has several times the requests of the small hours', () => {
  const requests = [...new Map(records.map((record) => [record.traceId, record])).values()];
  const byHour = count(requests.map(({ tsMs }) => new Date(tsMs).getUTCHours()));

  expect(byHour.get(20)! / byHour.get(4)!).toBeGreaterThan(3);
});

test('most is INFO, some DEBUG, a few per cent WARN, hardly an ERROR, no FATAL to speak of', () => {
  const levels = count(records.map((record) => record.level));
  const share = (level: GeneratedRecord['level']) => (levels.get(level) ?? 0) / records.length;

  expect(share('INFO')).toBeGreaterThan(0.5);
  expect(share('DEBUG')).toBeGreaterThan(0.1);
  expect(share('WARN')).toBeGreaterThan(0.01);
  expect(share('WARN')).toBeLessThan(0.06);
  expect(share('ERROR')).toBeGreaterThan(0.0003);
  expect(share('ERROR')).toBeLessThan(0.01);
  expect(share('FATAL')).toBeLessThan(0.0002);
});

test('line types follow a power law: frequency falls with rank about as Zipf says', () => {
  const counts = [...count(records.map(shape)).values()].sort((a, b) => b - a).filter((n) => n >= 5);
  const x = counts.map((_, i) => Math.log(i + 1));
  const y = counts.map((n) => Math.log(n));
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const slope =
    mean(x.map((value, i) => (value - mean(x)) * (y[i]! - mean(y)))) /
    mean(x.map((value) => (value - mean(x)) ** 2));

  expect(slope).toBeLessThan(-0.7);
  expect(slope).toBeGreaterThan(-2);
});

test('every service is heard in most windows of half a minute', () => {
  const windows = 86_400 / 30;
  for (const { name } of describeSystem().services) {
    const heard = new Set(
      records.filter(({ service }) => service === name).map(({ tsMs }) => Math.floor(tsMs / 30_000)),
    );
    expect([name, heard.size / windows > 0.7]).toEqual([name, true]);
  }
});

test('ordinary errors come in clusters: some minutes of a service have far more than chance alone would give', () => {
  const options = {
    seed: 'busy',
    startMs: NOON_MS,
    durationMs: 2 * HOUR_MS,
    recordsPerSecond: 20,
    anomaliesPerHour: 0,
  };
  const errors = generateAll(options).records.filter(isError);
  const services = [...new Set(errors.map(({ service }) => service))];
  const blockMs = 6 * MINUTE_MS;
  const byCell = count(errors.map(({ service, tsMs }) => `${service} ${Math.floor(tsMs / blockMs)}`));

  const cells = services.length * 20;
  const mean = errors.length / cells;
  const squares = [...byCell.values()].reduce((sum, n) => sum + n * n, 0);
  const dispersion = (squares / cells - mean ** 2) / mean;
  expect(dispersion).toBeGreaterThan(2);
});

test('records of one trace speak of one user and one order', () => {
  const traces = new Map<string, string[]>();
  for (const { traceId, message } of records.filter((record) => record.traceId !== ''))
    traces.set(traceId, [...(traces.get(traceId) ?? []), message]);
  for (const trace of traces.values()) {
    const text = trace.join(' ');
    expect(new Set(text.match(/\bu-\d+/g)).size).toBeLessThanOrEqual(1);
    expect(new Set(text.match(/\bORD-\d+/g)).size).toBeLessThanOrEqual(1);
  }
});

test('each service has a dozen to some forty kinds of lines besides its start-up, in plain ASCII', () => {
  for (const { index, name } of compileSystem(SHOP).services) {
    const own = compileSystem(SHOP).lines.filter((line) => line.service === index);
    expect([name, own.length >= 24 && own.length <= 60]).toEqual([name, true]);
  }
  expect(/^[\n\t\x20-\x7e]*$/.test(records.map(({ message }) => message).join('\n'))).toBe(true);
});

test('a line is JSON that gives the record back, stack traces and quotes included', () => {
  const traces = records.filter(({ message }) => message.includes('\n'));
  const quotes = records.filter(({ message }) => /["\\]/.test(message)).slice(0, 2000);
  expect(traces.length).toBeGreaterThan(0);
  for (const record of [...traces, ...quotes, ...records.slice(0, 2000)]) {
    const { tsMs, service, level, message, traceId } = record;
    expect(JSON.parse(formatLine(record))).toEqual({
      ts: new Date(tsMs).toISOString(),
      service,
      level,
      msg: message,
      ...(traceId === '' ? {} : { trace_id: traceId }),
    });
  }
});
