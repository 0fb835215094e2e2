// Data sets on disk: the same bytes however often the writing was interrupted, and never half of one under its full name.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GeneratorOptions } from './options.js';
import { CHECKPOINT_FILE, writeDataset } from './write-dataset.js';

// two megabytes, so that there is a chunk to stop after
const options: GeneratorOptions = { seed: 'disk', records: 14_000, recordsPerSecond: 4, anomaliesPerHour: 6 };
let dir = '';
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'dataset-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const read = (folder: string) =>
  ['logs.ndjson', 'labels.json'].map((file) => readFileSync(join(folder, file), 'utf8'));

/** Stops after the first chunk. */
async function writeAndStop(folder: string, chosen: GeneratorOptions) {
  const controller = new AbortController();
  return writeDataset(chosen, folder, { signal: controller.signal, onProgress: () => controller.abort() });
}

test('the same options give the same bytes, one line of JSON a record, and labels beside them', async () => {
  const first = await writeDataset(options, join(dir, 'a'));
  await writeDataset(options, join(dir, 'b'));

  const [logs, labels] = read(join(dir, 'a'));
  expect(read(join(dir, 'b'))).toEqual([logs, labels]);
  const lines = logs!.trimEnd().split('\n');
  expect(lines).toHaveLength(14_000);
  expect(Buffer.byteLength(logs!)).toBe(first.bytes);
  expect(lines.every((line) => typeof (JSON.parse(line) as { msg: unknown }).msg === 'string')).toBe(true);
  expect((JSON.parse(labels!) as { labels: unknown[] }).labels).toHaveLength(first.labels);
});

test('a stopped writing has no finished name, and carried on it ends with the bytes of an undisturbed one', async () => {
  const stopped = await writeAndStop(dir, options);
  expect(stopped.isComplete).toBe(false);
  expect(existsSync(join(dir, 'logs.ndjson')) || existsSync(join(dir, 'labels.json'))).toBe(false);
  // what was written after the checkpoint, say before a crash, must not count
  writeFileSync(join(dir, 'logs.ndjson.partial'), '{"ts":', { flag: 'a' });

  const notices: string[] = [];
  const resumed = await writeDataset(options, dir, { onNotice: (message) => notices.push(message) });
  await writeDataset(options, join(dir, 'undisturbed'));

  expect(notices).toEqual([`carrying on after ${stopped.records} records`]);
  expect(resumed.isComplete).toBe(true);
  expect(read(dir)).toEqual(read(join(dir, 'undisturbed')));
  expect(existsSync(join(dir, CHECKPOINT_FILE))).toBe(false);
});

test('a checkpoint of other options is not carried on, and the notice says so', async () => {
  await writeAndStop(dir, { ...options, seed: 'other' });

  const notices: string[] = [];
  await writeDataset(options, dir, { onNotice: (message) => notices.push(message) });
  await writeDataset(options, join(dir, 'undisturbed'));

  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatch(/belongs to other options .*"other".*starting over/);
  expect(read(dir)).toEqual(read(join(dir, 'undisturbed')));
});

test('a folder that cannot be one is refused in a sentence', async () => {
  const path = join(dir, 'file');
  writeFileSync(path, '');

  await expect(writeDataset(options, path)).rejects.toThrow(
    `cannot write into ${path}: it is a file, wanted a folder`,
  );
  await expect(writeDataset({ seed: 'x' }, dir)).rejects.toThrow(
    'a data set must end: give records or durationMs',
  );
});
