import { expect, test } from 'vitest';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import { canaryRecords } from '../../core/canary/canary-trouble.js';
import { createListSource, createTestClock, recordAt } from '../consume/consume.testkit.js';
import type { RecordBatch } from '../ports.js';
import { createCanarySource } from './canary-source.js';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 2, 2, 12);
const canary = { everyMs: HOUR_MS, fromMs: START_MS };

/** Reads until so many batches came, or the canary has come so far. */
async function readUntil(from: unknown, untilMs: number, isOn = true): Promise<RecordBatch[]> {
  const clock = createTestClock(Math.max(START_MS, untilMs - 100_000));
  const batches = [[recordAt(START_MS)], [recordAt(START_MS + 1000)], [recordAt(START_MS + 2000)]];
  const source = createListSource(batches, clock, { isEndless: true });
  const stop = new AbortController();
  const came: RecordBatch[] = [];
  for await (const batch of createCanarySource(source, isOn ? canary : undefined, clock).batches(
    from,
    stop.signal,
  )) {
    came.push(batch);
    const { canaryMs = Infinity } = batch.position as { canaryMs?: number };
    if (canaryMs >= untilMs || batch.position === 3) break;
  }
  stop.abort();
  return came;
}

const recordsOf = (batches: readonly RecordBatch[]) =>
  batches.flatMap(({ reads }) => reads.flatMap((read) => (read.ok ? [read.record] : [])));

test('the canary comes beside the other source, all of both once, though the other has fallen silent', async () => {
  const records = recordsOf(await readUntil(undefined, START_MS + 300_000));

  const own = records.filter(({ source }) => source === CANARY_SOURCE);
  expect(records.filter(({ source }) => source === 'api')).toHaveLength(3);
  expect(own).toEqual(canaryRecords(HOUR_MS, START_MS, own.at(-1)!.eventTimeMs + 1));
  expect(own.length).toBeGreaterThan(80);
});

test('taken up again from any position, each of its records comes once', async () => {
  const first = await readUntil(undefined, START_MS + 200_000);
  const position: unknown = JSON.parse(JSON.stringify(first.at(-1)!.position));

  const second = await readUntil(position, START_MS + 500_000);

  const own = recordsOf([...first, ...second]).filter(({ source }) => source === CANARY_SOURCE);
  expect(own).toEqual(canaryRecords(HOUR_MS, START_MS, own.at(-1)!.eventTimeMs + 1));
  expect(recordsOf(second).filter(({ source }) => source === 'api')).toEqual([]);
});

test('with and without the canary a store can be gone on with', async () => {
  const [before] = await readUntil(undefined, START_MS, false);
  const [withCanary] = await readUntil(before!.position, START_MS + 1000);

  const after = recordsOf(await readUntil(withCanary!.position, START_MS, false));

  expect(before!.position).toBe(1);
  expect(after.map(({ eventTimeMs }) => eventTimeMs)).toEqual([START_MS + 2000]);
});
