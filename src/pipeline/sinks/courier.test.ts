import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { alertEvent, createFakeSink, createScene } from './courier.testkit.js';
import { SinkError } from './sink.js';

const opened = alertEvent('a', 0);
const updated = alertEvent('a', 1);
const resolved = alertEvent('a', 2, 'resolved');

const away = (): never => {
  throw new SinkError('connect ECONNREFUSED');
};

test('each event goes to every sink once, in order', async () => {
  const { clock, store, ...scene } = createScene();
  const [hook, mail] = [createFakeSink('hook', clock), createFakeSink('mail', clock)];
  const stream = await scene.own(scene.process([hook, mail]));

  await stream.commit(opened, alertEvent('b', 0));
  await clock.advance(0);
  await stream.commit(updated, resolved);
  await clock.advance(0);

  expect(hook.ids()).toEqual(['a-0-0', 'b-0-0', 'a-0-1', 'a-0-2']);
  expect(mail.ids()).toEqual(hook.ids());
  expect(stream.waiting()).toBe(0);
  expect((await store.deliveriesOf('a')).every(({ state }) => state === 'sent')).toBe(true);
});

test('a sink that is away delays its own alerts only, and gets them all when it is back', async () => {
  const { clock, store, ...scene } = createScene();
  let isAway = true;
  const hook = createFakeSink('hook', clock, () => (isAway ? away() : undefined));
  const mail = createFakeSink('mail', clock);
  const stream = await scene.own(scene.process([hook, mail]));

  const startMs = clock.nowMs();
  await stream.commit(opened, updated);
  await clock.advance(3_600_000);
  expect(mail.taken.map(({ atMs }) => atMs - startMs)).toEqual([0, 0]);
  expect(hook.ids()).toEqual([]);
  expect(await store.sinkSummaries()).toMatchObject([
    { sink: 'hook', waiting: 2, lastError: 'connect ECONNREFUSED' },
    { sink: 'mail', waiting: 0 },
  ]);
  // one probe at a time, more and more seldom: every five minutes in the end
  expect(hook.attempts()).toBeLessThan(40);
  isAway = false;
  await stream.commit(resolved);
  await clock.advance(300_000);

  expect(hook.ids()).toEqual(['a-0-0', 'a-0-1', 'a-0-2']);
  expect(mail.ids()).toEqual(hook.ids());
  expect(scene.warnings).toEqual([
    'sink hook takes no alerts (connect ECONNREFUSED): they are kept, and tried again with more and more patience',
    'sink hook takes alerts again',
  ]);
});

test('a sink that never answers is left after its time', async () => {
  const { clock, ...scene } = createScene();
  const aborted: boolean[] = [];
  const hook = createFakeSink('hook', clock, async (_, n, signal) => {
    if (n > 0) return;
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
    aborted.push(true);
    throw new Error('aborted');
  });
  const stream = await scene.own(scene.process([hook]));

  await stream.commit(opened);
  await clock.advance(10_099);
  expect(aborted).toEqual([]);
  await clock.advance(2001);

  expect(aborted).toEqual([true]);
  expect(hook.ids()).toEqual(['a-0-0']);
  expect(scene.warnings[0]).toMatch(/no answer within 10 s/);
});

test('a sink that asks for patience gets it', async () => {
  const { clock, ...scene } = createScene();
  const hook = createFakeSink('hook', clock, (_, n) => {
    if (n === 0) throw new SinkError('HTTP 429', { retryAfterMs: 60_000 });
  });
  const stream = await scene.own(scene.process([hook]));

  await stream.commit(opened);
  await clock.advance(59_999);
  expect(hook.attempts()).toBe(1);
  await clock.advance(1);

  expect(hook.ids()).toEqual(['a-0-0']);
});

