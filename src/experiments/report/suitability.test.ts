import { expect, test } from 'vitest';
import { fitSmall } from '../../core/scorer.testkit.js';
import { row } from '../evaluate/evaluate.testkit.js';
import { createTally } from '../input/tally.js';
import { checkSuitability, type SuitabilityFacts } from './suitability.js';

const HOUR_MS = 3_600_000;
const small = fitSmall();
const [template] = small.dictionary.templates;
const GOOD: SuitabilityFacts = {
  artifact: {
    ...small,
    dictionary: { ...small.dictionary, templates: Array.from({ length: 50 }, () => template!) },
    provenance: { ...small.provenance, startMs: 0, endMs: 48 * HOUR_MS },
  },
  windows: ['api', 'db'].map((source) => ({
    ...row(source, 0, 0.1, { endMs: 24 * HOUR_MS }),
    errorScore: 0,
  })),
  totals: { windows: 1000, emptyWindows: 10, records: 5000, newRecords: 3, leftOut: 0 },
  tally: createTally({ lines: [5000, 0, 2], records: [5000, 0, 2], reasons: [], examples: [] }).tally(),
  lines: { records: 5000, withoutSeverity: 0, looked: 5000, accessLike: 100 },
  labels: 20,
};

const failing = (change: Partial<SuitabilityFacts>): string[] =>
  checkSuitability({ ...GOOD, ...change }).flatMap(({ name, passes }) => (passes ? [] : [name]));

test('ordinary logs of several services over days suit', () => {
  expect(failing({})).toEqual([]);
});

test('each unsuitable thing is named by itself', () => {
  const { artifact, windows, totals, lines } = GOOD;
  const few = { ...artifact.dictionary, templates: artifact.dictionary.templates.slice(0, 3) };

  expect(failing({ artifact: { ...artifact, dictionary: few } })).toEqual(['Templates']);
  expect(
    failing({ artifact: { ...artifact, provenance: { ...artifact.provenance, endMs: HOUR_MS } } }),
  ).toEqual(['Length of the fit']);
  expect(failing({ windows: windows.map((each) => ({ ...each, endMs: HOUR_MS })) })).toEqual([
    'Length of the evaluation',
  ]);
  expect(failing({ labels: 2 })).toEqual(['Labels']);
  expect(failing({ windows: windows.slice(0, 1) })).toEqual(['Sources']);
  expect(failing({ totals: { ...totals, emptyWindows: 950 } })).toEqual(['Empty windows']);
  expect(failing({ lines: { ...lines, withoutSeverity: 5000 } })).toEqual(['Severities']);
  expect(failing({ lines: { ...lines, accessLike: 4900 } })).toEqual(['Messages']);
  expect(failing({ totals: { ...totals, newRecords: 2500 } })).toEqual(['New line types']);
  const unread = createTally({ lines: [5000, 60, 60], records: [0, 0, 0], reasons: [], examples: [] });
  expect(failing({ tally: unread.tally() })).toEqual(['Unread lines']);
});

test('one series over all services is no lack of sources', () => {
  const { artifact, windows } = GOOD;
  const { spec } = artifact;
  const together = { ...artifact, spec: { ...spec, window: { ...spec.window, groupBy: 'all' as const } } };

  expect(failing({ artifact: together, windows: windows.slice(0, 1) })).toEqual([]);
});

test('what does not pass says what follows from it', () => {
  const check = checkSuitability({ ...GOOD, labels: 2 }).find(({ name }) => name === 'Labels')!;

  expect(check.sentence).toContain('2 labels are judged.');
  expect(check.sentence).toContain('read the intervals');
});
