import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { LogRecord } from '../../core/record.js';
import { createLogFolder } from '../input/input.testkit.js';
import { readRecords } from '../input/read-records.js';
import { readIncidents, withHealthyParts } from './trainticket-incidents.js';

const folder = createLogFolder();
afterAll(() => folder.remove());

const line = (time: string, msg: string): string =>
  `{"ts":"2023-01-29T${time}Z","service":"ts-order","level":"INFO","trace_id":"ab12","msg":"${msg}"}\n`;

folder.write(
  'incident_01.jsonl',
  line('08:42:10', 'before') + line('08:43:04', 'at') + line('08:43:05', 'after'),
);
folder.write(
  'labels.json',
  JSON.stringify([{ file: 'incident_01.jsonl', inject_time: '2023-01-29T08:43:04Z' }]),
);
folder.write(
  'windows_30s.csv',
  'file,window_start,label\nincident_01.jsonl,2023-01-29T08:42:00Z,0\nincident_01.jsonl,2023-01-29T08:43:00Z,1\n',
);

test('an incident knows its injection and the truth of its own windows', () => {
  const [incident] = readIncidents(folder.path);

  expect(incident!.injectMs).toBe(Date.parse('2023-01-29T08:43:04Z'));
  expect([...incident!.windows]).toEqual([
    [Date.parse('2023-01-29T08:42:00Z'), false],
    [Date.parse('2023-01-29T08:43:00Z'), true],
  ]);
});

test('a healthy part ends before the injection, its records unchanged, and is gone after the work', async () => {
  const incidents = readIncidents(folder.path);
  const original: LogRecord[] = [];
  await readRecords([incidents[0]!.file], {}, (read) => read.ok && original.push(read.record));

  const { path, records } = await withHealthyParts(incidents, async ([part]) => {
    const records: LogRecord[] = [];
    await readRecords([part!], {}, (read) => read.ok && records.push(read.record));
    return { path: part!.path, records };
  });

  expect(basename(path)).toBe('incident_01.jsonl');
  expect(records).toEqual(original.slice(0, 1));
  expect(existsSync(path)).toBe(false);
});
