// The contract of a results store's retention, as tests that any of them must pass.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FencedError, type ResultStore } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import { HOUR_MS, sweepAll, testSettings } from '../retention/sweep.testkit.js';
import { TEST_KEY, testCommit, testEvent, testWindow } from './result-store.testkit.js';

const { artifact } = TEST_KEY;
const HALF_MINUTE_MS = 30_000;

const windowAt = (source: string, startMs: number, score = 0.25) =>
  testWindow({ source, startMs, endMs: startMs + HALF_MINUTE_MS, score });
const memory = (source: string) => ({ source, windows: { of: source }, alertLife: null });

/** @param open a store that was never used before, each time another */
export function testRetention(name: string, open: () => ResultStore | Promise<ResultStore>): void {
  test(`${name}: law: what is younger stays as it was to the bit, and what is older goes`, async () => {
    const store = await open();
    let drawn = 0;
    const arbStart = fc.integer({ min: -400, max: 400 }).map((n) => n * HALF_MINUTE_MS);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(fc.constantFrom('api', 'db', 'ü\u0000\ud800'), arbStart), {
          selector: ([source, startMs]) => `${source} ${startMs}`,
          maxLength: 40,
        }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: -3, max: 3 }),
        async (keys, score, hours) => {
          const key: StreamKey = { ...TEST_KEY, artifact: { name: 'law', version: `v${drawn++}` } };
          const owner = await store.takeOver(key, ['log_count', 'error_count']);
          const sources = ['api', 'db', 'ü\u0000\ud800'];
          const rows = keys.map(([source, startMs]) => windowAt(source, startMs, score));
          await owner.commit(testCommit({ windows: rows, sources: sources.map(memory) }));
          const before = await store.windows({ artifact: key.artifact, stamps: true });
          const beforeMs = hours * HOUR_MS;

          // the second source is behind the others
          const cutoffs = sources.map((source, n) => [source, beforeMs - (n === 1 ? HOUR_MS : 0)] as const);
          await sweepAll(owner, testSettings(beforeMs), cutoffs);

          const cutoffOf = new Map(cutoffs);
          expect(await store.windows({ artifact: key.artifact, stamps: true })).toEqual(
            before.filter(({ source, startMs }) => startMs >= cutoffOf.get(source)!),
          );
          const { state } = await store.takeOver(key, []);
          expect(state.sources).toHaveLength(3);
        },
      ),
      { numRuns: 25 },
    );
    await store.close();
  });

  test(`${name}: an owner that was fenced deletes nothing`, async () => {
    const store = await open();
    const old = await store.takeOver(TEST_KEY, []);
    await old.commit(testCommit({ windows: [windowAt('api', 0)], sources: [memory('api')] }));
    await store.takeOver(TEST_KEY, []);

    const settings = testSettings(HOUR_MS);
    const piece = { of: 'windows', source: 'api', fromMs: 0, beforeMs: HOUR_MS } as const;

    await expect(old.beginSweep(settings)).rejects.toThrow(FencedError);
    await expect(old.prune(piece, 10, settings)).rejects.toThrow(FencedError);
    expect(await store.windows({ artifact })).toHaveLength(1);
    expect(await store.retained(artifact)).toBeUndefined();
    await store.close();
  });

  test(`${name}: windows of an open alert stay, and deliveries until all of an alert that is over are settled`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, []);
    const sinceMs = 10 * HOUR_MS;
    const opened = (alertId: string, source: string) =>
      testEvent({ alertId, eventId: `${alertId}-0`, source, sinceMs, untilMs: sinceMs + HALF_MINUTE_MS });
    const resolved = (alertId: string, source: string) =>
      ({ ...opened(alertId, source), type: 'resolved', eventId: `${alertId}-1` }) as const;
    const events = [
      opened('open', 'api'),
      opened('over', 'db'),
      resolved('over', 'db'),
      opened('stuck', 'web'),
      resolved('stuck', 'web'),
    ];
    const deliveries = events.map(({ alertId, eventId }) => ({
      eventId,
      alertId,
      sink: 'hook',
      state: 'waiting' as const,
    }));
    const sources = ['api', 'db', 'web'];
    await owner.commit(
      testCommit({
        alerts: events,
        deliveries,
        sources: sources.map(memory),
        windows: sources.flatMap((source) => [windowAt(source, 0), windowAt(source, sinceMs)]),
        commitTimeMs: 5,
      }),
    );
    await owner.noteOutcomes(
      deliveries
        .filter(({ eventId }) => eventId !== 'stuck-1')
        .map(({ eventId, sink }) => ({
          eventId,
          sink,
          attempts: 0,
          state: 'sent' as const,
          isSettled: true,
          nextAttemptMs: null,
          lastError: null,
          atMs: 6,
        })),
    );

    const beforeMs = 20 * HOUR_MS;
    const gone = await sweepAll(
      owner,
      testSettings(beforeMs),
      sources.map((source) => [source, beforeMs]),
    );

    expect(gone).toMatchObject({ windows: 5, deliveries: 2 });
    expect((await store.windows({ artifact })).map(({ source, startMs }) => [source, startMs])).toEqual([
      ['api', sinceMs],
    ]);
    expect(await store.deliveriesOf('over')).toEqual([]);
    expect(await store.deliveriesOf('stuck')).toHaveLength(2);
    expect(await store.deliveriesOf('open')).toHaveLength(1);
    expect(await store.alerts({ artifact })).toHaveLength(3);
    expect((await owner.openDeliveries('hook')).map(({ event }) => event.eventId)).toEqual(['stuck-1']);
    await store.close();
  });

  test(`${name}: dead letters go by when they were read, and it is told what went and from when windows are there`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, []);
    const letter = (sequence: number, ingestTimeMs: number) =>
      ({ reason: 'not-json', sequence, line: 1, raw: 'x', ingestTimeMs }) as const;
    await owner.commit(
      testCommit({
        deadLetters: [letter(0, 10), letter(1, HOUR_MS)],
        windows: [windowAt('api', 0), windowAt('api', HOUR_MS)],
        sources: [memory('api')],
      }),
    );
    expect(await store.retained(artifact)).toBeUndefined();

    await sweepAll(owner, testSettings(HOUR_MS), [['api', HOUR_MS]]);
    await sweepAll(owner, testSettings(0), [['api', 0]]);

    expect((await store.deadLetters(TEST_KEY)).map(({ sequence }) => sequence)).toEqual([1]);
    const { keepMs } = testSettings(0);
    expect(await store.retained(artifact)).toMatchObject({
      artifact,
      keepMs,
      beforeMs: HOUR_MS,
      pruned: { windows: 1, deadLetters: 1, evidence: 0, deliveries: 0 },
    });
    await store.close();
  });

  test(`${name}: of an artifact that another took the place of, windows go with their age, but for those of an alert that goes on`, async () => {
    const store = await open();
    const former: StreamKey = { ...TEST_KEY, artifact: { name: 'demo', version: 'former' } };
    const old = await store.takeOver(former, []);
    const windows = [0, 30 * HOUR_MS].flatMap((startMs) => [
      windowAt('api', startMs),
      windowAt('db', startMs),
    ]);
    const write = (role: 'champion' | 'retired') =>
      old.commit(
        testCommit({ windows, sources: [memory('api'), memory('db')], lane: { fromMs: null, role } }),
      );
    await write('champion');
    const owner = await store.takeOver(TEST_KEY, []);
    const goesOn = testEvent({ alertId: 'goes on', eventId: 'goes on-0', source: 'db', sinceMs: 0 });
    await owner.commit(testCommit({ alerts: [goesOn], sources: [memory('api'), memory('db')] }));
    const places = async () =>
      (await store.windows({ artifact: former.artifact })).map(({ source, startMs }) => [source, startMs]);

    await sweepAll(owner, testSettings(20 * HOUR_MS), []);
    expect(await places()).toHaveLength(4);
    await write('retired');
    const { left } = await owner.beginSweep(testSettings(20 * HOUR_MS));
    await sweepAll(owner, testSettings(20 * HOUR_MS), []);

    expect(left.map((lane) => [lane.artifact.version, lane.sources])).toEqual([['former', ['api', 'db']]]);
    expect(await places()).toEqual([
      ['api', 30 * HOUR_MS],
      ['db', 0],
      ['db', 30 * HOUR_MS],
    ]);
    // it came back meanwhile: the sweep that found it deletes nothing more of it
    await write('champion');
    const piece = { of: 'windows', source: 'api', fromMs: 0, beforeMs: 40 * HOUR_MS } as const;
    expect(await owner.prune(piece, 10, testSettings(40 * HOUR_MS), left[0])).toBe(0);
    await store.close();
  });

  test(`${name}: what nobody reads any more goes with the rest, and not once somebody came back`, async () => {
    const store = await open();
    const keyOf = (version: string, streamId = TEST_KEY.streamId): StreamKey => ({
      streamId,
      artifact: { name: 'demo', version },
    });
    const write = async (key: StreamKey, commitTimeMs: number) => {
      const owner = await store.takeOver(key, []);
      await owner.commit(
        testCommit({ windows: [windowAt('api', 0)], sources: [memory('api')], commitTimeMs }),
      );
      return owner;
    };
    const countOf = async (version: string) => (await store.windows(keyOf(version))).length;
    await write(keyOf('left'), 50);
    await write(keyOf('read elsewhere'), 150);
    const owner = await write(TEST_KEY, 200);
    const settings = testSettings(HOUR_MS, { leftSinceMs: 100, findsLeft: true });

    await sweepAll(owner, { ...settings, findsLeft: false }, []);
    expect(await countOf('left')).toBe(1);
    const { left } = await owner.beginSweep(settings);
    expect(left.map((lane) => [lane.artifact.version, lane.sources])).toEqual([['left', ['api']]]);
    await sweepAll(owner, settings, []);

    expect([await countOf('left'), await countOf('read elsewhere')]).toEqual([0, 1]);
    await write(keyOf('left'), 300);
    const piece = { of: 'windows', source: 'api', fromMs: 0, beforeMs: HOUR_MS } as const;
    expect(await owner.prune(piece, 10, settings, left[0])).toBe(0);
    expect(await countOf('left')).toBe(1);
    await store.close();
  });
}
