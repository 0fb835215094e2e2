import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { createLogFolder } from '../input/input.testkit.js';
import { benchmarkTemplates } from './templates.js';

const folder = createLogFolder();
afterAll(() => folder.remove());

const TRUTH = [
  'LineId,Content,EventId',
  '1,"open file 12, mode 3",E1',
  '2,closed after 5 ms,E2',
  '3,"open file 7, mode 1",E1',
  '4,closed after 8 ms,E2',
].join('\n');

test('every system has a row, with what was published about it, and the mean comes last', () => {
  folder.write('all/Plain/Plain_2k.log_structured.csv', TRUTH);
  folder.write('all/Packed/Packed_2k.log_structured.csv.gz', gzipSync(TRUTH));
  folder.write('all/Packed/Packed_2k.log_structured_corrected.csv', 'another truth');
  folder.write(
    'all/reference_scores.csv',
    'dataset,drain_GA_2k_logparser_readme,best_other_GA_2k_logparser\nPacked,0.9,\n',
  );

  const { tables } = benchmarkTemplates(`${folder.path}/all`);

  const [{ columns, rows }] = tables as [(typeof tables)[0]];
  const at = (name: string): unknown[] => {
    const index = columns.findIndex((column) => column.name === name);
    return rows.map((row) => row[index]);
  };
  expect(at('system')).toEqual(['Packed', 'Plain', 'mean']);
  expect(at('GA')).toEqual([1, 1, 1]);
  expect(at('GA Drain tuned, published')).toEqual([0.9, null, null]);
  expect(at('GA best other, published')).toEqual([null, null, null]);
});

test('a folder without systems is refused by what was wanted', () => {
  folder.write('logs/a/a.log', 'x');

  expect(() => benchmarkTemplates(`${folder.path}/logs`)).toThrow('has no folder with a *_2k.log_structured');
});

test('a truth without messages is refused by the columns that it has', () => {
  folder.write('odd/A/A_2k.log_structured.csv', 'LineId,Text\n1,x\n');

  expect(() => benchmarkTemplates(`${folder.path}/odd`)).toThrow('has no column Content, only LineId, Text');
});
