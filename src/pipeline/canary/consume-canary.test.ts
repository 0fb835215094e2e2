// What the loop makes of the canary: scored and stored like any other source, told to nobody, and in no figure of the rest.
import { expect, test } from 'vitest';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import { canaryLine } from '../../core/canary/canary-line.js';
import { canaryRecords } from '../../core/canary/canary-trouble.js';
import { LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord, Read } from '../../core/record.js';
import { fitSmall } from '../../core/scorer.testkit.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import { consume } from '../consume/consume.js';
import { createListSink, createListSource, createTestClock } from '../consume/consume.testkit.js';
import { withoutApart } from '../consume/counts.js';
import { createMessageDecoder } from '../partitions/decode-messages.js';

const artifact = fitSmall();
const key = { name: artifact.name, version: artifact.version };
const services = plainLog(400, createRandom('services'));
// to a model that does not know it, its every line is news
const canary = canaryRecords(3_600_000, services[0]!.eventTimeMs, services.at(-1)!.eventTimeMs);

async function run(records: readonly LogRecord[], hasCanary: boolean) {
  const clock = createTestClock(LOG_START_MS);
  const store = createMemoryStore();
  const sink = createListSink();
  const warnings: string[] = [];
  const reads = records
    .toSorted((a, b) => a.eventTimeMs - b.eventTimeMs)
    .map((record): Read => ({ ok: true, record, line: 1, lines: 1 }));
  const { counts } = await consume({
    artifact,
    source: createListSource([reads], clock),
    store,
    sinks: [sink],
    clock,
    signal: new AbortController().signal,
    ticks: false,
    hasCanary,
    hooks: { onWarning: (sentence) => warnings.push(sentence) },
  });
  const windows = await store.windows({ artifact: key });
  const told = sink.notices.map(({ event }) => event.source);
  const alerts = (await store.alerts({ artifact: key })).map(({ source }) => source);
  return { counts, windows, told, alerts, warnings };
}

const valuesOf = ({ windows }: Awaited<ReturnType<typeof run>>): object[] =>
  windows
    .filter(({ source }) => source !== CANARY_SOURCE)
    .map(({ source, startMs, revision, records, features, score }) => {
      return { source, startMs, revision, records, features, score };
    });

test('beside the canary every other source has the same rows, and the same is counted and told', async () => {
  const alone = await run(services, false);

  const beside = await run([...services, ...canary], true);

  expect(valuesOf(beside)).toEqual(valuesOf(alone));
  expect(withoutApart(beside.counts)).toEqual(alone.counts);
  expect(beside.counts.apart?.read).toBe(canary.length);
  expect(beside.told).toEqual(alone.told);
});

test("the canary's own alerts are stored and told to nobody; without --canary it is a source like any other", async () => {
  const expected = await run([...services, ...canary], true);
  const unexpected = await run([...services, ...canary], false);

  expect(expected.alerts).toContain(CANARY_SOURCE);
  expect(expected.told).not.toContain(CANARY_SOURCE);
  expect(expected.warnings).toEqual([]);
  expect(unexpected.told).toContain(CANARY_SOURCE);
  expect(unexpected.counts.apart).toBeUndefined();
  expect(unexpected.warnings).toEqual([expect.stringContaining('the name of the detection canary')]);
});

test.each([
  { pattern: '<Date> <Time> <Level> <Component>: <Content>' },
  { format: 'message' as const },
  { format: 'syslog' as const },
])('in a topic of another format the canary is read all the same: %j', (input) => {
  const value = Buffer.from(canaryLine(canary[0]!));
  const message = { key: Buffer.from(CANARY_SOURCE), value, offset: '0', timestamp: '0', headers: {} };
  const reads: Read[] = [];

  createMessageDecoder({ input, defaultSourceOf: () => 'x', hasCanary: true }).decode([message], reads, []);

  expect(reads).toMatchObject([{ ok: true, record: canary[0] }]);
});
