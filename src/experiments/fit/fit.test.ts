// Law 4 on real files: the fit freezes what it measures with, and the same data give the same bytes.
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOG_SOURCES, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { createMatcher } from '../../core/template/miner.js';
import { readArtifact } from '../artifact-folder.js';
import { createLogFolder, textOf } from '../input/input.testkit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { FIT_OPTIONS, fitFiles, textsOf } from './fit.testkit.js';
import { FitStopped, prepareFit } from './fit.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
const records = plainLog(2500, createRandom('history'));
const all = folder.write('all.ndjson', textOf(records));
const bySource = LOG_SOURCES.map((name) =>
  folder.write(`split/${name}.ndjson`, textOf(records.filter(({ source }) => source === name))),
);
const models = (name: string): string => join(folder.path, 'models', name);
let fitted = '';
beforeAll(async () => {
  fitted = await fitFiles([all], models('first'));
});

test('fitting twice gives the same bytes under the same version', async () => {
  const again = await fitFiles([all], models('second'));

  expect(textsOf(again)).toEqual(textsOf(fitted));
  expect(basename(again)).toBe(basename(fitted));
});

test('what was fitted is loaded, its probe holds, and every vector has the declared length', () => {
  const artifact = readArtifact(fitted);

  expect(artifact.version).toBe(basename(fitted));
  expect(artifact.probe.rows.length).toBeGreaterThan(5);
  for (const { features } of artifact.probe.rows)
    expect(features).toHaveLength(artifact.spec.features.length);
  expect(artifact.provenance).toMatchObject({ records: 2500, inputs: [{ name: 'all.ndjson' }] });
});

test('an artifact counts the records before the moment that its fit ended at', async () => {
  const untilMs = records[1500]!.eventTimeMs;

  const { provenance } = readArtifact(await fitFiles([all], models('first-part'), { untilMs }));

  const before = records.filter(({ eventTimeMs }) => eventTimeMs < untilMs).length;
  expect(provenance.records).toBe(before);
  expect(provenance.endMs).toBeLessThanOrEqual(untilMs + FIT_OPTIONS.window.windowMs);
});

test('the order in which the files are named, and how the log was split into files, change nothing that scores', async () => {
  const parts = ['feature-spec.json', 'templates.json', 'model.json', 'threshold.json'];
  const expected = textsOf(fitted);

  for (const inputs of [bySource, bySource.toReversed()]) {
    const texts = textsOf(await fitFiles(inputs, models('split')));
    for (const part of parts) expect([part, texts[part]]).toEqual([part, expected[part]]);
  }
});

test('lines out of order within the lateness change nothing that scores', async () => {
  const shuffled = records.map((record, index) => ({
    record,
    at: record.eventTimeMs + ((index * 7919) % 4000),
  }));
  shuffled.sort((a, b) => a.at - b.at);
  const path = folder.write('shuffled.ndjson', textOf(shuffled.map(({ record }) => record)));

  const texts = textsOf(await fitFiles([path], models('shuffled')));

  const expected = textsOf(fitted);
  for (const part of ['feature-spec.json', 'templates.json', 'model.json', 'threshold.json'])
    expect([part, texts[part]]).toEqual([part, expected[part]]);
});

test('training windows are matched by the frozen dictionary: none of their lines is new', async () => {
  const { windows, dictionary } = await prepareFit(resolveInputs([all]), FIT_OPTIONS, {});
  const matcher = createMatcher(dictionary);

  expect(windows.reduce((sum, { window }) => sum + window.newTemplates.size, 0)).toBe(0);
  expect(
    records.every(({ body, severity }) => (severity > 0 && severity < 9) || matcher.match(body) >= 0),
  ).toBe(true);
});

