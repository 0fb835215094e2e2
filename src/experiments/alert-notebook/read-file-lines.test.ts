import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { rebuildWindows } from '../../core/rebuild-windows.js';
import { fitSmall, score } from '../../core/scorer.testkit.js';
import type { Artifact } from '../../core/artifact.js';
import { readFileLines } from './read-file-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-file-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const artifact = { ...fitSmall(), input: { format: 'json' } } as unknown as Artifact;
const records = plainLog(1500, createRandom('file lines'));
const path = join(folder, 'app.log');
writeFileSync(
  path,
  records
    .map(
      ({ eventTimeMs, source, body, severity }) =>
        `${JSON.stringify({ time: new Date(eventTimeMs).toISOString(), service: source, msg: body, level: severity >= 17 ? 'error' : severity >= 13 ? 'warn' : 'info' })}\n`,
    )
    .join(''),
);

test('windows come out of the lines of a file as they came out of the whole of it', async () => {
  const { records: all } = await readFileLines(artifact, {
    path,
    source: 'api',
    fromMs: LOG_START_MS - 86_400_000,
    untilMs: LOG_START_MS,
  });
  const whole = score(
    artifact,
    all.map((record) => ({ kind: 'record' as const, record })),
  ).final.filter(({ source }) => source === 'api');
  const wanted = whole.slice(whole.length - 12, whole.length - 4);
  const [fromMs, untilMs] = [wanted[0]!.startMs, wanted.at(-1)!.endMs];

  const { records: lines, earlierMs } = await readFileLines(artifact, {
    path,
    source: 'api',
    fromMs,
    untilMs,
  });

  expect(lines.length).toBeLessThan(all.length);
  expect(earlierMs).toBeLessThan(fromMs);
  const rebuilt = rebuildWindows(artifact, lines, { source: 'api', earlierMs, fromMs, untilMs });
  expect(rebuilt.map(({ startMs, records: count, score: value }) => [startMs, count, value])).toEqual(
    wanted.map(({ startMs, records: count, score: value }) => [startMs, count, value]),
  );
});

test('a log that is gone is said to be', async () => {
  const gone = { path: join(folder, 'gone.log'), source: 'api', fromMs: 0, untilMs: 1 };

  await expect(readFileLines(artifact, gone)).rejects.toThrow(
    /gone\.log' is not there any more: set logFile/,
  );
});
