import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Artifact } from '../core/artifact.js';
import { arbLogLike, plainLog } from '../core/log-like.testkit.js';
import { createRandom } from '../core/random.js';
import type { WindowRow } from '../core/score-window.js';
import { readArtifact } from './artifact-folder.js';
import { FIT_OPTIONS, fitFiles } from './fit/fit.testkit.js';
import { createLogFolder, textOf } from './input/input.testkit.js';
import { resolveInputs } from './input/resolve-inputs.js';
import { replay, type Replay, type ReplayPosition } from './score.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
let artifact: Artifact;
beforeAll(async () => {
  const history = folder.write('history.ndjson', textOf(plainLog(2000, createRandom('history'))));
  artifact = readArtifact(await fitFiles([history], join(folder.path, 'models')));
});
const arbRecords = arbLogLike({ ...FIT_OPTIONS.window, maxRecords: 200, slips: true });

async function run(
  paths: readonly string[],
  stopAfterRows = Number.POSITIVE_INFINITY,
  from?: ReplayPosition,
  perFile = false,
): Promise<Replay & { readonly rows: readonly WindowRow[] }> {
  const rows: WindowRow[] = [];
  const stop = new AbortController();
  const onRow = (row: WindowRow): void => {
    rows.push(row);
    if (rows.length === stopAfterRows) stop.abort();
  };
  const result = await replay(resolveInputs(paths), artifact, { perFile, signal: stop.signal, onRow }, from);
  return { ...result, rows };
}

test('a replay that was stopped goes on as if it had never been', async () => {
  let n = 0;
  await fc.assert(
    fc.asyncProperty(
      arbRecords,
      fc.integer({ min: 1, max: 60 }),
      fc.boolean(),
      async (records, stopAfter, perFile) => {
        n++;
        const half = records.length >> 1;
        const paths = [records.slice(0, half), records.slice(half)].map((part, index) =>
          folder.write(`${n}/${index}.ndjson`, `${textOf(part)}{broken\n`),
        );
        const whole = await run(paths, undefined, undefined, perFile);

        const first = await run(paths, stopAfter, undefined, perFile);
        const position = first.stoppedAt && (JSON.parse(JSON.stringify(first.stoppedAt)) as ReplayPosition);
        const second = position ? await run(paths, undefined, position, perFile) : { ...first, rows: [] };

        expect([...first.rows, ...second.rows]).toEqual(whole.rows);
        expect(second.tally).toEqual(whole.tally);
      },
    ),
    { numRuns: 15 },
  );
});

test('scored, late and set aside add up to the lines of the files', async () => {
  let n = 0;
  await fc.assert(
    fc.asyncProperty(arbRecords, async (records) => {
      const text = `${textOf(records)}\n{broken\n\tat a.b.C(D.java:1)\n`;
      const path = folder.write(`sum-${n++}.ndjson`, text);

      const { tally } = await run([path]);

      const { read, scored, late, setAside } = tally.lines;
      expect(read).toBe(text.split('\n').length - 1);
      expect(scored + late + setAside).toBe(read);
    }),
    { numRuns: 25 },
  );
});

test('with each file from fresh state, a file has the rows that it has alone', async () => {
  const paths = ['a', 'b'].map((seed) =>
    folder.write(`alone/${seed}.ndjson`, textOf(plainLog(300, createRandom(seed)))),
  );

  const together = await run(paths, undefined, undefined, true);
  const alone = [await run([paths[0]!]), await run([paths[1]!])];

  expect(together.rows).toEqual(alone.flatMap(({ rows }) => rows));
});

test('a replay shows each window once', async () => {
  const path = folder.write('once.ndjson', textOf(plainLog(800, createRandom('once'))));

  const { rows } = await run([path]);

  expect(new Set(rows.map(({ source, startMs }) => `${source} ${startMs}`)).size).toBe(rows.length);
  expect(rows.every(({ revision }) => revision === 0)).toBe(true);
});
