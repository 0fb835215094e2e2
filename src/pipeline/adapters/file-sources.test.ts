import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { createWallClock } from '../clock.js';
import type { Json, RecordSource } from '../ports.js';
import { createFileSource, type FileSourceOptions } from './file-source.js';
import { createFollowSource } from './follow-source.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const clock = createWallClock();

const line = (n: number): string =>
  `{"ts":"2026-03-02T18:00:${String(n % 60).padStart(2, '0')}Z","service":"api","level":"info","msg":"line ${n}"}\n`;
const linesOf = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => line(from + i)).join('');

function optionsOf(path: string, warnings: string[] = []): FileSourceOptions {
  return {
    path,
    input: { format: 'json' },
    defaultSource: 'file',
    referenceYear: 2026,
    onWarning: (sentence) => warnings.push(sentence),
  };
}

interface Seen {
  /** What the records say, in order. */
  readonly bodies: string[];
  position: Json;
}

/** Reads until `enough` records came, or to the end. */
async function readUntil(
  source: RecordSource,
  enough: number,
  from?: Json,
  onBatch?: () => void,
): Promise<Seen> {
  const stop = new AbortController();
  const seen: Seen = { bodies: [], position: from };
  for await (const { reads, position } of source.batches(from, stop.signal)) {
    for (const read of reads) if (read.ok) seen.bodies.push(read.record.body);
    seen.position = JSON.parse(JSON.stringify(position));
    onBatch?.();
    if (seen.bodies.length >= enough) stop.abort();
  }
  return seen;
}

