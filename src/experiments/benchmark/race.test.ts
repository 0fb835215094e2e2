import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { FIT_OPTIONS } from '../fit/fit.testkit.js';
import { finishFit, prepareFit } from '../fit/fit.js';
import { readArtifact, writeArtifact } from '../artifact-folder.js';
import { createLogFolder, textOf } from '../input/input.testkit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { replay } from '../score.js';
import { type Contender, fitRacers, raceOverFile, type RacedRow } from './race.js';

const folder = createLogFolder();
afterAll(() => folder.remove());

test('racing several detectors gives each the rows that its own fit and score give', async () => {
  const path = folder.write('a.ndjson', textOf(plainLog(1500, createRandom('race'))));
  const files = resolveInputs([path]);
  const contenders: readonly Contender[] = [
    { detector: 'combined', holdMs: 30_000 },
    { detector: 'error-count', holdMs: 0 },
  ];
  const data = await prepareFit(files, FIT_OPTIONS, {});

  let records = 0;
  const raced = await raceOverFile(files[0]!, fitRacers(data, FIT_OPTIONS, contenders), () => records++);

  expect(records).toBe(1500);
  for (const [index, contender] of contenders.entries()) {
    const fitted = finishFit(data, { ...FIT_OPTIONS, ...contender });
    const artifact = readArtifact(writeArtifact(fitted, join(folder.path, 'models')));
    const alone: RacedRow[] = [];
    await replay(files, artifact, {
      perFile: true,
      onRow: ({ source, startMs, endMs, records, score, alert, explanation }) =>
        alone.push({ source, startMs, endMs, records, score, alert, peakEndMs: explanation?.peakEndMs }),
    });
    expect(raced[index]).toEqual(alone);
  }
});