test('left-out windows are measured by what did not see them: novelty is not always zero', async () => {
  // a line that only one stretch of the history holds
  const odd = { ...records[1200]!, severity: 17, body: 'disk quota exceeded on /var' };
  const path = folder.write('odd.ndjson', textOf([...records.slice(0, 1200), odd, ...records.slice(1200)]));

  const { learned } = await prepareFit(resolveInputs([path]), FIT_OPTIONS, {});

  const column = learned.spec.features.findIndex(({ name }) => name === 'new_template_count');
  expect(learned.inputs.filter(({ raw }) => raw[column]! > 0)).toHaveLength(1);
});

test('labelled windows take no part in what is usual', async () => {
  const label = {
    id: 'l1',
    kind: 'error-spike',
    category: 'point',
    startMs: records[1000]!.eventTimeMs,
    endMs: records[1100]!.eventTimeMs,
    onsetMs: records[1000]!.eventTimeMs,
    services: [...LOG_SOURCES],
    rootService: 'api',
    strength: 1,
  };
  const labelsPath = folder.write(
    'labels.json',
    JSON.stringify({
      version: 1,
      startMs: records[0]!.eventTimeMs,
      endMs: records.at(-1)!.eventTimeMs,
      labels: [label],
      benign: [],
    }),
  );

  const data = await prepareFit(resolveInputs([all]), { ...FIT_OPTIONS, labelsPath }, {});

  expect(data.learned.windows.length).toBeLessThan(data.windows.length);
  expect(
    data.learned.windows.filter(({ startMs, endMs }) => startMs < label.endMs && label.startMs < endMs),
  ).toEqual([]);
});

test('with each file a run of its own, nothing carries over', async () => {
  const halves = [records.slice(0, 1250), records.slice(1250)].map((half, n) =>
    folder.write(`halves/${n}.ndjson`, textOf(half)),
  );

  const { windows } = await prepareFit(resolveInputs(halves), { ...FIT_OPTIONS, perFile: true }, {});

  const api = windows.filter(({ source }) => source === 'api');
  expect(new Set(api.map(({ stretch }) => stretch)).size).toBe(2);
});

test.each([
  ['an empty file', '', 'the input is empty'],
  ['a file without a record', 'lorem ipsum\n'.repeat(200), 'none could be read'],
  [
    'too few windows',
    textOf(records.slice(0, 40)),
    'are too few to learn what is usual: at least 40 are needed',
  ],
])('%s is refused with a sentence', async (what, text, sentence) => {
  const path = folder.write(`${what.replaceAll(' ', '-')}.log`, text);

  await expect(fitFiles([path], models('refused'))).rejects.toThrow(sentence);
});

test('a window that is absurd for the data is refused in a sentence, before it takes the memory', async () => {
  const window = { ...FIT_OPTIONS.window, windowMs: 1, hopMs: 1 };
  const years = folder.write(
    'years.ndjson',
    textOf(Array.from({ length: 200 }, (_, n) => ({ ...records[0]!, eventTimeMs: n * 3_600_000 }))),
  );
  const spec = { ...window, maxSilenceMs: 86_400_000, maxJumpMs: 604_800_000 };

  await expect(
    prepareFit(resolveInputs([years]), { ...FIT_OPTIONS, window: spec, rollingMs: 5000 }, {}),
  ).rejects.toThrow(/windows 1 ms apart cut these logs into 716,400,001 of them/);
  await expect(
    prepareFit(resolveInputs([all]), { ...FIT_OPTIONS, window, rollingMs: 300_000 }, {}),
  ).rejects.toThrow(/looks back on 300,000 others to cover 300 s/);
});

test('a fit that was stopped says so and writes nothing', async () => {
  const stop = new AbortController();
  stop.abort();

  await expect(prepareFit(resolveInputs([all]), FIT_OPTIONS, { signal: stop.signal })).rejects.toThrow(
    FitStopped,
  );
});

test('the threshold keeps its budget on the windows that it was chosen on', () => {
  const { threshold } = readArtifact(fitted);

  expect(threshold.healthyAlertsPerDay).toBeLessThanOrEqual(threshold.budgetPerDay);
  expect(threshold.value).toBeGreaterThan(0);
  expect(threshold.value).toBeLessThan(1);
});
