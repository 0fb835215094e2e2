import { expect, test } from 'vitest';
import { LOG_START_MS } from '../../core/log-like.testkit.js';
import { createScaler, learnScaling } from '../../core/features/scale.js';
import type { TrainingWindow } from '../../core/features/training-window.js';
import { createLineTypeKeys } from '../../core/window/line-type.js';
import { createPane } from '../../core/window/pane.js';
import type { Label } from '../labels.js';
import { FIT_OPTIONS } from './fit.testkit.js';
import { featurizerOf, learnSpec, vectorsOf } from './learn-spec.js';
import { recallOnLabels } from './recall-on-labels.js';

const dictionary = {
  miner: 'shape',
  version: 1,
  templates: [],
  aliases: {},
  overflowCount: 0,
  tables: {},
} as const;
const inputs = { ...FIT_OPTIONS, dictionary, keys: createLineTypeKeys(0, []), families: [] };
/** Windows of 10 s with this many ERROR records each. */
const windows = [0, 0, 30, 0, 0, 0].map((errors, hop): TrainingWindow => {
  const pane = createPane(hop);
  pane.records = 20 + errors;
  pane.severityCounts[5] = errors;
  const startMs = LOG_START_MS + hop * 10_000;
  return { source: 'api', startMs, endMs: startMs + 10_000, stretch: 0, window: pane };
});
const unscaled = learnSpec(windows, inputs);
const raw = vectorsOf(
  windows,
  windows.map((_, index) => index),
  featurizerOf(unscaled, inputs),
);
const scaling = learnScaling(
  unscaled.features,
  raw.map((each) => ({ source: 'api', raw: each })),
);
const model = {
  spec: { ...unscaled, scaling },
  detector: { name: 'error-count', holdMs: 0, model: null },
} as const;
const label = (startSecond: number, endSecond: number, ...services: readonly string[]): Label => ({
  id: 'l',
  kind: 'error-spike',
  category: 'point',
  startMs: LOG_START_MS + startSecond * 1000,
  endMs: LOG_START_MS + endSecond * 1000,
  onsetMs: LOG_START_MS + startSecond * 1000,
  services,
  rootService: services[0]!,
  strength: 1,
});
const recall = (...labels: readonly Label[]): number | null =>
  recallOnLabels(windows, labels, model, 0.6, inputs);

test('a label is caught when a window of one of its services that it touches reaches the threshold', () => {
  expect(createScaler(model.spec.features, scaling).scale('api', raw[2]!)[1]).toBeGreaterThan(3);
  expect(recall(label(25, 26, 'db', 'api'))).toBe(1);
  expect(recall(label(25, 26, 'db'))).toBe(0);
  expect(recall(label(40, 60, 'api'))).toBe(0);
});

test('the share of several labels, and of none there is no share', () => {
  expect(recall(label(25, 26, 'api'), label(40, 60, 'api'))).toBe(0.5);
  expect(recall()).toBeNull();
});

test('ends are half open: a label that begins when the window ends does not touch it', () => {
  expect(recall(label(30, 40, 'api'))).toBe(0);
  expect(recall(label(10, 20, 'api'))).toBe(0);
});

test("a label behind the last window, or before the first, is nobody's to catch", () => {
  expect(recall(label(25, 26, 'api'), label(60, 70, 'api'), label(-20, 0, 'api'))).toBe(1);
  expect(recall(label(60, 70, 'api'))).toBeNull();
});
