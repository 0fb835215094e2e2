import { expect, test } from 'vitest';
import { headlineOf, severityOf } from './alert-kind.js';
import type { AlertEvent } from './alert-event.js';
import { createAlertLife } from './alert-life.js';
import { plainLog } from './log-like.testkit.js';
import { createRandom } from './random.js';
import type { LogRecord } from './record.js';
import { fitSmall, type Scored, score } from './scorer.testkit.js';
import { feedsOf } from './window/windower.testkit.js';

const MINUTE_MS = 60_000;
const small = fitSmall();
// clear of what healthy windows of so small a fit score
const artifact = { ...small, threshold: { ...small.threshold, value: 0.75 } };
const { windowMs, hopMs, correctionMs } = artifact.spec.window;
const healthy = plainLog(8500, createRandom('a morning'));
const startMs = healthy[0]!.eventTimeMs;

const eventsOf = ({ rows }: Scored): AlertEvent[] => {
  const life = createAlertLife({
    artifactName: 'small',
    windowMs,
    hopMs,
    correctionMs,
    absorbAfterMs: 10 * MINUTE_MS,
  });
  const events: AlertEvent[] = [];
  for (const row of rows) life.onRow(row, (event) => events.push(event));
  return events.filter(({ source }) => source === 'api');
};
const minuteOf = ({ startMs: eventMs }: AlertEvent): number => Math.floor((eventMs - startMs) / MINUTE_MS);
const shown = (events: readonly AlertEvent[]): string[] =>
  events.map(
    (event) =>
      `minute ${minuteOf(event)} ${event.type}${event.reason === undefined ? '' : ` ${event.reason}`}`,
  );

/** From minute 20 on the service says everything eight times. */
const shifted = healthy.flatMap((record) =>
  record.source === 'api' && record.eventTimeMs - startMs >= 20 * MINUTE_MS
    ? Array.from({ length: 8 }, () => record)
    : [record],
);

test('a service that says more from a deploy on is told once, and that it still does', () => {
  expect(shown(eventsOf(score(artifact, feedsOf(healthy))))).toEqual([]);
  expect(shown(eventsOf(score(artifact, feedsOf(shifted))))).toEqual([
    'minute 19 opened',
    'minute 30 resolved absorbed',
  ]);
});

test('what fails after that is told all the same', () => {
  const failing = shifted.flatMap((record): LogRecord[] => {
    const minute = Math.floor((record.eventTimeMs - startMs) / MINUTE_MS);
    const panic = { ...record, severity: 21, body: `kernel panic on cpu ${minute}, halting` };
    return record.source === 'api' && minute >= 45 && minute < 47 ? [record, panic] : [record];
  });

  const [, , opened, resolved, ...more] = eventsOf(score(artifact, feedsOf(failing)));

  expect(shown([opened!, resolved!, ...more])).toEqual(['minute 44 opened', 'minute 47 resolved quiet']);
  expect(severityOf(opened!)).toBe('critical');
  expect(headlineOf(opened!.explanation)).toMatch(
    /^new FATAL line, \d+ in a window: kernel panic on cpu <\*>, halting$/,
  );
});
