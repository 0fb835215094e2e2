import { expect, test } from 'vitest';
import { canaryAnomalies } from '../../core/canary/canary-plan.js';
import { DETECTION_SOURCE } from '../../core/canary/canary-source.js';
import { onsetOf } from '../../core/canary/canary-trouble.js';
import { fitSmall } from '../../core/scorer.testkit.js';
import {
  beginJudging,
  type CanaryState,
  isJudgedElsewhere,
  judgeCanaries,
  JUDGE_GONE_MS,
} from './canary-judge.js';
import { type CanaryAlert, deadlineOf } from './canary-outcome.js';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 2, 2);
const artifact = fitSmall();
const [first, second, third] = canaryAnomalies(HOUR_MS, START_MS, START_MS + 3 * HOUR_MS);
const begin: CanaryState = { settledMs: START_MS, open: null, beatMs: START_MS, hasLeft: false };

const alertOf = (anomaly: { startMs: number }, commitTimeMs: number): CanaryAlert => ({
  event: { startMs: anomaly.startMs, endMs: anomaly.startMs + 30_000 },
  commitTimeMs,
});
const judge = (state: CanaryState, nowMs: number, alerts: readonly CanaryAlert[] = []) =>
  judgeCanaries(state, artifact, HOUR_MS, alerts, nowMs);

test('a canary that is told in time is caught, and says nothing to anybody', () => {
  const commitTimeMs = onsetOf(first!) + 40_000;

  const { settled, events, state } = judge(begin, commitTimeMs + 1000, [alertOf(first!, commitTimeMs)]);

  expect(settled).toEqual([{ anomaly: first, outcome: { kind: 'caught', timeToDetectMs: 40_000 } }]);
  expect(events).toEqual([]);
  expect(state.settledMs).toBe(first!.startMs);
});

test('until its deadline a canary is waited for; then it is missed, and that is an alert', () => {
  const deadlineMs = deadlineOf(first!, artifact);

  expect(judge(begin, deadlineMs).settled).toEqual([]);
  const { events, settled } = judge(begin, deadlineMs + 1);

  expect(settled.map(({ outcome }) => outcome.kind)).toEqual(['missed']);
  expect(events).toMatchObject([
    { type: 'opened', source: DETECTION_SOURCE, sinceMs: first!.startMs, endMs: deadlineMs, score: 1 },
  ]);
});

test('an alert that came too late, or was about something else, catches nothing', () => {
  const deadlineMs = deadlineOf(first!, artifact);
  const late = alertOf(first!, deadlineMs + 1);
  const before = alertOf({ startMs: first!.startMs - 300_000 }, first!.startMs - 260_000);

  expect(judge(begin, deadlineMs + 10, [late, before]).settled[0]!.outcome.kind).toBe('missed');
});

test('canaries missed in a row are one alert, which the next caught one ends', () => {
  const one = judge(begin, deadlineOf(first!, artifact) + 1);
  const two = judge(one.state, deadlineOf(second!, artifact) + 1);
  const three = judge(two.state, third!.endMs, [alertOf(third!, third!.startMs + 40_000)]);

  const events = [...one.events, ...two.events, ...three.events];

  expect(events.map(({ type }) => type)).toEqual(['opened', 'updated', 'resolved']);
  expect(new Set(events.map(({ alertId }) => alertId)).size).toBe(1);
  expect(events.map(({ eventId }) => eventId.at(-1))).toEqual(['0', '1', '2']);
  expect(events[1]!.explanation?.features[0]!.value).toBe(2);
  expect(three.state.open).toBeNull();
});

test('looked at seldom or often, before a restart or behind it, the same events come of it', () => {
  const nowMs = deadlineOf(third!, artifact) + 1;
  const alerts = [alertOf(second!, second!.startMs + 50_000)];
  const often: unknown[] = [];
  let state = begin;
  for (let atMs = START_MS; atMs < nowMs; atMs += 7000) {
    // through JSON, as a restart would
    const verdict = judge(
      JSON.parse(JSON.stringify(state)) as CanaryState,
      atMs,
      alerts.filter(({ commitTimeMs }) => commitTimeMs <= atMs),
    );
    state = verdict.state;
    often.push(...verdict.events.map(({ type, eventId }) => `${type} ${eventId}`));
  }
  often.push(...judge(state, nowMs, alerts).events.map(({ type, eventId }) => `${type} ${eventId}`));

  const once = judge(begin, nowMs, alerts).events.map(({ type, eventId }) => `${type} ${eventId}`);

  expect(often).toEqual(once);
  expect(once).toHaveLength(3);
});

test('what began while nobody judged for long gives no alert; a short absence changes nothing', () => {
  const known = { ...begin, settledMs: START_MS + 5 };

  expect(beginJudging(known, START_MS + 60_000).settledMs).toBe(START_MS + 5);
  expect(beginJudging(known, START_MS + 10 * HOUR_MS).settledMs).toBe(START_MS + 10 * HOUR_MS);
  expect(beginJudging(undefined, START_MS).settledMs).toBe(START_MS);
});

test('one judges at a time: another steps in once the first has left, or is not heard of', () => {
  expect(isJudgedElsewhere(begin, START_MS + 1000)).toBe(true);
  expect(isJudgedElsewhere({ ...begin, hasLeft: true }, START_MS + 1000)).toBe(false);
  expect(isJudgedElsewhere(begin, START_MS + JUDGE_GONE_MS)).toBe(false);
  expect(isJudgedElsewhere(undefined, START_MS)).toBe(false);
});
