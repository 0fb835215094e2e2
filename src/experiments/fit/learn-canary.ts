// Teaches a finished model the ordinary life of the detection canary, beside all that it learned from the logs: the canary
// gets a vocabulary and a scale of its own, and nothing of it goes into what other sources are scored or judged by.
import { ordinaryLife } from '../../core/canary/canary-life.js';
import { CANARY_SOURCE, DETECTION_SOURCE } from '../../core/canary/canary-source.js';
import type { FeatureSpec } from '../../core/features/feature-spec.js';
import type { TrainingWindow } from '../../core/features/training-window.js';
import { joinDictionaries } from '../../core/template/join-dictionaries.js';
import { createMatcher, createMiner } from '../../core/template/miner.js';
import type { TemplateDictionary } from '../../core/template/template.js';
import { createLineTypeKeys } from '../../core/window/line-type.js';
import { createWindowCollector } from './collect-windows.js';
import { learnFeatures } from './fit-model.js';
import type { SpecInputs } from './learn-spec.js';

/** Its days are all alike: one says all. */
const LIFE_MS = 86_400_000;
const DEBUG = 5;

/**
 * @param spec of the logs alone, as are families and dictionary of `inputs`
 * @param endMs of the data that the model was fitted on: the canary's life is that of the day before
 * @throws RangeError when windows are over all sources together: the canary's lines would be among the others'
 */
export function learnCanary(
  spec: FeatureSpec,
  inputs: SpecInputs,
  endMs: number,
): { readonly spec: FeatureSpec; readonly dictionary: TemplateDictionary } {
  if (inputs.window.groupBy === 'all')
    throw new RangeError(
      "a canary needs windows of its own, and with --group-by all there is one for all sources: leave out --canary, or group by 'service'",
    );
  const { windowMs } = inputs.window;
  const records = ordinaryLife(endMs - LIFE_MS, endMs);
  const miner = createMiner(inputs.dictionary.miner);
  for (const { body, source } of records) miner.learn(body, source);
  const own = miner.freeze();
  // counts are of the logs
  const uncounted = own.templates.map((template) => ({ ...template, count: 0 }));
  const dictionary = joinDictionaries(inputs.dictionary, { ...own, templates: uncounted, overflowCount: 0 });
  const keys = createLineTypeKeys(dictionary.templates.length, []);
  const learned = learnFeatures(windowsOf(records, windowMs, { ...inputs, dictionary, keys }), {
    ...inputs,
    dictionary,
    keys,
  }).spec;
  const { scaling } = spec;
  return {
    dictionary,
    spec: {
      ...spec,
      vocabularies: bySource([...spec.vocabularies, ...learned.vocabularies]),
      scaling: { ...scaling, bySource: bySource([...scaling.bySource, ...learned.scaling.bySource]) },
    },
  };
}

/** A window in which nobody writes is taken for a gap in the data: a clock ticks through the canary's pauses. */
function windowsOf(
  records: ReturnType<typeof ordinaryLife>,
  windowMs: number,
  { window, dictionary, keys }: SpecInputs,
): readonly TrainingWindow[] {
  const collector = createWindowCollector(window, createMatcher(dictionary), keys, () => {});
  let tickMs = -Infinity;
  for (const record of records) {
    const { eventTimeMs } = record;
    if (tickMs === -Infinity) tickMs = eventTimeMs;
    for (; tickMs <= eventTimeMs; tickMs += Math.min(windowMs, window.hopMs))
      collector.add({ eventTimeMs: tickMs, source: DETECTION_SOURCE, severity: DEBUG, body: '' });
    collector.add(record);
  }
  collector.endRun();
  return collector.windows().filter(({ source }) => source === CANARY_SOURCE);
}

function bySource<T extends { readonly source: string }>(all: readonly T[]): readonly T[] {
  return [...all].sort((a, b) => (a.source < b.source ? -1 : 1));
}
