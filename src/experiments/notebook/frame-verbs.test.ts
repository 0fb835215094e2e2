import { concat, DataFrame } from 'danfojs-node';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameOf } from './frame.js';
import { describe, groupMeans, sortBy } from './frame-verbs.js';
import { rowsOf } from './row.js';

const arbWindows = fc.array(
  fc.record({
    source: fc.constantFrom('api', 'a-b', 'constructor', '__proto__', '1', 'null', ''),
    errors: fc.nat(500),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    startMs: fc.integer({ min: 1_772_000_000_000, max: 1_773_000_000_000 }),
  }),
  { minLength: 2, maxLength: 60 },
);

test('means by group are those of plain arithmetic, whatever the groups are called', () => {
  fc.assert(
    fc.property(arbWindows, (windows) => {
      const rows = rowsOf(groupMeans(frameOf(windows), 'source', ['share', 'startMs']));

      const sources = [...new Set(windows.map(({ source }) => source))];
      expect(rows.map(({ source }) => source)).toEqual(sources);
      for (const row of rows) {
        const own = windows.filter(({ source }) => source === row['source']);
        expect(row['rows']).toBe(own.length);
        expect(row['share']).toBeCloseTo(mean(own.map(({ share }) => share)), 12);
        expect(row['startMs']).toBeCloseTo(mean(own.map(({ startMs }) => startMs)), 2);
      }
    }),
  );
});

test('sorting is that of plain arithmetic and keeps the order of equals', () => {
  fc.assert(
    fc.property(arbWindows, (windows) => {
      const up = rowsOf(sortBy(frameOf(windows), 'errors'));
      const down = rowsOf(sortBy(frameOf(windows), 'errors', 'descending'));

      expect(up).toEqual([...windows].sort((a, b) => a.errors - b.errors));
      expect(down).toEqual([...windows].sort((a, b) => b.errors - a.errors));
    }),
  );
});

test('a description is that of plain arithmetic', () => {
  fc.assert(
    fc.property(arbWindows, (windows) => {
      const rows = rowsOf(describe(frameOf(windows)));

      expect(rows.map(({ name }) => name)).toEqual(['errors', 'share', 'startMs']);
      const values = windows.map(({ share }) => share).sort((a, b) => a - b);
      const middle = values.length / 2;
      const spread = values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
      expect(rows[1]).toEqual({
        name: 'share',
        rows: values.length,
        mean: expect.closeTo(mean(values), 12) as number,
        std: expect.closeTo(Math.sqrt(spread / (values.length - 1)), 10) as number,
        min: values[0],
        median: expect.closeTo(
          (values[Math.ceil(middle) - 1]! + values[Math.floor(middle)]!) / 2,
          12,
        ) as number,
        max: values.at(-1),
      });
    }),
  );
});

test('a column may be named like any verb of danfojs that is not refused, and all verbs still work', () => {
  const names = Object.getOwnPropertyNames(DataFrame.prototype).concat(
    'mean',
    'sum',
    'name',
    'length',
    'data',
  );
  const isFree = (name: string): boolean => {
    try {
      return frameOf([{ [name]: 1 }]).shape[0] === 1;
    } catch {
      return false;
    }
  };
  const free = names.filter(isFree);

  expect(free).toContain('mean');
  for (const name of free) {
    const frame = frameOf([
      { [name]: 1, group: 'a' },
      { [name]: 3, group: 'a' },
    ]);
    expect(rowsOf(groupMeans(frame, 'group', [name]))).toEqual([{ group: 'a', rows: 2, [name]: 2 }]);
    expect(rowsOf(sortBy(frame, name, 'descending'))[0]).toEqual({ [name]: 3, group: 'a' });
    expect(rowsOf(describe(frame))).toMatchObject([{ name, mean: 2, min: 1, max: 3 }]);
  }
});

test('a wrong column is refused with what was wanted', () => {
  const frame = frameOf([
    { source: 'api', errors: 1 },
    { source: 'db', errors: 2 },
  ]);

  expect(() => sortBy(frame, 'score')).toThrow('no column "score"; the frame has source, errors');
  expect(() => sortBy(frame, 'source')).toThrow('must hold numbers, got string');
  expect(() => groupMeans(frame, 'errors', ['errors'])).toThrow('must hold texts, got float32');
  expect(() => groupMeans(frame, 'source', [])).toThrow('at least one column');
  expect(() => describe(frameOf([{ errors: 1 }]))).toThrow('at least two rows');
  expect(() => describe(frameOf([{ source: 'a' }, { source: 'b' }]))).toThrow('needs a column of numbers');
});

// Why the guards are there: when danfojs mends one of these, its guard can go.
test('danfojs alone still cannot group by a key that every object has', () => {
  const frame = new DataFrame(
    [
      ['constructor', 1],
      ['api', 2],
    ],
    { columns: ['source', 'errors'] },
  );

  expect(() => frame.groupby(['source']).agg({ errors: 'mean' }) as unknown).toThrow(TypeError);
});

test('danfojs alone still merges groups of several keys', () => {
  const frame = new DataFrame(
    [
      ['a-b', 'c', 1],
      ['a', 'b-c', 6],
    ],
    { columns: ['source', 'template', 'errors'] },
  );

  const { values } = frame.groupby(['source', 'template']).agg({ errors: 'sum' });

  expect(values).toHaveLength(1);
});

test('danfojs alone still counts a missing number as 0 and leaves a column with NaN unsorted', () => {
  const gap = new DataFrame(
    [
      ['api', null],
      ['api', 4],
    ],
    { columns: ['source', 'errors'] },
  );
  const unsorted = new DataFrame([[2], [NaN], [1]], { columns: ['errors'] });

  expect(gap.groupby(['source']).agg({ errors: 'mean' }).values).toEqual([['api', 2]]);
  expect(unsorted.sortValues('errors').values).toEqual([[2], [NaN], [1]]);
});

test('danfojs alone still calculates with whole frames in 32 bits', () => {
  const frame = new DataFrame([[1_772_400_000_123]], { columns: ['startMs'] });

  expect(frame.sub(1).values).not.toEqual([[1_772_400_000_122]]);
});

test('danfojs alone still spoils the first frame of a concatenation', () => {
  const frames = [1, 2].map((errors) => new DataFrame([[errors]], { columns: ['errors'] }));

  concat({ dfList: frames, axis: 0 });

  expect(() => frames[0]!['errors'] as unknown).toThrow('IndexError');
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