const bodiesOf = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i}`);

test('a file is read to its end, and a second run reads what was appended', async () => {
  const path = join(folder, 'plain.ndjson');
  writeFileSync(path, linesOf(0, 5));
  const first = await readUntil(createFileSource(optionsOf(path), clock), Infinity);
  appendFileSync(path, linesOf(5, 7));

  const second = await readUntil(createFileSource(optionsOf(path), clock), Infinity, first.position);

  expect(first.bodies).toEqual(bodiesOf(0, 5));
  expect(second.bodies).toEqual(bodiesOf(5, 7));
});

test('a gzip file goes on where it stood, by what it unpacks to', async () => {
  const path = join(folder, 'packed.ndjson.gz');
  writeFileSync(path, gzipSync(linesOf(0, 8000)));
  const first = await readUntil(createFileSource(optionsOf(path), clock), 1000);

  const second = await readUntil(createFileSource(optionsOf(path), clock), Infinity, first.position);

  expect(first.bodies.length).toBeLessThan(8000);
  expect([...first.bodies, ...second.bodies]).toEqual(bodiesOf(0, 8000));
});

test('a truncated gzip is read as far as it goes, with a warning', async () => {
  const path = join(folder, 'cut.ndjson.gz');
  writeFileSync(path, gzipSync(linesOf(0, 5000)).subarray(0, 6000));
  const warnings: string[] = [];

  const { bodies } = await readUntil(createFileSource(optionsOf(path, warnings), clock), Infinity);

  expect(bodies.length).toBeGreaterThan(100);
  expect(warnings[0]).toMatch(/truncated or damaged gzip/);
});

test('a file that was replaced is read from its start', async () => {
  const path = join(folder, 'replaced.ndjson');
  writeFileSync(path, linesOf(0, 5));
  const { position } = await readUntil(createFileSource(optionsOf(path), clock), Infinity);
  writeFileSync(path, linesOf(100, 109));
  const warnings: string[] = [];

  const { bodies } = await readUntil(createFileSource(optionsOf(path, warnings), clock), Infinity, position);

  expect(bodies).toEqual(bodiesOf(100, 109));
  expect(warnings[0]).toMatch(/is not the file that was read before/);
});

test('what is no log is refused in a sentence', async () => {
  const binary = join(folder, 'a.bin');
  writeFileSync(binary, Buffer.alloc(3000));
  const read = (path: string) => readUntil(createFileSource(optionsOf(path), clock), Infinity);

  await expect(read(binary)).rejects.toThrow(/is a binary file: name a text log/);
  await expect(read(folder)).rejects.toThrow(/is a folder: name one log file/);
  await expect(read(join(folder, 'none'))).rejects.toThrow(/there is no such file/);
});

test.concurrent('a followed file gives what is appended, in whole lines', async () => {
  const path = join(folder, 'follow.ndjson');
  writeFileSync(path, linesOf(0, 3) + line(3).slice(0, 20));
  let batches = 0;

  const { bodies } = await readUntil(createFollowSource(optionsOf(path), clock), 6, undefined, () => {
    if (batches++ === 0) appendFileSync(path, line(3).slice(20) + linesOf(4, 6));
  });

  expect(bodies).toEqual(bodiesOf(0, 6));
});

test.concurrent('a stack trace that is still being written is not cut in two', async () => {
  const path = join(folder, 'trace.log');
  const head = '2026-03-02 18:00:00,123 ERROR [main] com.shop.Pay - failed\n';
  writeFileSync(path, head);
  const options = { ...optionsOf(path), input: { format: 'text' } };
  setTimeout(
    () => appendFileSync(path, 'java.lang.IllegalStateException: no\n\tat com.shop.Pay.go(Pay.java:3)\n'),
    200,
  );

  const { bodies } = await readUntil(createFollowSource(options, clock), 1);

  expect(bodies[0]).toMatch(/Pay\.java:3/);
});

test.concurrent('a followed file is followed through rotation and truncation', async () => {
  const path = join(folder, 'rotated.ndjson');
  writeFileSync(path, linesOf(0, 3));
  const warnings: string[] = [];
  const stop = new AbortController();
  const bodies: string[] = [];
  const reading = (async () => {
    for await (const { reads } of createFollowSource(optionsOf(path, warnings), clock).batches(
      undefined,
      stop.signal,
    ))
      for (const read of reads) if (read.ok) bodies.push(read.record.body);
  })();

  await sleep(300);
  renameSync(path, `${path}.1`);
  // the writer still holds the old file for a moment
  appendFileSync(`${path}.1`, linesOf(3, 5));
  writeFileSync(path, linesOf(5, 9));
  await sleep(1800);
  truncateSync(path, 0);
  await sleep(300);
  appendFileSync(path, linesOf(9, 11));
  await sleep(900);
  stop.abort();
  await reading;

  expect(bodies).toEqual(bodiesOf(0, 11));
  expect(warnings).toEqual([expect.stringMatching(/was cut: reading it from its start/)]);
});

test.concurrent('after a restart it goes on in the file that was rotated meanwhile, then in the new one', async () => {
  const path = join(folder, 'away.ndjson');
  writeFileSync(path, linesOf(0, 4));
  const { bodies, position } = await readUntil(createFollowSource(optionsOf(path), clock), 4);
  appendFileSync(path, linesOf(4, 6));
  renameSync(path, `${path}.1`);
  writeFileSync(path, linesOf(6, 9));

  const second = await readUntil(createFollowSource(optionsOf(path), clock), 5, position);

  expect([...bodies, ...second.bodies]).toEqual(bodiesOf(0, 9));
});

test.concurrent('after a restart an empty batch says that nothing is new in a followed file', async () => {
  const path = join(folder, 'silent.ndjson');
  writeFileSync(path, linesOf(0, 4));
  const { position } = await readUntil(createFollowSource(optionsOf(path), clock), 4);
  const stop = new AbortController();

  const source = createFollowSource(optionsOf(path), clock);
  for await (const batch of source.batches(position, stop.signal)) {
    expect(batch).toMatchObject({ reads: [], isCaughtUp: true });
    stop.abort();
  }

  expect(stop.signal.aborted).toBe(true);
});
