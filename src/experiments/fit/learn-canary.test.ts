// Canary data never mixes with what is learned of others: the same model, bit for bit, but for what it knows of the canary.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canaryLine } from '../../core/canary/canary-line.js';
import { CANARY_SOURCE, knowsCanary } from '../../core/canary/canary-source.js';
import { canaryRecords } from '../../core/canary/canary-trouble.js';
import { LOG_SOURCES, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord } from '../../core/record.js';
import type { WindowRow } from '../../core/score-window.js';
import { createScorer } from '../../core/scorer.js';
import { sourceForArtifact } from '../../core/source-name.js';
import { readArtifact } from '../artifact-folder.js';
import { createLogFolder, textOf } from '../input/input.testkit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { finishFit, prepareFit } from './fit.js';
import { FIT_OPTIONS, fitFiles } from './fit.testkit.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
const records = plainLog(2000, createRandom('history'));
const logs = folder.write('all.ndjson', textOf(records));
const EVERY_MS = 1_800_000;
// fewer windows of a day than the others' tests have: this is most of the time
const window = { ...FIT_OPTIONS.window, windowMs: 30_000, hopMs: 30_000, maxSilenceMs: 120_000 };
let plain = '';
let taught = '';
beforeAll(async () => {
  plain = await fitFiles([logs], `${folder.path}/models`, { window });
  taught = await fitFiles([logs], `${folder.path}/models`, { window, canary: true });
});

function rowsOf(model: string, log: readonly LogRecord[]): readonly WindowRow[] {
  const rows: WindowRow[] = [];
  const scorer = createScorer(readArtifact(model), { issue: 'final' });
  const sink = { onRow: (row: WindowRow) => rows.push(row) };
  for (const record of log) scorer.push(record, sink);
  scorer.end(sink);
  return rows;
}

test('a model that was taught the canary scores all other sources to the same bits, beside the canary or without', () => {
  const log = plainLog(1500, createRandom('later'));
  const [fromMs, toMs] = [log[0]!.eventTimeMs, log.at(-1)!.eventTimeMs];
  const mixed = [...log, ...canaryRecords(EVERY_MS, fromMs, toMs)].sort(
    (a, b) => a.eventTimeMs - b.eventTimeMs,
  );
  const bySource = (rows: readonly WindowRow[]): readonly (readonly WindowRow[])[] =>
    LOG_SOURCES.map((name) => rows.filter(({ source }) => source === name));

  const expected = bySource(rowsOf(plain, log));

  expect(bySource(rowsOf(taught, log))).toEqual(expected);
  expect(bySource(rowsOf(taught, mixed))).toEqual(expected);
});

test('threshold, detector and all figures are those of the logs alone', () => {
  const [without, with_] = [readArtifact(plain), readArtifact(taught)];

  expect(with_.threshold).toEqual(without.threshold);
  expect(with_.detector).toEqual(without.detector);
  expect(with_.provenance).toMatchObject({
    records: without.provenance.records,
    windows: without.provenance.windows,
    options: { canary: true },
  });
  expect(with_.spec.features).toEqual(without.spec.features);
  expect(with_.spec.families).toEqual(without.spec.families);
  expect(with_.spec.scaling).toEqual({
    pooled: without.spec.scaling.pooled,
    bySource: expect.arrayContaining([...without.spec.scaling.bySource]) as object,
  });
  expect(with_.spec.vocabularies.filter(({ source }) => source !== CANARY_SOURCE)).toEqual(
    without.spec.vocabularies,
  );
  expect([knowsCanary(without), knowsCanary(with_)]).toEqual([false, true]);
});

test('records of the reserved name in the logs are left out with the canary, and told of without it', async () => {
  const fromMs = records[0]!.eventTimeMs;
  const own = canaryRecords(EVERY_MS, fromMs, fromMs + 300_000).map(canaryLine);
  const both = folder.write('both.ndjson', `${textOf(records)}${own.join('\n')}\n`);
  const told: string[] = [];
  const fit = async (canary: boolean) => {
    const options = { ...FIT_OPTIONS, window, canary };
    return finishFit(
      await prepareFit(resolveInputs([both]), options, { onWarning: (sentence) => told.push(sentence) }),
      options,
    );
  };

  const apart = await fit(true);
  await fit(false);

  expect(apart.spec).toEqual(readArtifact(taught).spec);
  expect(apart.provenance.records).toBe(records.length);
  expect(told).toEqual([
    expect.stringContaining('they are left out'),
    expect.stringContaining('taken like those of any other source'),
  ]);
});

test('a log without source names still goes by the one source that the fit knew', () => {
  const { spec } = readArtifact(taught);
  const vocabularies = spec.vocabularies.filter(({ source }) => source === 'api' || source === CANARY_SOURCE);

  expect(sourceForArtifact({ spec: { ...spec, vocabularies } }, 'another-name')).toBe('api');
});

test('windows over all sources leave no room for a canary', async () => {
  const options = { window: { ...FIT_OPTIONS.window, groupBy: 'all' as const }, canary: true };

  await expect(fitFiles([logs], `${folder.path}/models`, options)).rejects.toThrow('leave out --canary');
});
