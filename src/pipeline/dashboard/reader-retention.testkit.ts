// What retention leaves of what only a database holds: lines of alerts, verdicts, sums by hour and day.
import { expect } from 'vitest';
import type { TemplateTally } from '../consume/template-tally.js';
import type { AlertLines } from '../evidence/alert-lines.js';
import type { StreamKey } from '../stream-key.js';
import { DAY_MS, sweepAll, testSettings } from '../retention/sweep.testkit.js';
import { TEST_KEY, testCommit, testEvent } from '../store/result-store.testkit.js';
import { HOUR_MS, windowAt, WINDOW_MS, type WithStore } from './reader-store.testkit.js';

const { artifact } = TEST_KEY;
const memory = (source: string) => ({ source, windows: null, alertLife: null });

const linesOf = (alertId: string): AlertLines => ({
  alertId,
  source: 'api',
  fromMs: 0,
  earlierMs: null,
  rebuildsFromMs: 0,
  isComplete: true,
  lines: 0,
  sha256: '',
  packed: '',
});

const tallyOf = (templateId: string, hour: number): TemplateTally => ({
  source: 'api',
  templateId,
  isNew: false,
  text: templateId,
  example: '',
  firstMs: hour * HOUR_MS,
  lastMs: hour * HOUR_MS,
  hours: new Map([[hour, 3]]),
});

export function testRetained(withStore: WithStore): void {
  withStore(
    'lines of alerts that a person spoke of stay with their windows and those around them',
    async ({ store, reader, desk }) => {
      const owner = await store.takeOver(TEST_KEY, []);
      const sinceMs = 10 * HOUR_MS;
      const ids = ['judged', 'unjudged', 'open', 'young'];
      const told = ids.map((alertId, n) => {
        const since = alertId === 'young' ? 60 * HOUR_MS : sinceMs + n * 10 * HOUR_MS;
        const opened = testEvent({
          alertId,
          eventId: `${alertId}-0`,
          sinceMs: since,
          untilMs: since + WINDOW_MS,
        });
        return alertId === 'open' ? opened : ({ ...opened, type: 'resolved' } as const);
      });
      const hours = Array.from({ length: 70 }, (_, hour) => windowAt('api', hour * HOUR_MS));
      await owner.commit(
        testCommit({ alerts: told, alertLines: ids.map(linesOf), windows: hours, sources: [memory('api')] }),
      );
      await desk.note({ alertId: 'judged', action: { type: 'judged', verdict: 'real' }, who: 'me', atMs: 5 });

      const beforeMs = 50 * HOUR_MS;
      const gone = await sweepAll(owner, testSettings(beforeMs), [['api', beforeMs]]);

      expect(gone.evidence).toBe(1);
      for (const alertId of ids)
        expect((await reader.linesOf(alertId, artifact)) === undefined).toBe(alertId === 'unjudged');
      // the open alert began at 30 h and goes on
      expect((await store.windows({ artifact })).map(({ startMs }) => startMs / HOUR_MS)).toEqual([
        9,
        10,
        11,
        ...Array.from({ length: 41 }, (_, n) => 29 + n),
      ]);
      expect(await reader.alert('unjudged')).toBeDefined();
      expect(await reader.eventsOf('unjudged')).toHaveLength(1);
      // nothing more is found the next time
      expect(await sweepAll(owner, testSettings(beforeMs), [['api', beforeMs]])).toMatchObject({
        windows: 0,
      });
    },
  );

  withStore(
    'sums of hours and days outlive their windows, and go once every stream of the artifact is as far',
    async ({ store, reader }) => {
      const other: StreamKey = { ...TEST_KEY, streamId: 'file:/b.log' };
      const begin = async (key: StreamKey, source: string, days: readonly number[]) => {
        const owner = await store.takeOver(key, []);
        await owner.commit(
          testCommit({
            windows: days.map((day) => windowAt(source, day * DAY_MS)),
            sources: [memory(source)],
            templates: days.map((day) => tallyOf(`t${day}`, day * 24)),
            commitTimeMs: 1000,
          }),
        );
        return owner;
      };
      const owner = await begin(TEST_KEY, 'api', [0, 1, 2, 9]);
      const second = await begin(other, 'db', [0, 9]);
      const hoursLeft = async (): Promise<number> => {
        const range = { fromMs: 0, toMs: 20 * DAY_MS };
        const lanes = await reader.swimlane(artifact, range, HOUR_MS);
        return lanes.length;
      };
      const settings = testSettings(5 * DAY_MS);

      await sweepAll(owner, settings, [['api', settings.beforeMs]]);
      expect(await store.windows({ artifact, source: 'api' })).toHaveLength(1);
      // the other stream has not come so far: what it may still add to stays
      expect(await hoursLeft()).toBe(6);
      const gone = await sweepAll(second, settings, [['db', settings.beforeMs]]);

      expect(gone).toMatchObject({ windows: 1, hours: 3, templateDays: 2 });
      expect(await hoursLeft()).toBe(3);
      const { pruned } = (await store.retained(artifact))!;
      expect(pruned).toMatchObject({ windows: 4, hours: 3, templateDays: 2 });
    },
  );
}
