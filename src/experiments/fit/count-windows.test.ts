import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike, LOG_START_MS } from '../../core/log-like.testkit.js';
import { createLineTypeKeys } from '../../core/window/line-type.js';
import type { DueWindow } from '../../core/window/issue-windows.js';
import { createWindower } from '../../core/window/windower.js';
import { createWindowCount, refuseLongLookBack, refuseTooManyWindows } from './count-windows.js';
import { FIT_OPTIONS } from './fit.testkit.js';

const { window: spec } = FIT_OPTIONS;
const at = (second: number, source = 'api') => ({ source, eventTimeMs: LOG_START_MS + second * 1000 });

function count(records: readonly ReturnType<typeof at>[], hopMs = spec.hopMs): number {
  const counted = createWindowCount({ ...spec, hopMs });
  for (const record of records) counted.add(record);
  return counted.windows();
}

test('each source has its windows, from its first record to its last', () => {
  expect(count([at(0), at(1), at(35), at(31), at(0, 'db')], 10_000)).toBe(4 + 1);
});

test('a silence counts for as long as it is told', () => {
  const silenceHops = spec.maxSilenceMs / 1000;

  expect(count([at(0), at(10 * silenceHops)], 1000)).toBe(1 + 1 + silenceHops);
});

test('as many windows are counted as the windower issues, less those behind a last record', () => {
  fc.assert(
    fc.property(arbLogLike({ ...spec, maxRecords: 300, slips: false }), (unsorted) => {
      const records = [...unsorted].sort((a, b) => a.eventTimeMs - b.eventTimeMs);
      const lastHops = new Map(
        records.map(({ source, eventTimeMs }) => [source, Math.floor(eventTimeMs / spec.hopMs)]),
      );
      let issued = 0;
      const sink = {
        onDue: ({ source, endHop }: DueWindow) => {
          if (endHop <= lastHops.get(source)! + 1) issued++;
        },
        onTaken: () => {},
        onLate: () => {},
        onSetAside: () => {},
      };
      const keys = createLineTypeKeys(1, []);
      const windower = createWindower({
        spec,
        reachWindows: 0,
        issue: 'final',
        keys,
        wantsExample: () => false,
      });
      for (const record of records) windower.add(record, 0, sink);
      windower.end(sink);

      expect(count(records)).toBe(issued);
    }),
    { numRuns: 60 },
  );
});

test('windows that cannot fit are refused with their number and what to do', () => {
  const short = { ...spec, windowMs: 1, hopMs: 1 };

  expect(() => refuseTooManyWindows(8_000_000, short, 4e9)).not.toThrow();
  expect(() => refuseTooManyWindows(40_000_000, short, 4e9)).toThrow(
    'windows 1 ms apart cut these logs into 40,000,000 of them, which take at least 20.0 GB where this process may use 4.0 GB: take a longer window, for example the usual 30 s, of which there would be about 1,334',
  );
  expect(() => refuseTooManyWindows(40_000_000, { ...spec, hopMs: 60_000 }, 4e9)).toThrow(
    /give it a shorter stretch of time, or all services together/,
  );
});

test('a horizon of too many windows is refused with the shortest window that would do', () => {
  expect(() => refuseLongLookBack({ ...spec, hopMs: 30 }, 300_000)).not.toThrow();
  expect(() => refuseLongLookBack({ ...spec, hopMs: 1 }, 300_000)).toThrow(
    'with windows 1 ms apart each looks back on 300,000 others to cover 300 s, and 10,000 are the most: take windows of 30 ms or more, or a shorter horizon (rolling)',
  );
});
