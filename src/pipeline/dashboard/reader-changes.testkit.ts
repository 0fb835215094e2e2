// What a reader tells somebody who follows a store: everything that came after a place in it, once.
import { expect } from 'vitest';
import { TEST_KEY, testCommit } from '../store/result-store.testkit.js';
import { eventOf } from './reader-alerts.testkit.js';
import { HOUR_MS, windowAt, type WithStore } from './reader-store.testkit.js';

export function testChanges(withStore: WithStore): void {
  withStore(
    'a follower is told of everything that came after, and of nothing else',
    async ({ store, reader, desk }) => {
      const owner = await store.takeOver(TEST_KEY, []);
      await owner.commit(testCommit({ windows: [windowAt('old', 0)], alerts: [eventOf()] }));
      const before = await reader.cursor();
      await owner.commit(
        testCommit({ windows: [windowAt('api', HOUR_MS + 60_000), windowAt('web', 3 * HOUR_MS)] }),
      );
      await owner.commit(
        testCommit({ alerts: [eventOf({ eventId: 'a1-0-1' }), eventOf({ eventId: 'a1-0-2' })] }),
      );
      const note = await desk.note({ alertId: 'a1', action: { type: 'acknowledged' }, who: 'kim', atMs: 1 });

      const changes = await reader.changesSince(before);

      expect(changes.events.map(({ event }) => event.eventId)).toEqual(['a1-0-1', 'a1-0-2']);
      expect(changes.windows).toEqual({ sources: ['api', 'web'], fromMs: HOUR_MS, toMs: 4 * HOUR_MS });
      expect(changes.cursor.noteSequence).toBe(note.sequence);
      expect(await reader.changesSince(changes.cursor)).toMatchObject({ events: [], windows: undefined });
      // so is a further window of an hour, and a correction; one that came too late is not
      await owner.commit(testCommit({ windows: [windowAt('api', HOUR_MS + 90_000)] }));
      expect((await reader.changesSince(changes.cursor)).windows?.sources).toEqual(['api']);
      await owner.commit(testCommit({ windows: [windowAt('web', 3 * HOUR_MS, { revision: 1 })] }));
      expect((await reader.changesSince(changes.cursor)).windows?.sources).toEqual(['api', 'web']);
      const after = await reader.cursor();
      await owner.commit(testCommit({ windows: [windowAt('web', 3 * HOUR_MS, { revision: 1 })] }));
      expect((await reader.changesSince(after)).windows).toBeUndefined();
    },
  );

  withStore('of a burst of events none is skipped', async ({ store, reader }) => {
    const owner = await store.takeOver(TEST_KEY, []);
    let cursor = await reader.cursor();
    const alerts = Array.from({ length: 2500 }, (_, n) => eventOf({ eventId: `a1-0-${n}` }));
    await owner.commit(testCommit({ alerts }));

    const told: string[] = [];
    for (let round = 0; round < 4; round++) {
      const changes = await reader.changesSince(cursor);
      told.push(...changes.events.map(({ event }) => event.eventId));
      cursor = changes.cursor;
    }

    expect(told).toEqual(alerts.map(({ eventId }) => eventId));
  });
}
