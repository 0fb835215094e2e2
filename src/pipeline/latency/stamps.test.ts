import { expect, test } from 'vitest';
import { clocksOf, type Stage } from './stages.js';
import { alertStages, type AlertWay, windowStages } from './stamps.js';

const way: AlertWay = {
  eventId: 'a1-0',
  type: 'opened',
  source: 'api',
  isLive: true,
  startMs: 0,
  endMs: 30_000,
  recordTimeMs: 35_000,
  appendTimeMs: 35_002,
  readTimeMs: 35_010,
  startedTimeMs: 35_011,
  eligibleTimeMs: 35_011.5,
  scoredTimeMs: 35_012,
  commitTimeMs: 35_100,
  storedTimeMs: 35_103,
  emittedTimeMs: 35_103.5,
  deliveredTimeMs: 35_150,
};

const CHAIN: readonly Stage[] = [
  'eventToAppend',
  'appendToRead',
  'readToStarted',
  'startedToEligible',
  'eligibleToScored',
  'scoredToCommit',
  'commitToStored',
  'storedToEmitted',
  'emittedToDelivered',
];

test('the stages of an alert add up to the whole way from its record, whatever the clocks say', () => {
  for (const each of [way, { ...way, appendTimeMs: 34_000 }, { ...way, recordTimeMs: 99_000 }]) {
    const stages = { ...windowStages(each), ...alertStages(each) };

    const sum = CHAIN.reduce((total, stage) => total + stages[stage]!, 0);

    expect(sum).toBeCloseTo(each.deliveredTimeMs - each.recordTimeMs!, 6);
  }
});

test('a clock that is ahead shows in the stages of two clocks, and in no other', () => {
  const skewed = { ...way, appendTimeMs: way.appendTimeMs! + 60_000 };
  const changed = CHAIN.filter((stage) => {
    const before = { ...windowStages(way), ...alertStages(way) }[stage];
    return before !== { ...windowStages(skewed), ...alertStages(skewed) }[stage];
  });

  expect(windowStages(skewed).appendToRead).toBe(-59_992);
  expect(changed).toEqual(['eventToAppend', 'appendToRead']);
  expect(changed.map((stage) => clocksOf(stage))).toEqual([
    ['writer', 'broker'],
    ['broker', 'consumer'],
  ]);
});

test('a window that a tick closed has no record, and one without a broker no append', () => {
  const ticked = windowStages({ ...way, recordTimeMs: null, appendTimeMs: null });
  const fromFile = windowStages({ ...way, appendTimeMs: null });

  expect(ticked).not.toHaveProperty('eventToAppend');
  expect(ticked).not.toHaveProperty('eventToRead');
  expect(fromFile.eventToRead).toBe(10);
});

test('only the event that opens an alert tells how long it took to be told', () => {
  expect(alertStages(way).eventToAlert).toBe(35_150);
  expect(alertStages({ ...way, type: 'resolved' })).not.toHaveProperty('eventToAlert');
});
