// What a reader tells of alerts: as they stand, all that happened to them, and what they can be rebuilt from.
import { expect } from 'vitest';
import type { AlertEvent } from '../../core/alert-event.js';
import { HOSTILE_TEXT } from '../desk/desk.testkit.js';
import { TEST_KEY, testCommit } from '../store/result-store.testkit.js';
import { ALWAYS, type WithStore } from './reader-store.testkit.js';

const { artifact } = TEST_KEY;

export const eventOf = (changes: Partial<AlertEvent> = {}): AlertEvent => ({
  type: 'opened',
  alertId: 'a1',
  eventId: 'a1-0-0',
  source: 'api',
  sinceMs: 60_000,
  untilMs: 90_000,
  startMs: 60_000,
  endMs: 90_000,
  revision: 0,
  score: 0.95,
  threshold: 0.9,
  peakScore: 0.95,
  ...changes,
});

export function testAlerts(withStore: WithStore): void {
  withStore('an alert is read with its last reasons and all of its events', async ({ store, reader }) => {
    const owner = await store.takeOver(TEST_KEY, []);
    const explanation = { peakEndMs: 90_000, features: [], templates: [] };
    const opened = eventOf({ explanation, source: HOSTILE_TEXT });
    const updated = eventOf({
      type: 'updated',
      eventId: 'a1-0-1',
      source: HOSTILE_TEXT,
      peakScore: 0.99,
      untilMs: 120_000,
      explanation: { ...explanation, peakEndMs: 120_000 },
    });
    const resolved = { ...updated, type: 'resolved', eventId: 'a1-0-2', reason: 'quiet' } as const;
    const { explanation: _, ...quiet } = resolved;
    await owner.commit(testCommit({ alerts: [opened], commitTimeMs: 5 }));
    await owner.commit(testCommit({ alerts: [updated, quiet], commitTimeMs: 6 }));

    const alert = await reader.alert('a1');

    expect(alert).toMatchObject({
      ...TEST_KEY,
      alert: { isOpen: false, peakScore: 0.99, untilMs: 120_000, source: HOSTILE_TEXT, reason: 'quiet' },
      explanation: { peakEndMs: 120_000 },
    });
    const events = await reader.eventsOf('a1');
    expect(events.map(({ event }) => event)).toEqual([opened, updated, quiet]);
    expect(events.map(({ commitTimeMs }) => commitTimeMs)).toEqual([5, 6, 6]);
    expect(await reader.alerts({ ...ALWAYS, source: HOSTILE_TEXT, artifact })).toEqual([alert]);
  });

  withStore(
    'the lines of an alert are kept with its commit, and complete ones stay',
    async ({ store, reader }) => {
      const owner = await store.takeOver(TEST_KEY, []);
      const lines = {
        alertId: 'a1',
        source: HOSTILE_TEXT,
        fromMs: 30_000,
        earlierMs: null,
        rebuildsFromMs: 60_000,
        isComplete: true,
        lines: 3,
        sha256: 'ab',
        packed: 'H4sI',
      };
      const tell = (n: number, changes: Partial<typeof lines>) =>
        owner.commit(
          testCommit({
            alerts: [eventOf({ eventId: `a1-0-${n}` })],
            alertLines: [{ ...lines, ...changes }],
            commitTimeMs: n + 0.5,
          }),
        );
      await tell(0, { isComplete: false });
      await tell(1, {});
      await tell(2, { lines: 4 });
      await tell(3, { lines: 1, isComplete: false });

      expect(await reader.linesOf('a1', artifact)).toEqual({
        lines: { ...lines, lines: 4 },
        commitTimeMs: 2.5,
      });
      expect(await reader.linesOf('a1', { name: 'demo', version: 'other' })).toBeUndefined();
      expect(await reader.linesOf('a2', artifact)).toBeUndefined();
    },
  );

  withStore('alerts of a range are those that overlap it, newest first', async ({ store, reader }) => {
    const owner = await store.takeOver(TEST_KEY, []);
    const at = (alertId: string, source: string, sinceMs: number, untilMs: number, isOpen = false) =>
      eventOf({
        alertId,
        eventId: alertId,
        source,
        sinceMs,
        untilMs,
        type: isOpen ? 'opened' : 'resolved',
      });
    await owner.commit(
      testCommit({
        alerts: [
          at('a', 'api', 0, 10),
          at('b', 'web', 10, 20),
          at('c', 'api', 20, 30),
          at('d', 'api', 5, 8, true),
        ],
      }),
    );
    const found = async (query: object, fromMs: number, toMs: number): Promise<string> =>
      (await reader.alerts({ fromMs, toMs, ...query })).map(({ alert }) => alert.alertId).join('');

    expect(await found({}, 0, 100)).toBe('cbda');
    expect(await found({}, 10, 20)).toBe('bd');
    expect(await found({}, 9, 20.5)).toBe('cbda');
    expect(await found({ source: 'api' }, 9, 20)).toBe('da');
    expect(await found({ limit: 1 }, 0, 100)).toBe('c');
    expect(await found({ artifact }, 0, 100)).toBe('cbda');
    expect(await found({ artifact: { name: 'demo', version: 'other' } }, 0, 100)).toBe('');
  });
}
