import { appendFileSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_WINDOW_SPEC as window } from '../../core/window/window-spec.js';
import { InputError } from '../input/resolve-inputs.js';
import type { StartHooks } from './start-hooks.js';
import { waitForEnough } from './wait-for-enough.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-wait-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A line every ten seconds. */
function minutesOf(count: number, endMs: number): string {
  return Array.from({ length: count * 6 }, (_, n) => {
    const timeMs = endMs - count * 60_000 + n * 10_000;
    return `${new Date(timeMs).toISOString()} INFO sweep ${n}\n`;
  }).join('');
}

function createHooks(): StartHooks & { readonly said: string[]; readonly stages: string[]; stop(): void } {
  const [said, stages, stopping]: [string[], string[], AbortController] = [[], [], new AbortController()];
  return {
    said,
    stages,
    stop: () => stopping.abort(),
    signal: stopping.signal,
    stage: async (name, work) => {
      stages.push(name);
      return work(() => {});
    },
    say: (sentence) => void said.push(sentence),
  };
}

test('of a log that is long enough no more is read than makes the windows', async () => {
  const path = join(folder, 'long.log');
  writeFileSync(path, minutesOf(60, Date.UTC(2026, 2, 2, 18)));
  const hooks = createHooks();

  const found = await waitForEnough({ path, input: {}, window }, hooks);

  expect(found).toMatchObject({ windows: 40, isGood: true, lines: 39 * 3 + 1, sources: 1 });
  expect([hooks.said, hooks.stages]).toEqual([[], []]);
});

test('a log that grows is waited for, and said how long', async () => {
  const path = join(folder, 'young.log');
  const nowMs = Math.floor(Date.now() / 30_000) * 30_000;
  writeFileSync(path, minutesOf(10, nowMs));
  const hooks = createHooks();

  const waiting = waitForEnough({ path, input: {}, window, lookEveryMs: 10 }, hooks);
  setTimeout(() => appendFileSync(path, minutesOf(15, nowMs + 900_000)), 100);

  expect(await waiting).toMatchObject({ windows: 40 });
  expect(hooks.stages).toEqual(['wait']);
  expect(hooks.said).toEqual([
    expect.stringMatching(
      /young\.log is too short so far: 9\.8 minutes of 1 source make 20 windows of 30 s; 40 of them over 10 minutes are the least .* about 10 more minutes of it; Ctrl-C stops$/,
    ),
  ]);
});

test('many sources make windows enough in no time: where it grows ten minutes are waited for, where not it is taken', async () => {
  const path = join(folder, 'many.log');
  const nowMs = Math.floor(Date.now() / 30_000) * 30_000;
  const linesOf = (fromMs: number, minutes: number): string =>
    Array.from({ length: minutes * 60 }, (_, n) => {
      const time = new Date(fromMs + n * 1000).toISOString();
      return `${JSON.stringify({ time, service: `s${n % 20}`, level: 'info', msg: `sweep ${n}` })}\n`;
    }).join('');
  writeFileSync(path, linesOf(nowMs - 180_000, 3));
  const hooks = createHooks();

  const waiting = waitForEnough({ path, input: {}, window, lookEveryMs: 10 }, hooks);
  setTimeout(() => appendFileSync(path, linesOf(nowMs, 9)), 100);

  expect(await waiting).toMatchObject({ isGood: true, lines: 601, sources: 20 });
  expect(hooks.said[0]).toContain('about 8 more minutes');

  const over = join(folder, 'many-over.log');
  writeFileSync(over, linesOf(Date.UTC(2026, 2, 2, 18), 3));
  utimesSync(over, 1, 1);
  const taken = await waitForEnough({ path: over, input: {}, window }, hooks);
  expect(taken.isGood).toBe(false);
  // two windows of twenty sources
  expect(taken.lines).toBeLessThan(60);
});

test('a log that was over a moment ago is not waited for once nothing came for a while: taken or refused', async () => {
  const endMs = Math.floor(Date.now() / 1000) * 1000 - 120_000;
  const options = { input: {}, window, lookEveryMs: 10, overAfterMs: 122_000 };
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    utimesSync(path, endMs / 1000, endMs / 1000);
    return path;
  };
  const job = Array.from({ length: 180 }, (_, n) => {
    const time = new Date(endMs - 180_000 + n * 1000).toISOString();
    return `${JSON.stringify({ time, service: `s${n % 20}`, level: 'info', msg: `sweep ${n}` })}\n`;
  });
  const hooks = createHooks();

  const taken = await waitForEnough({ ...options, path: write('job.log', job.join('')) }, hooks);

  expect(taken.windows).toBeGreaterThanOrEqual(40);
  expect(taken.isGood).toBe(false);
  expect(hooks.stages).toEqual(['wait']);
  await expect(
    waitForEnough({ ...options, path: write('short.log', minutesOf(10, endMs)) }, createHooks()),
  ).rejects.toThrow(/short\.log is too short to say what is usual.*Nothing was added to it just now/);
});

test('a log that is moved away while it is waited for is said to be gone', async () => {
  const path = join(folder, 'rotated.log');
  writeFileSync(path, minutesOf(10, Date.now()));

  const waiting = waitForEnough({ path, input: {}, window, lookEveryMs: 10 }, createHooks());
  setTimeout(() => renameSync(path, `${path}.1`), 50);

  await expect(waiting).rejects.toThrow(/rotated\.log is not there any more: it was moved or deleted/);
  await expect(waiting).rejects.toBeInstanceOf(InputError);
});

test('whoever waits can stop', async () => {
  const path = join(folder, 'young.log');
  writeFileSync(path, minutesOf(10, Date.now()));
  const hooks = createHooks();

  const waiting = waitForEnough({ path, input: {}, window }, hooks);
  setTimeout(() => hooks.stop(), 50);

  await expect(waiting).rejects.toThrow(/stopped before there was enough/);
});

test('a short log that does not grow is refused with what there is, what is wanted and what to do', async () => {
  const path = join(folder, 'over.log');
  writeFileSync(path, minutesOf(10, Date.UTC(2026, 2, 2, 18)));
  utimesSync(path, 1, 1);

  await expect(waitForEnough({ path, input: {}, window }, createHooks())).rejects.toThrow(
    /9\.8 minutes of 1 source make 20 windows of 30 s, and 40 are the least \(20 minutes of one source/,
  );
});

test('more of what nobody can read is not waited for', async () => {
  const path = join(folder, 'riddle.log');
  writeFileSync(path, Array.from({ length: 120 }, (_, n) => `${n} || ?\n`).join(''));

  await expect(waitForEnough({ path, input: {}, window }, createHooks())).rejects.toThrow(
    /riddle\.log: 120 lines read: 0 scored.*\nnone could be read; first: .*riddle\.log:1: 0 \|\| \?\nname the format/,
  );
});