test('a message that is refused as such is given up after five attempts, and holds up no other alert', async () => {
  const { clock, store, ...scene } = createScene();
  const hook = createFakeSink('hook', clock, ({ event }) => {
    if (event.eventId === 'a-0-0') throw new SinkError('HTTP 400: bad', { isAboutMessage: true });
  });
  const stream = await scene.own(scene.process([hook]));

  await stream.commit(opened, resolved, alertEvent('b', 0));
  await clock.advance(0);
  expect(hook.ids()).toEqual(['b-0-0']);
  await clock.advance(60_000);

  expect(await store.deliveriesOf('a')).toMatchObject([
    { eventId: 'a-0-0', state: 'given-up', attempts: 5, lastError: 'HTTP 400: bad' },
    // whoever was not told of the alert is not told of its end
    { eventId: 'a-0-2', state: 'history', attempts: 0 },
  ]);
  expect(scene.warnings).toEqual([
    'sink hook refused alert a-0-0 5 times and is not asked again: HTTP 400: bad',
  ]);
});

test('killed between sending and keeping that it was sent: the next process sends the same id again', async () => {
  const { clock, ...scene } = createScene();
  const hook = createFakeSink('hook', clock);
  const first = await scene.own(scene.process([hook]));
  first.owner.noteOutcomes = () => new Promise(() => {});
  await first.commit(opened);
  await clock.advance(0);
  expect(hook.ids()).toEqual(['a-0-0']);

  const second = await scene.own(scene.process([hook]));
  await clock.advance(10_999);
  // who began the attempt could still be at it
  expect(hook.ids()).toEqual(['a-0-0']);
  await clock.advance(1);

  expect(hook.ids()).toEqual(['a-0-0', 'a-0-0']);
  expect((await second.owner.openDeliveries('hook')).length).toBe(0);
});

test('a former owner begins nothing, and ends what it began; the new one goes on without doubling it', async () => {
  const { clock, ...scene } = createScene();
  let release = (): void => {};
  const slow = createFakeSink(
    'hook',
    clock,
    () =>
      new Promise((resolve) => {
        release = resolve;
      }),
  );
  const quick = createFakeSink('hook', clock);
  const old = await scene.own(scene.process([slow]));
  await old.commit(opened, updated);
  await clock.advance(0);
  await scene.own(scene.process([quick]));
  await clock.advance(1000);

  release();
  await clock.advance(60_000);

  expect(slow.ids()).toEqual(['a-0-0']);
  expect(quick.ids()).toEqual(['a-0-1']);
});

test('what was over long before it was committed is not sent, unless it fires to this day', async () => {
  const { clock, store, ...scene } = createScene();
  const hook = createFakeSink('hook', clock);
  let isLive = false;
  const stream = await scene.own(scene.process([hook]), () => isLive);
  await clock.advance(600_001);

  await stream.commit(opened, alertEvent('b', 0), alertEvent('b', 1, 'resolved'));
  await clock.advance(60_000);
  expect(hook.ids()).toEqual([]);
  isLive = true;
  await clock.advance(10_000);

  expect(hook.ids()).toEqual(['a-0-0']);
  expect((await store.deliveriesOf('b')).map(({ state }) => state)).toEqual(['history', 'history']);
  expect(stream.waiting()).toBe(0);
});

test('history is sent where that is wanted', async () => {
  const { clock, ...scene } = createScene();
  const hook = createFakeSink('hook', clock);
  const stream = await scene.own(scene.process([hook], { notifyHistory: true }));
  await clock.advance(700_000);

  await stream.commit(opened, resolved);
  await clock.advance(0);

  expect(hook.ids()).toEqual(['a-0-0', 'a-0-2']);
});

