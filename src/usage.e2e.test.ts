// Wrong words on the command line, of every option that takes a number, a span, a time, an address or a name from a list:
// exit code 2, a sentence on standard error, and nothing on standard output that a script would take for a result.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const CLI = join(import.meta.dirname, '..', 'dist', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'loghorn-usage-'));
const log = join(folder, 'app.log');
writeFileSync(log, '{"level":30,"time":1772539200000,"name":"web","msg":"ready"}\n');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STORE = '--store sqlite:results.db';
const CONSUME = 'consume --from synthetic --model m --store memory';
const TOPIC = 'kafka://127.0.0.1:1/logs';

/** A command, and what is wrong behind it: each on its own. */
const WRONG: readonly (readonly [command: string, ...wrong: string[]])[] = [
  ['', 'nosuch', '--nosuch'],
  [
    'start --no-dashboard',
    '--for x',
    '--rate 0',
    '--rate x',
    '--port 70000',
    '--canary 1s',
    '--keep 1h',
    '--history-after x',
    '--history-after 5m',
    '--dashboard-url x',
    '--format x',
    '--zone +99:00',
    '--pattern x',
    '--time-format %Y',
    '--sinks nosuch.json',
  ],
  ['consume', '', '--from ftp://x', `--from file: --model m ${STORE}`, '--from kafka://x'],
  ['consume --from stdin --model m', '--store mysql://u:secret@h/d', '--store sqlite:', '--store postgres:x'],
  [
    CONSUME,
    '--commit-every x',
    '--for x',
    '--health-port x',
    '--canary x',
    '--keep x',
    '--session-timeout x',
    '--session-timeout 9s',
    '--group g',
    '--follow',
    '--until-end',
    '--history-after x',
  ],
  [
    `dashboard ${STORE}`,
    '--port x',
    '--host 0.0.0.0',
    '--public-url x',
    '--public-url https://logs.example.org',
  ],
  ['dashboard', '', '--store memory'],
  [`deploy ${STORE}`, '', 'text --at x'],
  [`windows ${STORE}`, '--from x', '--to x'],
  ['windows', '--store memory'],
  [`latency ${STORE}`, '--from x', '--to x'],
  [`shadow ${STORE}`, '--from x', '--to x'],
  [`promote ${STORE}`, '', 'folder --rollback', '--list --from x', '--list --stream a --from stdin'],
  [`tune ${STORE} --model m`, '--since x', '--name ../x'],
  ['sinks test', '', '--sinks nosuch.json'],
  ['kafka', '--port x', '--brokers 2', '--kafka-version x', '--stop-with x'],
  ['topic create', 'x', `${TOPIC} --partitions 0`, `${TOPIC} --replication-factor x`],
  ['topic create', `${TOPIC} --retention x`],
  ['topic describe', 'x'],
  ['dlq list', 'x'],
  ['dlq replay', 'x', `${TOPIC} --most-replays x`],
  [
    `produce --to ${TOPIC}`,
    '--from x',
    `--from ${TOPIC}`,
    '--rate x',
    '--rate 0.01/s',
    '--for x',
    '--partitions x',
    '--replication-factor x',
    '--compression x',
    '--canary x',
    '--anomalies-per-hour x',
    '--follow',
    '--from stdin --state s.json',
  ],
  ['produce', '--to x'],
  [`produce-bench --to ${TOPIC}`, '--thousands x', '--rounds x'],
  [
    'generate --out shop',
    '--records x',
    '--span 0',
    '--span x',
    '--start x',
    '--anomalies-per-hour 500',
    '--clean 2',
    '--kinds x',
    '--records 10 --span 1d',
  ],
  [`templates ${log}`, '--miner x', '--format x', '--zone x', '--pattern x', '--time-format %Y'],
  [
    `fit ${log} --name m`,
    '--detector x',
    '--until x',
    '--until 200%',
    '--budget x',
    '--group-by x',
    '--window x',
    '--hop x',
    '--lateness x',
    '--rolling x',
    '--hold x',
    '--miner x',
    '--name ../x',
  ],
  [`score ${log}`, '', '--model m --zone x', '--model m --pattern x'],
  ['evaluate', '', '--scores s'],
  [`compare ${log} --labels l`, '--split 2', '--detectors x', '--budget x', '--window x'],
  [`report --model m --input ${log} --labels l`, '--cards x', '--format x'],
  ['inspect', ''],
  ['benchmark kafka', '--thousands x', '--density x', '--rounds 0', '--partitions x', '--json --markdown'],
  ['benchmark latency', '--rate x', '--seconds x'],
  ['benchmark dashboard', '--services x', '--days x', '--rounds x'],
  ['benchmark throughput', '--records x', '--rounds x'],
  ['notebooks', '--jobs x', '--timeout x', '--param x'],
];

const CASES = WRONG.flatMap(([command, ...wrong]) => wrong.map((words) => `${command} ${words}`.trim()));

test.concurrent.each(CASES)('%s', async (words) => {
  const { code, stdout, stderr } = await run(words.split(' '));

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/\w+ \w+/);
  expect(stderr).not.toMatch(/secret|\n {4}at /);
});

function run(words: readonly string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...words], { cwd: folder, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}
