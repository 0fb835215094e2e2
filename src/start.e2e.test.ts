// `npm start` as a newcomer meets it: from nothing to live, and once more on what the first run left.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const CLI = new URL('../dist/cli.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'loghorn-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Summary {
  readonly records: number;
  readonly windows: number;
  readonly injected: number;
  readonly caught: number;
  readonly missed: number;
  readonly firing: number;
  readonly lines: Readonly<Record<'read' | 'scored' | 'late' | 'setAside' | 'waiting', number>>;
  readonly latencyMs: Readonly<Record<string, { readonly p50: number; readonly p95: number }>>;
}

function start(...words: string[]): { readonly summary: Summary; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'start', '--json', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  return { summary: JSON.parse(stdout.trim().split('\n').at(-1)!) as Summary, err: stderr };
}

test('from nothing to live: history, fit, back-fill, an anomaly that is injected and told; then once more', () => {
  const first = start('--for', '58s', '--rate', '3');

  const { records, windows, injected, caught, missed, lines, latencyMs } = first.summary;
  expect(windows).toBeGreaterThan(1000);
  expect(caught).toBeGreaterThan(0);
  expect(caught + missed).toBe(injected);
  expect(lines.scored + lines.late + lines.setAside + lines.waiting).toBe(lines.read);
  expect(latencyMs['eventToScored']!.p95).toBeGreaterThan(0);
  // where its service was in trouble already it is told as more of that, and no alert of its own
  expect(first.err).toMatch(/injected error-spike[^]*[●▲] \S+ +payment /);

  const second = start('--for', '1s', '--rate', '3');

  expect(second.err).not.toContain('fit took');
  // what is on does not open again: it is named
  expect(/\d+ alerts? (?:is|are) still firing: /.test(second.err)).toBe(first.summary.firing > 0);
  expect(second.summary.records).toBeGreaterThanOrEqual(records);
});

test('an own log in a format of its own: learned from its first part, the rest scored', () => {
  const lines = Array.from({ length: 4000 }, (_, n) => {
    const time = new Date(Date.UTC(2026, 0, 5) + n * 2000).toISOString();
    return `[${time.slice(11, 19)} ${time.slice(0, 10)}] request ${n} served in ${n % 17} ms`;
  });
  writeFileSync(join(folder, 'own.log'), `${lines.join('\n')}\n`);

  const { summary } = start(
    '--file',
    'own.log',
    '--for',
    '1s',
    '--pattern',
    '[<Time>] <Content>',
    '--time-format',
    '%H:%M:%S %Y-%m-%d',
  );

  expect(summary.records).toBeGreaterThan(1000);
  expect(summary.lines.setAside).toBe(0);
}, 60_000);

test('a log that is missing or too short is refused in a sentence', () => {
  writeFileSync(join(folder, 'short.log'), '2026-01-05T00:00:00Z INFO hello\n');
  const run = (path: string) =>
    spawnSync(process.execPath, [CLI, 'start', '--file', path], { cwd: folder, encoding: 'utf8' });

  expect(run('nowhere.log')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('nowhere.log') as string,
  });
  expect(run('short.log')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('too short') as string,
  });
});
