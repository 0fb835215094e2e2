import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readExploredLog } from './explored-log.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loghorn-explore-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every record has its template, DEBUG too, and lines that are none are left out', async () => {
  const path = join(folder, 'app.ndjson');
  const line = (second: number, service: string, level: string, msg: string): string =>
    JSON.stringify({ ts: new Date(second * 1000).toISOString(), service, level, msg });
  writeFileSync(
    path,
    [
      line(1, 'db', 'DEBUG', 'took 12 ms'),
      line(2, 'api', 'INFO', 'took 7 ms'),
      '{"ts":',
      line(3, 'api', 'ERROR', 'disk full'),
    ].join('\n'),
  );

  const log = await readExploredLog([path]);

  expect(log.sources).toEqual(['api', 'db']);
  expect([...log.templateOf].map((index) => log.templates[index]!.text)).toEqual([
    'took <*> ms',
    'took <*> ms',
    'disk full',
  ]);
  expect(log.records).toHaveLength(3);
});

test('an input without a single record is refused by name', async () => {
  const path = join(folder, 'empty.log');
  writeFileSync(path, '');

  await expect(readExploredLog([path])).rejects.toThrow(/no line of .*empty\.log is a log record/);
});
