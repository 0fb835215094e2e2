import { afterAll, expect, test } from 'vitest';
import { plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { LogRecord } from '../../core/record.js';
import { label } from '../evaluate/evaluate.testkit.js';
import { FIT_OPTIONS } from '../fit/fit.testkit.js';
import { createLogFolder, textOf } from '../input/input.testkit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import type { Labels } from '../labels.js';
import { compareDetectors, type Contestant } from './compare-detectors.js';

const folder = createLogFolder();
afterAll(() => folder.remove());

/** A plain log in whose fourth fifth `api` panics for half a minute. */
function panickingLog(): { readonly path: string; readonly labels: Labels } {
  const healthy = plainLog(3000, createRandom('compare'));
  const [firstMs, lastMs] = [healthy[0]!.eventTimeMs, healthy.at(-1)!.eventTimeMs];
  const panicMs = firstMs + 0.8 * (lastMs - firstMs);
  const panic = Array.from({ length: 15 }, (_, i): LogRecord => ({
    eventTimeMs: Math.round(panicMs) + i * 2000,
    source: 'api',
    severity: 21,
    body: 'kernel panic on cpu 3, halting',
  }));
  const records = [...healthy, ...panic].sort((a, b) => a.eventTimeMs - b.eventTimeMs);
  return {
    path: folder.write('log.ndjson', textOf(records)),
    labels: {
      version: 1,
      startMs: firstMs,
      endMs: lastMs,
      labels: [label('panic', Math.round(panicMs), Math.round(panicMs) + 30_000)],
      benign: [],
    },
  };
}

const { path, labels } = panickingLog();

function compare(contestants: readonly Contestant[]) {
  let nowMs = 0;
  const options = { ...FIT_OPTIONS, contestants, split: 0.5, nowMs: () => nowMs++ };
  return compareDetectors(resolveInputs([path]), labels, options, {});
}

function contestant(detector: Contestant['detector'], seed = '1'): Contestant {
  return { name: `${detector} ${seed}`, detector, seed };
}

test('each contestant is judged on the windows after the split alone, and on the same ones', async () => {
  const { splitMs, compared } = await compare([
    contestant('new-templates'),
    contestant('null'),
    contestant('always-on'),
  ]);

  const spans = compared.map(({ windows }) => windows.map(({ source, startMs }) => `${source} ${startMs}`));
  expect(spans[0]!.length).toBeGreaterThan(100);
  expect(spans[1]).toEqual(spans[0]);
  expect(spans[2]).toEqual(spans[0]);
  expect(compared.flatMap(({ windows }) => windows).every(({ startMs }) => startMs >= splitMs)).toBe(true);
  expect(compared[0]!.scoredWindows).toBeGreaterThan(spans[0]!.length);
  expect(compared.map(({ evaluation }) => evaluation.events.caught)).toEqual([1, 0, 1]);
});

test('a contestant answers the same whoever it runs beside', async () => {
  const forest = contestant('isolation-forest', '7');

  const alone = await compare([forest]);
  const beside = await compare([contestant('random', '7'), contestant('random', '8'), forest]);

  expect(beside.compared[2]!.windows).toEqual(alone.compared[0]!.windows);
  expect(beside.compared[1]!.windows).not.toEqual(beside.compared[0]!.windows);
});

test('nobody is compared with himself, nor nobody with nobody', async () => {
  await expect(compare([contestant('null'), contestant('null')])).rejects.toThrow(
    "'null 1' is compared with itself",
  );
  await expect(compare([])).rejects.toThrow('nobody to compare');
});

test('fitting and scoring are timed by the clock that was given', async () => {
  const { compared } = await compare([contestant('null')]);

  // one tick for the fit; one for the single batch and one for the end
  expect(compared[0]).toMatchObject({ fitMs: 1, scoreMs: 2 });
});