test('a receiver that forgets is told again what fires, and no more once it is over', async () => {
  const { clock, ...scene } = createScene();
  const manager = createFakeSink('manager', clock, undefined, { repeatEveryMs: 60_000 });
  const stream = await scene.own(scene.process([manager]));
  await stream.commit(opened);
  await clock.advance(30_000);
  await stream.commit(updated);
  await clock.advance(100_000);
  expect(manager.ids()).toEqual(['a-0-0', 'a-0-1', 'a-0-1', 'a-0-1']);
  await stream.commit(resolved);
  await clock.advance(600_000);

  expect(manager.ids().slice(4)).toEqual(['a-0-2']);
});

test('at the end what can be sent is sent; what hangs is broken off within five seconds and sent by the next', async () => {
  const { clock, ...scene } = createScene();
  const [quick, stuck] = [
    createFakeSink('quick', clock),
    createFakeSink('stuck', clock, () => new Promise(() => {})),
  ];
  const courier = scene.process([quick, stuck]);
  const stream = await scene.own(courier);
  await stream.commit(opened, updated);
  const startMs = clock.nowMs();
  let releasedAtMs: number | undefined;
  void stream.release().then(() => {
    releasedAtMs = clock.nowMs();
    return undefined;
  });
  await clock.advance(6000);
  await courier.stop();

  expect(quick.ids()).toEqual(['a-0-0', 'a-0-1']);
  expect(releasedAtMs! - startMs).toBeLessThanOrEqual(5020);
  const back = createFakeSink('stuck', clock);
  await scene.own(scene.process([back]));
  await clock.advance(0);
  expect(back.ids()).toEqual(['a-0-0', 'a-0-1']);
});

test('a store that fails for a moment is asked again', async () => {
  const { clock, ...scene } = createScene();
  const hook = createFakeSink('hook', clock);
  const stream = await scene.own(scene.process([hook]));
  let isFailing = true;
  const healthy = { ...stream.owner };
  stream.owner.openDeliveries = async (sink) => {
    if (isFailing) throw new Error('disk I/O error');
    return healthy.openDeliveries(sink);
  };
  await stream.commit(opened);
  await clock.advance(0);
  isFailing = false;
  await clock.advance(10_000);

  expect(hook.ids()).toEqual(['a-0-0']);
  expect(scene.warnings).toEqual([
    'what waits for sink hook cannot be looked at (disk I/O error): trying again in 10 s',
  ]);
});

test('law: whatever fails and dies, each event arrives, in the order of its alert, and twice only after a death', async () => {
  const arbStep = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('commit'), alert: fc.nat(2), n: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('fail'), alert: fc.nat(2), n: fc.nat(4) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('die'), alert: fc.nat(2), n: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), alert: fc.nat(2), n: fc.nat(20) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(arbStep, { minLength: 1, maxLength: 14 }), async (steps) => {
      const { clock, ...scene } = createScene();
      let failures = 0;
      const hook = createFakeSink('hook', clock, () => {
        if (failures-- > 0) away();
      });
      const committed: string[][] = [[], [], []];
      let deaths = 0;
      let stream = await scene.own(scene.process([hook]));
      for (const step of steps) {
        if (step.do === 'commit') {
          const ids = committed[step.alert]!;
          const events = Array.from({ length: step.n + 1 }, (_, i) =>
            alertEvent(`alert${step.alert}`, ids.length + i),
          );
          ids.push(...events.map(({ eventId }) => eventId));
          await stream.commit(...events);
        } else if (step.do === 'fail') failures = step.n;
        else if (step.do === 'wait') await clock.advance(step.n * 1000);
        else {
          deaths++;
          // nothing that it begins or learns from here on reaches the store
          stream.owner.noteOutcomes = () => new Promise(() => {});
          stream = await scene.own(scene.process([hook]));
        }
      }
      failures = 0;
      await clock.advance(600_000);

      for (const [alert, ids] of committed.entries()) {
        const got = hook.ids().filter((id) => id.startsWith(`alert${alert}-`));
        expect([...new Set(got)]).toEqual(ids);
        expect(got.length - ids.length).toBeLessThanOrEqual(deaths);
      }
    }),
    { numRuns: 60 },
  );
});
