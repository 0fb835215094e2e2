import { afterAll, expect, test } from 'vitest';
import { createLogFolder } from '../input/input.testkit.js';
import { readNovaRuns } from './nova-runs.js';

const folder = createLogFolder();
afterAll(() => folder.remove());

const TABLE = [
  'file,window_start,n_error,label,label_tight',
  'Test_1.round_1.jsonl.gz,2018-07-02T20:24:30,0,0,0',
  'Test_1.round_1.jsonl.gz,2018-07-02T20:25:00,7,1,',
  'Test_1.round_2.jsonl.gz,2018-07-02T20:36:30,0,0,0',
].join('\n');
const TESTS = [
  {
    round_1_verdict: 'FAILURE',
    rounds: {
      round_1: { file: 'Test_1.round_1.jsonl.gz', onset: '2018-07-02T20:25:10.500' },
      round_2: { file: 'Test_1.round_2.jsonl.gz', onset: null },
    },
  },
  {
    round_1_verdict: 'NO_FAILURE',
    rounds: { round_1: { file: 'Test_9.round_1.jsonl.gz', onset: '2018-07-02T21:00:00' } },
  },
];

test('runs come by file name, with their kind, onset and the truth of their windows', () => {
  folder.write('runs/windows_30s.csv', TABLE);
  folder.write('runs/labels.json', JSON.stringify(TESTS.toReversed()));
  for (const name of ['Test_9.round_1', 'Test_1.round_1', 'Test_1.round_2'])
    folder.write(`runs/${name}.jsonl.gz`, '');

  const runs = readNovaRuns(`${folder.path}/runs`);

  const at = (time: string): number => Date.parse(`2018-07-02T${time}Z`);
  expect(runs.map(({ kind, onsetMs }) => [kind, onsetMs])).toEqual([
    ['failure', at('20:25:10.500')],
    ['control', null],
    ['unseen', at('21:00:00')],
  ]);
  expect([...runs[0]!.windows]).toEqual([
    [at('20:24:30'), { label: false, labelTight: false }],
    [at('20:25:00'), { label: true, labelTight: undefined }],
  ]);
});

test('a folder without the truth is refused by what it lacks', () => {
  folder.write('other/a.log', 'x');

  expect(() => readNovaRuns(`${folder.path}/other`)).toThrow("other' has no windows_30s.csv");
});
