// What any results store does with a source that goes from one stream to another, as tests that each of them must pass.
import { expect, test } from 'vitest';
import { FencedError, type ResultStore } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import type { SourceWish } from '../partitions/source-wish.js';
import { testCommit, testEvent } from './result-store.testkit.js';

const artifact = { name: 'demo', version: 'v1' };
const shadow = { name: 'demo', version: 'v2' };
const OLD: StreamKey = { streamId: 'kafka:logs/0', artifact };
const NEW: StreamKey = { streamId: 'kafka:logs/3', artifact };
const readers = [artifact];
const API = 'api \u0000';
const memory = (source: string, windows: unknown = { hop: 1 }) => ({
  source,
  windows,
  alertLife: { open: null },
});
const wish = (changes: Partial<SourceWish> = {}): SourceWish => ({
  source: API,
  from: OLD.streamId,
  to: NEW.streamId,
  appendTimeMs: 5,
  readers,
  ...changes,
});

/** @param open a store that was never used before, each time another */
export function testSourceWishes(name: string, open: () => ResultStore | Promise<ResultStore>): void {
  test(`${name}: a source goes with its memory, its alerts and what is to be told of them, and the wish with it`, async () => {
    const store = await open();
    const old = await store.takeOver(OLD, []);
    const opened = testEvent({ source: API });
    const closed = testEvent({ source: API, alertId: 'b1', eventId: 'b1-0', type: 'resolved' });
    const other = testEvent({ source: 'db', alertId: 'c1', eventId: 'c1-0' });
    await old.commit(
      testCommit({ sources: [memory(API, { hop: 7 }), memory('db')], alerts: [opened, closed, other] }),
    );
    await store.takeOver(NEW, []);
    await store.wishForSources([wish(), wish({ source: 'db', from: 'kafka:logs/1' })]);

    await store.giveSources({
      parts: [{ key: OLD, epoch: old.epoch }],
      to: NEW.streamId,
      sources: [API],
      readers,
    });

    const taker = await store.takeOver(NEW, []);
    expect(taker.state).toMatchObject({ position: undefined, sources: [memory(API, { hop: 7 })] });
    // one that is over may be taken up again by a correction
    expect(await taker.unsentAlerts()).toEqual([opened, closed]);
    expect((await store.takeOver(OLD, [])).state.sources).toEqual([memory('db')]);
    expect((await old.unsentAlerts()).map(({ eventId }) => eventId)).toEqual(['c1-0']);
    await taker.commit(testCommit({ alerts: [{ ...opened, type: 'resolved', eventId: 'a1-1' }] }));
    const alerts = await store.alerts({ artifact });
    const states = alerts.map(({ alertId, isOpen }) => `${alertId} ${isOpen ? 'open' : 'closed'}`);
    expect(states.sort()).toEqual(['a1 closed', 'b1 closed', 'c1 open']);
    expect(await store.sourceWishes()).toEqual([wish({ source: 'db', from: 'kafka:logs/1' })]);
    await store.close();
  });

  test(`${name}: who was fenced gives nothing, of none of its artifacts`, async () => {
    const store = await open();
    const old = await store.takeOver(OLD, []);
    const oldShadow = await store.takeOver({ ...OLD, artifact: shadow }, []);
    await old.commit(testCommit({ sources: [memory(API)] }));
    await store.takeOver(NEW, []);
    await store.wishForSources([wish()]);
    await store.takeOver({ ...OLD, artifact: shadow }, []);

    const late = store.giveSources({
      parts: [
        { key: OLD, epoch: old.epoch },
        { key: { ...OLD, artifact: shadow }, epoch: oldShadow.epoch },
      ],
      to: NEW.streamId,
      sources: [API],
      readers,
    });

    await expect(late).rejects.toThrow(FencedError);
    expect(await store.sourceHomes(artifact, [API])).toEqual([{ source: API, streamIds: [OLD.streamId] }]);
    expect(await store.sourceWishes()).toEqual([wish()]);
    await store.close();
  });

  test(`${name}: what the other stream has no artifact for is forgotten, not left behind`, async () => {
    const store = await open();
    const old = await store.takeOver({ ...OLD, artifact: shadow }, []);
    await old.commit(testCommit({ sources: [memory(API)] }));

    await store.wishForSources([wish()]);
    const parts = [{ key: { ...OLD, artifact: shadow }, epoch: old.epoch }];
    await store.giveSources({ parts, to: NEW.streamId, sources: [API], readers });

    expect(await store.sourceHomes(shadow, [API])).toEqual([]);
    await store.close();
  });

  test(`${name}: what was taken back meanwhile is not given`, async () => {
    const store = await open();
    const old = await store.takeOver(OLD, []);
    await old.commit(testCommit({ sources: [memory(API), memory('db')] }));
    await store.takeOver(NEW, []);
    await store.wishForSources([wish(), wish({ source: 'db' })]);
    await store.withdrawWishes({ to: NEW.streamId, sources: [API], readers });

    const parts = [{ key: OLD, epoch: old.epoch }];
    await store.giveSources({ parts, to: NEW.streamId, sources: [API, 'db'], readers });

    expect(await store.sourceHomes(artifact, [API, 'db'])).toEqual([
      { source: API, streamIds: [OLD.streamId] },
      { source: 'db', streamIds: [NEW.streamId] },
    ]);
    expect(await store.sourceWishes()).toEqual([]);
    await store.close();
  });

  test(`${name}: an alert goes with its source, though the artifact that opened it never read the other stream`, async () => {
    const store = await open();
    const former = { ...OLD, artifact: shadow };
    const home = await store.takeOver(former, ['log_count']);
    const opened = testEvent({ source: API });
    const other = testEvent({ source: 'db', alertId: 'c1', eventId: 'c1-0' });
    await home.commit(
      testCommit({ alerts: [opened, other], lane: { fromMs: null, role: 'retired', hasAlerts: true } }),
    );
    const old = await store.takeOver(OLD, []);
    await old.commit(testCommit({ sources: [memory(API)] }));
    await (await store.takeOver(NEW, [])).commit(testCommit({}));
    const parts = [
      { key: OLD, epoch: old.epoch },
      { key: former, epoch: home.epoch },
    ];

    await store.wishForSources([wish()]);
    await store.giveSources({ parts, to: NEW.streamId, sources: [API], readers });

    const there = { streamId: NEW.streamId, artifact: shadow };
    const note = { fromMs: null, role: 'retired', hasAlerts: true } as const;
    expect(await store.lanes()).toContainEqual({ ...there, lane: note });
    const taker = await store.takeOver(there, []);
    expect(taker.state).toMatchObject({ position: undefined, counts: undefined, lane: note });
    expect(await taker.unsentAlerts()).toEqual([opened]);
    await taker.commit(testCommit({ alerts: [{ ...opened, type: 'resolved', eventId: 'a1-1' }] }));
    const alerts = await store.alerts({ artifact: shadow });
    const states = alerts.map(({ alertId, isOpen }) => `${alertId} ${isOpen ? 'open' : 'closed'}`);
    expect(states.sort()).toEqual(['a1 closed', 'c1 open']);
    expect((await home.unsentAlerts()).map(({ eventId }) => eventId)).toEqual(['c1-0']);
    await store.close();
  });

  test(`${name}: who had its time on the other stream, too, is opened there again for the alerts that come`, async () => {
    const store = await open();
    const lane = { fromMs: 7, role: 'retired' } as const;
    const former = { ...OLD, artifact: shadow };
    const home = await store.takeOver(former, []);
    await home.commit(testCommit({ alerts: [testEvent({ source: API })], lane }));
    const there = { streamId: NEW.streamId, artifact: shadow };
    await (await store.takeOver(there, [])).commit(testCommit({ lane }));
    const give = (source: string): Promise<void> =>
      store.giveSources({
        parts: [{ key: former, epoch: home.epoch }],
        to: NEW.streamId,
        sources: [source],
        readers,
      });

    await store.wishForSources([wish(), wish({ source: 'no alert' })]);
    await give('no alert');
    expect((await store.takeOver(there, [])).state.lane).toEqual(lane);
    await give(API);

    expect((await store.takeOver(there, [])).state.lane).toEqual({ ...lane, hasAlerts: true });
    await store.close();
  });

  test(`${name}: who has alerts on a stream and read nothing of it stands nowhere`, async () => {
    const store = await open();
    const taken = await store.takeOver(NEW, []);
    await taken.commit(testCommit({ position: null }));

    expect((await store.takeOver(NEW, [])).state.position).toBeUndefined();
    expect(await store.streamPositions(artifact)).toEqual([]);
    await store.close();
  });

  test(`${name}: a wish is there once for whoever asks and with whatever artifacts, until it is taken back`, async () => {
    const store = await open();
    const both = [shadow, artifact];
    await store.wishForSources([wish(), wish({ readers: both }), wish({ appendTimeMs: 9 })]);
    await store.wishForSources([]);
    expect(await store.sourceWishes()).toHaveLength(2);

    await store.withdrawWishes({ to: NEW.streamId, sources: [API, 'db'], readers: [artifact, shadow] });

    expect(await store.sourceWishes()).toEqual([wish({ appendTimeMs: 9 })]);
    await store.close();
  });

  test(`${name}: it is told which streams remember a source, and how far each has read`, async () => {
    const store = await open();
    const old = await store.takeOver(OLD, []);
    const taker = await store.takeOver(NEW, []);
    await store.takeOver({ ...OLD, streamId: 'kafka:logs/9' }, []);
    await (
      await store.takeOver({ ...OLD, artifact: shadow }, [])
    ).commit(testCommit({ sources: [memory('db')] }));
    await old.commit(testCommit({ position: { offset: 3 }, sources: [memory(API), memory('db')] }));
    await taker.commit(testCommit({ position: { offset: 4 }, sources: [memory(API), memory('web')] }));
    const shared = { source: API, streamIds: [OLD.streamId, NEW.streamId] };

    expect(await store.sharedSources(artifact)).toEqual([shared]);
    expect(await store.sourceHomes(artifact, ['db', API, 'none'])).toEqual([
      shared,
      { source: 'db', streamIds: [OLD.streamId] },
    ]);
    expect(await store.streamPositions(artifact)).toEqual([
      { streamId: OLD.streamId, position: { offset: 3 } },
      { streamId: NEW.streamId, position: { offset: 4 } },
    ]);
    expect(await store.sharedSources({ name: 'never', version: 'v1' })).toEqual([]);
    await store.close();
  });
}
