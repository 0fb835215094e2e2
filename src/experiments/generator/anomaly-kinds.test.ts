// That each kind of anomaly does what its name says, against the same minutes in health.

import { expect, test } from 'vitest';
import { generatePair, isError, MINUTE_MS, visible, within } from './generator.testkit.js';
import type { GeneratedRecord } from './scene.js';

const of = (service: string) => (record: GeneratedRecord) => record.service === service;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
/** Messages with everything variable taken out: enough to tell lines of this system apart. */
const shape = ({ service, message }: GeneratedRecord): string =>
  `${service}: ${message.split('\n')[0]!.replaceAll(/\S*\d\S*/g, '#')}`;

test('an error spike multiplies the errors of its service within the label and not after it', () => {
  const { healthy, ill, label } = generatePair({ kind: 'error-spike', service: 'payment', strength: 0.8 });

  const share = (records: GeneratedRecord[]) => records.filter(isError).length / records.length;
  expect(share(within(ill, label).filter(of('payment')))).toBeGreaterThan(0.3);
  expect(share(within(healthy, label).filter(of('payment')))).toBeLessThan(0.05);
  const after = { startMs: label.endMs + MINUTE_MS, endMs: label.endMs + 12 * MINUTE_MS };
  expect(within(ill, after).map(visible)).toEqual(within(healthy, after).map(visible));
});

test('a stronger error spike makes more errors', () => {
  const counts = [0.1, 0.4, 0.7, 1].map((strength) => {
    const { ill } = generatePair({ kind: 'error-spike', service: 'inventory', strength });
    return ill.filter((record) => record.service === 'inventory' && isError(record)).length;
  });

  expect([...counts].sort((a, b) => a - b)).toEqual(counts);
  expect(counts[3]! / counts[0]!).toBeGreaterThan(4);
});

test('a cascade reaches its callers in the order of the call graph, each later than the one below', () => {
  const { ill, label } = generatePair({ kind: 'cascade', service: 'inventory', strength: 1 });

  expect(label.services.filter((name) => ['inventory', 'checkout', 'gateway'].includes(name))).toEqual([
    'inventory',
    'checkout',
    'gateway',
  ]);
  const onset = (service: string) =>
    ill.find((record) => record.service === service && record.cause === label.id && record.level !== 'INFO')!
      .tsMs;
  expect(onset('checkout') - onset('inventory')).toBeGreaterThan(5000);
  expect(onset('gateway') - onset('checkout')).toBeGreaterThan(5000);
});

test('a new exception has a stack trace that no other record has', () => {
  const { healthy, ill, label } = generatePair({ kind: 'new-exception', service: 'checkout', strength: 0.6 });

  const known = new Set(healthy.map(shape));
  const added = ill.filter((record) => record.cause === label.id);
  expect(added.length).toBeGreaterThan(10);
  expect(new Set(added.map((record) => record.message.split(':')[0])).size).toBe(1);
  expect(added.every((record) => record.message.includes('\n\tat ') && !known.has(shape(record)))).toBe(true);
});

test('a rare line becomes frequent, and nothing else changes', () => {
  const { healthy, ill, label } = generatePair({
    kind: 'rare-template-spike',
    service: 'cart',
    strength: 0.5,
  });

  const added = ill.filter((record) => record.cause === label.id);
  expect(added.length).toBeGreaterThan(60);
  expect(new Set(added.map(shape)).size).toBe(1);
  expect(ill.filter((record) => record.cause === '').map(visible)).toEqual(healthy.map(visible));
});

test('a usual line disappears, and nothing else changes', () => {
  const { healthy, ill, label } = generatePair({
    kind: 'template-disappears',
    service: 'catalog',
    strength: 1,
  });

  const left = new Set(ill.map(visible));
  const gone = healthy.filter((record) => !left.has(visible(record)));
  expect(gone.length).toBeGreaterThan(50);
  expect(within(gone, label)).toEqual(gone);
  expect(new Set(gone.map((record) => record.message.split(' ')[0])).size).toBe(1);
  expect(ill).toHaveLength(healthy.length - gone.length);
});

test('a silent service writes nothing, and the others go on as if it did', () => {
  const { healthy, ill, label } = generatePair({ kind: 'silence', service: 'catalog' });

  expect(within(healthy, label).filter(of('catalog')).length).toBeGreaterThan(300);
  expect(within(ill, label).filter(of('catalog'))).toEqual([]);
  const others = (records: GeneratedRecord[]) =>
    records.filter((record) => record.service !== 'catalog').map(visible);
  expect(others(ill)).toEqual(others(healthy));
});

test('an error drift ends with far more errors than it begins with', () => {
  const { ill, label } = generatePair({ kind: 'error-drift', service: 'catalog', strength: 0.9 });

  const thirdMs = (label.endMs - label.startMs) / 3;
  const errors = (third: number) =>
    within(ill, {
      startMs: label.startMs + third * thirdMs,
      endMs: label.startMs + (third + 1) * thirdMs,
    }).filter((record) => record.service === 'catalog' && isError(record)).length;
  expect(errors(2)).toBeGreaterThan(2.5 * errors(0));
  expect(errors(1)).toBeGreaterThan(errors(0));
});

test('latency leaves the counts as they are and shows only in durations', () => {
  const { healthy, ill, label } = generatePair({ kind: 'latency', service: 'catalog', strength: 0.7 });

  const durations = (records: GeneratedRecord[]) =>
    within(records, label)
      .filter(of('catalog'))
      .flatMap(({ message }) => /served in (\d+) ms/.exec(message)?.[1] ?? [])
      .map(Number);
  expect(ill).toHaveLength(healthy.length);
  expect(ill.map(shape).sort()).toEqual(healthy.map(shape).sort());
  expect(mean(durations(ill)) / mean(durations(healthy))).toBeGreaterThan(3);
  expect(label.services).toContain('gateway');
});

test('a traffic surge adds requests but hardly an error', () => {
  const { healthy, ill, label } = generatePair({ kind: 'traffic-surge', strength: 0.7 });

  const added = ill.filter((record) => record.cause === label.id);
  expect(within(ill, label).length / within(healthy, label).length).toBeGreaterThan(3);
  expect(added.filter(isError).length / added.length).toBeLessThan(0.01);
  expect(ill.filter((record) => record.cause === '').map(visible)).toEqual(healthy.map(visible));
});

test('off-hours load makes the night as busy as midday, which is busier than any night', () => {
  const nightMs = Date.UTC(2026, 2, 4, 3, 30);
  const { healthy, ill, label } = generatePair({ kind: 'off-hours-load', strength: 1 }, nightMs);
  const noon = generatePair({ kind: 'silence', service: 'cart' });

  const requests = (records: GeneratedRecord[]) =>
    new Set(within(records, label).map((record) => record.traceId)).size;
  const perMinuteAtNoon = new Set(noon.healthy.map((record) => record.traceId)).size / 40;
  expect(requests(ill)).toBeGreaterThan(3 * requests(healthy));
  // both runs have the same mean over their own span, so the load of noon is not to be exceeded beyond that
  expect(requests(ill) / 15).toBeGreaterThan(perMinuteAtNoon);
});

test('a misplaced job writes at noon what it writes at night', () => {
  const { healthy, ill, label } = generatePair({ kind: 'misplaced-job', service: 'catalog', strength: 1 });

  const added = ill.filter((record) => record.cause === label.id);
  expect(added.length).toBeGreaterThan(80);
  expect(added[0]!.message).toMatch(/^Reindex job b\d+ started by scheduler$/);
  expect(healthy.some((record) => record.message.startsWith('Reindex'))).toBe(false);
});
