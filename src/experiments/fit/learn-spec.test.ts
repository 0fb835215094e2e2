import { expect, test } from 'vitest';
import { plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { createMatcher, createMiner } from '../../core/template/miner.js';
import { createLineTypeKeys } from '../../core/window/line-type.js';
import { createWindowCollector } from './collect-windows.js';
import { FIT_OPTIONS } from './fit.testkit.js';
import { featurizerOf, learnSpec, vectorsOf } from './learn-spec.js';

const records = plainLog(800, createRandom('spec'));
const miner = createMiner('shape');
for (const { body, source } of records) miner.learn(body, source);
const dictionary = miner.freeze();
const keys = createLineTypeKeys(dictionary.templates.length, []);
const inputs = { ...FIT_OPTIONS, dictionary, keys, families: [] };
const collector = createWindowCollector(FIT_OPTIONS.window, createMatcher(dictionary), keys, () => {});
for (const half of [records.slice(0, 400), records.slice(400)]) {
  for (const record of half) collector.add(record);
  collector.endRun();
}
const windows = collector.windows();
const spec = learnSpec(windows, inputs);
const featurizer = featurizerOf(spec, inputs);
const column = spec.features.findIndex(({ name }) => name === 'log_count_max_1m');

test('there is a vocabulary for each source, sorted, from its own windows', () => {
  expect(spec.vocabularies.map(({ source }) => source)).toEqual(['api', 'cron', 'db']);
  for (const { source, windows: count } of spec.vocabularies)
    expect(count).toBe(windows.filter((window) => window.source === source).length);
});

test('a history never reaches back into another stretch or another source', () => {
  const firsts = windows.flatMap(({ stretch }, index) =>
    windows[index - 1]?.stretch === stretch ? [] : [index],
  );

  const vectors = vectorsOf(windows, firsts, featurizer);

  expect(firsts.length).toBeGreaterThan(5);
  // of one window the greatest of the horizon is its own count
  vectors.forEach((vector, index) => expect(vector[column]).toBe(windows[firsts[index]!]!.window.records));
});

test('a history holds the rolling horizon, the window itself included, and no more', () => {
  const api = windows.filter(({ source, stretch }) => source === 'api' && stretch === windows[0]!.stretch);
  const at = 9;

  const [vector] = vectorsOf(windows, [at], featurizer);

  // a horizon of 60 s holds six windows of 10 s
  expect(vector![column]).toBe(Math.max(...api.slice(at - 5, at + 1).map(({ window }) => window.records)));
});
