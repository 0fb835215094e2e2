import { expect, test } from 'vitest';
import { createTestDashboard, openedAt, T0, windowsOf } from '../dashboard.testkit.js';
import { MOST_NOTES, MOST_SILENCES, sendInParts } from './send-in-parts.js';

test('an incident of more alerts than a request takes is acknowledged, silenced and lifted all the same', async () => {
  const sources = Array.from({ length: 450 }, (_, index) => `service-${index}`);
  const { data, post, commit } = await createTestDashboard();
  await commit({
    windows: sources.flatMap((source) => windowsOf(source, [0.95])),
    alerts: sources.map((source) => openedAt(source, 0)),
  });
  const send = async <T>(path: string, body: object): Promise<readonly T[]> => {
    const answer = await post(path, body);
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as readonly T[];
  };
  const notes = sources.map((source) => ({ alertId: `alert-${source}-0`, action: { type: 'acknowledged' } }));
  const matches = sources.map((source) => ({ source, kind: 'other' }));
  const terms = { untilMs: T0 + 7_200_000, reason: 'disk swap', who: 'kim' };

  await sendInParts(notes, MOST_NOTES, (part) => send('/api/notes', { notes: part, who: 'kim' }));
  const silences = await sendInParts(matches, MOST_SILENCES, (part) =>
    send<{ readonly id: number }>('/api/silences', { matches: part, ...terms }),
  );
  const ids = silences.map(({ id }) => id);
  await sendInParts(ids, MOST_SILENCES, (part) => send('/api/silences/lift', { ids: part, who: 'kim' }));

  expect((await data.desk.notes({})).map(({ alertId }) => alertId)).toEqual(
    notes.map(({ alertId }) => alertId),
  );
  const kept = await data.desk.silences({});
  expect(kept.map(({ match }) => match)).toEqual(matches);
  expect(kept.every(({ lifted }) => lifted?.who === 'kim')).toBe(true);
});

test('a part that fails says how many are kept, and nothing follows it', async () => {
  const sent: number[] = [];
  const send = async (part: readonly number[]): Promise<readonly number[]> => {
    if (part.includes(5)) throw new Error('The store is locked.');
    sent.push(...part);
    return part;
  };

  await expect(sendInParts([5, 6, 7], 2, send)).rejects.toThrow(/^The store is locked\.$/);
  await expect(sendInParts([1, 2, 3, 5, 6], 2, send)).rejects.toThrow(
    'Only the first 2 of 5 are kept: The store is locked.',
  );

  expect(sent).toEqual([1, 2]);
  expect(await sendInParts([1, 2, 3], 2, send)).toEqual([1, 2, 3]);
  expect(await sendInParts([], 2, send)).toEqual([]);
});
