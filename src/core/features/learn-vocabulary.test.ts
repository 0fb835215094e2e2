import { expect, test } from 'vitest';
import type { TemplateDictionary } from '../template/template.js';
import { createLineTypeKeys } from '../window/line-type.js';
import { createPane } from '../window/pane.js';
import { learnVocabulary } from './learn-vocabulary.js';
import type { TrainingWindow } from './training-window.js';

const dictionary: TemplateDictionary = {
  miner: 'shape',
  version: 1,
  templates: ['a', 'b', 'c'].map((id) => ({ id, text: id, count: 1 })),
  aliases: {},
  overflowCount: 0,
  tables: {},
};
const keys = createLineTypeKeys(3, ['api']);
const INFO = 3;

/** One window a character string, one INFO record a letter; `|` begins another stretch. */
function windowsOf(text: string): readonly TrainingWindow[] {
  const windows: TrainingWindow[] = [];
  text.split('|').forEach((part, stretch) => {
    for (const letters of part.trim().split(/\s+/)) {
      const hop = windows.length;
      const pane = createPane(hop);
      for (const letter of letters.replace('-', '')) {
        const key = keys.key(0, INFO, 'abc'.indexOf(letter));
        pane.records++;
        pane.lineTypes.set(key, (pane.lineTypes.get(key) ?? 0) + 1);
      }
      windows.push({ source: 'api', startMs: hop * 1000, endMs: (hop + 1) * 1000, stretch, window: pane });
    }
  });
  return windows;
}
const learn = (text: string, rolling = 3) =>
  learnVocabulary('api', windowsOf(text), rolling, dictionary, keys);

test('the rate, spread and idf of a line type, worked by hand', () => {
  // four windows, one of them silent: a 2, 0, 4, 0
  const { windows, types } = learn('aab b aaaa -');

  expect(windows).toBe(4);
  expect(types.map(({ templateId }) => templateId)).toEqual(['a', 'b']);
  // where it is: mean 6/2; squared deviations 1 + 1, and five windows' worth of a geometric 3 + 3²: (2 + 60) / 7;
  // idf 1 + ln(3 speaking windows / (1 + 2 that hold it))
  expect(types[0]).toEqual({
    service: 'api',
    severityClass: INFO,
    templateId: 'a',
    windows: 2,
    counts: { mean: 3, variance: 8.85714286 },
    idf: 1,
    steady: false,
  });
});

test('the odds of silence, worked by hand', () => {
  // 8 windows, 4 silent: (4 + 0.5) / (8 + 1). Of three that another window follows, one was followed by silence:
  // (1 + 0.5) / (3 + 1)
  expect(learn('a - - a - a a -').silence).toEqual({ first: 0.5, next: 0.375 });
});

test('a source that was never silent makes silence rare, not impossible', () => {
  expect(learn('a '.repeat(99).trim()).silence).toEqual({ first: 0.005, next: 0.5 });
});

test('silence at the end of a stretch says nothing about what follows', () => {
  expect(learn('a - | - a').silence).toEqual({ first: 0.5, next: 0.25 });
});

test('a line type is steady when 50 full horizons were seen and none without it', () => {
  // a horizon of 3: 52 windows hold 50 of them
  const enough = 'a a ab '.repeat(17) + 'a';

  expect(learn(enough).types.map(({ steady }) => steady)).toEqual([true, true]);
  expect(learn(enough.slice(0, -2)).types[0]?.steady).toBe(false);
});

test('missing for a whole horizon once, a line type is steady no more; missing for less does not count', () => {
  const gap = (length: number): string => `${'a '.repeat(40)}${'c '.repeat(length)}${'a '.repeat(40)}`.trim();

  expect(learn(gap(2)).types[0]?.steady).toBe(true);
  expect(learn(gap(3)).types[0]?.steady).toBe(false);
});

test('a gap between stretches is no absence', () => {
  const text = `${'a '.repeat(40)}c c | c c ${'a '.repeat(40)}`;

  expect(learn(text).types[0]?.steady).toBe(true);
});

test('the order of the lines within a window changes no byte', () => {
  const forwards = JSON.stringify(learn('abc aab cab b cc'));

  expect(JSON.stringify(learn('cba baa bac b cc'))).toBe(forwards);
});
