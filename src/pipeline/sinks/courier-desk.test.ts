import { expect, test } from 'vitest';
import type { AlertNote, Silence } from '../desk/desk.js';
import { alertEvent, createFakeSink, createScene, START_MS } from './courier.testkit.js';

const opened = alertEvent('a', 0);
const updated = alertEvent('a', 1);
const resolved = alertEvent('a', 2, 'resolved');

function silence(changes: Partial<Silence> = {}): Silence {
  return {
    id: 7,
    sequence: 1,
    match: { source: 'api' },
    fromMs: 0,
    untilMs: START_MS + 60_000,
    cause: 'silence',
    reason: 'known, ticket 12',
    who: 'kim',
    atMs: 0,
    ...changes,
  };
}

/** A desk that what people do is laid on. */
function createFakeDesk() {
  const silences: Silence[] = [];
  const notes: AlertNote[] = [];
  return {
    all: silences,
    acknowledge: (alertId: string, type: 'acknowledged' | 'unacknowledged' = 'acknowledged') => {
      notes.push({ sequence: notes.length + 1, alertId, action: { type }, who: 'sam', atMs: 0 });
    },
    silences: async ({ activeAtMs = 0 }: { activeAtMs?: number }) =>
      silences.filter(({ fromMs, untilMs }) => fromMs <= activeAtMs && activeAtMs < untilMs),
    notes: async (query: { alertId?: string }) => notes.filter(({ alertId }) => alertId === query.alertId),
  };
}

async function begin() {
  const scene = createScene();
  const desk = createFakeDesk();
  const hook = createFakeSink('hook', scene.clock);
  const stream = await scene.own(scene.process([hook], { desk }));
  return { ...scene, desk, hook, stream };
}

test('an alert that is over before its silence is never sent, and the store says why', async () => {
  const { clock, store, desk, hook, stream } = await begin();
  desk.all.push(silence());

  await stream.commit(opened);
  await clock.advance(30_000);
  expect(stream.waiting()).toBe(0);
  await stream.commit(resolved);
  await clock.advance(600_000);

  expect(hook.ids()).toEqual([]);
  const lastError = 'silence 7 by kim: known, ticket 12';
  expect(await store.deliveriesOf('a')).toMatchObject([
    { state: 'silenced', lastError },
    { state: 'silenced', lastError },
  ]);
  expect((await stream.owner.openDeliveries('hook')).length).toBe(0);
});

test('an alert that comes back under a silence is over for whoever knew that already: its second end is not sent', async () => {
  const { clock, store, desk, hook, stream } = await begin();
  const again = alertEvent('a', 3, 'opened', { reason: 'reopened' });
  await stream.commit(opened, resolved);
  await clock.advance(1000);
  desk.all.push(silence());

  await stream.commit(again);
  await clock.advance(1000);
  await stream.commit(alertEvent('a', 4, 'resolved'));
  await clock.advance(600_000);

  expect(hook.ids()).toEqual(['a-0-0', 'a-0-2']);
  const states = (await store.deliveriesOf('a')).map(({ state }) => state);
  expect(states).toEqual(['sent', 'sent', 'silenced', 'silenced']);
});

test('an alert that outlasts its silence is sent when that ends', async () => {
  const { clock, desk, hook, stream } = await begin();
  desk.all.push(silence());

  await stream.commit(opened);
  await clock.advance(59_000);
  expect(hook.ids()).toEqual([]);
  await clock.advance(11_000);
  expect(hook.ids()).toEqual(['a-0-0']);
  await stream.commit(resolved);
  await clock.advance(0);

  expect(hook.ids()).toEqual(['a-0-0', 'a-0-2']);
});

test('a silence that is lifted early counts no more', async () => {
  const { clock, desk, hook, stream } = await begin();
  desk.all.push(silence({ untilMs: START_MS + 86_400_000 }));
  await stream.commit(opened);
  await clock.advance(20_000);

  desk.all.pop();
  await clock.advance(10_000);

  expect(hook.ids()).toEqual(['a-0-0']);
});

test('whoever was told of an alert is told of its end, silence or not, and of nothing in between', async () => {
  const { clock, desk, hook, stream } = await begin();
  await stream.commit(opened);
  await clock.advance(0);

  desk.all.push(silence({ untilMs: START_MS + 86_400_000 }));
  await stream.commit(updated);
  await clock.advance(60_000);
  expect(hook.ids()).toEqual(['a-0-0']);
  await stream.commit(resolved);
  await clock.advance(0);

  expect(hook.ids()).toEqual(['a-0-0', 'a-0-2']);
});

test('of an acknowledged alert no update is sent, and its end is', async () => {
  const { clock, store, desk, hook, stream } = await begin();
  await stream.commit(opened);
  await clock.advance(0);

  desk.acknowledge('a');
  await stream.commit(updated);
  await clock.advance(60_000);
  await stream.commit(resolved);
  await clock.advance(0);

  expect(hook.ids()).toEqual(['a-0-0', 'a-0-2']);
  expect((await store.deliveriesOf('a'))[1]).toMatchObject({
    state: 'silenced',
    lastError: 'acknowledged by sam',
  });
});

test('an acknowledgement that was taken back holds nothing', async () => {
  const { clock, desk, hook, stream } = await begin();
  desk.acknowledge('a');
  desk.acknowledge('a', 'unacknowledged');

  await stream.commit(opened, updated);
  await clock.advance(0);

  expect(hook.ids()).toEqual(['a-0-0', 'a-0-1']);
});

test('a silence of another source, kind or template holds nothing; one that matches in all does', async () => {
  const { clock, desk, hook, stream } = await begin();
  const explanation = {
    peakEndMs: START_MS,
    features: [{ feature: 'silence', value: 1, usualLow: 0, usualHigh: 0, amount: 1 }],
    templates: [
      {
        event: 'disappeared' as const,
        templateId: 't1',
        text: 'tick',
        service: 'api',
        severity: 'INFO',
        count: 0,
        usual: 3,
        example: '',
      },
    ],
  };
  const event = (alertId: string, source: string) =>
    alertEvent(alertId, 0, 'opened', { source, explanation });
  desk.all.push(
    silence({ match: { source: 'web' } }),
    silence({ match: { source: 'api', kind: 'errors' } }),
    silence({ match: { kind: 'silence', templateId: 't2' } }),
    silence({ match: {} }),
    silence({ match: { source: 'db', kind: 'silence', templateId: 't1' } }),
  );

  await stream.commit(event('a', 'api'), event('b', 'db'), event('c', 'web'));
  await clock.advance(0);

  expect(hook.ids()).toEqual(['a-0-0']);
});

test('who has an alert in hand hears no more of it than that it is for other reasons now, and its end', async () => {
  const { clock, desk, hook, stream } = await begin();
  await stream.commit(opened);
  await clock.advance(1000);
  desk.acknowledge('a');

  await stream.commit(alertEvent('a', 3, 'updated', { reason: 'more lines' }));
  await stream.commit(alertEvent('a', 4, 'updated', { reason: 'changed' }));
  await stream.commit(alertEvent('a', 5, 'resolved'));
  await clock.advance(1000);

  expect(hook.ids()).toEqual(['a-0-0', 'a-0-4', 'a-0-5']);
});
