import {
  array,
  assert,
  constant,
  dictionary,
  oneof,
  property,
  record,
  string,
  subarray,
  integer,
  constantFrom,
} from 'fast-check';
import { expect, test } from 'vitest';
import {
  changeView,
  DEFAULT_STATE,
  readViewState,
  resolveRange,
  VIEW_NAMES,
  type ViewState,
  writeViewState,
} from './view-state.js';

const arbSpan = record({
  fromMs: integer({ min: 0, max: 2e12 }),
  lengthMs: integer({ min: 1, max: 86_400_000 }),
}).map(({ fromMs, lengthMs }) => ({ fromMs, toMs: fromMs + lengthMs }));
const arbOwn = dictionary(
  string({ minLength: 1 }).map((name) => `own-${name}`),
  string(),
  { maxKeys: 3, noNullPrototype: true },
);
const arbState = record<ViewState>({
  view: constantFrom(...VIEW_NAMES),
  range: oneof(
    integer({ min: 60_000, max: 31_000_000_000 }).map((lastMs) => ({ lastMs })),
    arbSpan,
  ),
  focus: oneof(constant(null), arbSpan),
  source: oneof(constant(null), string()),
  states: subarray(['firing', 'acknowledged', 'resolved', 'silenced'] as const),
  severities: subarray(['critical', 'warning', 'info'] as const),
  text: string(),
  alertId: oneof(constant(null), string()),
  theme: constantFrom('system', 'light', 'dark'),
  size: constantFrom('normal', 'wall'),
  zone: constantFrom('local', 'UTC', 'Europe/Berlin'),
  own: arbOwn,
});

test('an address brings back the whole view', () => {
  assert(
    property(arbState, (state) => {
      expect(readViewState(writeViewState(state))).toEqual(state);
    }),
  );
});

test('no address is too strange to be read, and what is read can be written again', () => {
  const arbPart = oneof(
    string(),
    constantFrom('last=', 'from=9', 'to=-1', '&', '=', '%', 'zone=Moon/Base', 'focus=5-4', 'view=x'),
  );
  assert(
    property(array(arbPart, { maxLength: 12 }), (parts) => {
      const state = readViewState(`?${parts.join('&')}`);

      expect(readViewState(writeViewState(state))).toEqual(state);
    }),
  );
});

test('the view as it is at first needs no words in the address', () => {
  expect(writeViewState(DEFAULT_STATE)).toBe('');
  expect(writeViewState({ ...DEFAULT_STATE, range: { lastMs: 5_400_000 }, source: 'a&b' })).toBe(
    '?last=1h30m&source=a%26b',
  );
});

test('a range that ends before it begins, or is longer than a year, is not taken', () => {
  expect(readViewState('?from=20&to=10').range).toEqual(DEFAULT_STATE.range);
  expect(readViewState('?from=0&to=99999999999999').range).toEqual(DEFAULT_STATE.range);
  expect(readViewState('?last=2000d').range).toEqual(DEFAULT_STATE.range);
});

test('another view forgets what the one before kept for itself, and the filters stay', () => {
  const state = { ...DEFAULT_STATE, source: 'api', own: { sort: 'count' }, alertId: 'a1' };

  expect(changeView(state, { view: 'templates' })).toMatchObject({ source: 'api', own: {}, alertId: null });
  expect(changeView(state, { text: 'x' })).toMatchObject({ own: { sort: 'count' }, alertId: 'a1' });
});

test('a range that moves with time ends now, unless everything stored is older than that', () => {
  const nowMs = 1_000_000_000;

  expect(resolveRange({ lastMs: 1000 }, nowMs, nowMs - 500)).toEqual({ fromMs: nowMs - 1000, toMs: nowMs });
  expect(resolveRange({ lastMs: 1000 }, nowMs, null)).toEqual({ fromMs: nowMs - 1000, toMs: nowMs });
  expect(resolveRange({ lastMs: 1000 }, nowMs, 5000)).toEqual({ fromMs: 4000, toMs: 5000 });
});
