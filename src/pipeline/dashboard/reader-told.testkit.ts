// What a reader keeps that is told from beside the stream: heartbeats of consumers, markers and labels.
import { expect } from 'vitest';
import { HOSTILE_TEXT } from '../desk/desk.testkit.js';
import { addPacked } from '../latency/packed-histogram.js';
import { TEST_KEY } from '../store/result-store.testkit.js';
import { ALWAYS, HOUR_MS, type WithStore } from './reader-store.testkit.js';
import type { Heartbeat, StoredLabel } from './reader.js';

const { artifact } = TEST_KEY;

const beatOf = (changes: Partial<Heartbeat> = {}): Heartbeat => ({
  consumerId: 'c1',
  atMs: 600_000.5,
  startedMs: 1000,
  state: 'running',
  streams: ['file:/a.log'],
  artifact,
  read: 10,
  scored: 9,
  late: 1,
  setAside: 0,
  lag: null,
  watermarkMs: 599_000,
  residentBytes: 1,
  stages: { commitToStored: { p50: 1, p95: 2, p99: 3, count: 4 } },
  broker: null,
  sources: { api: 599_000 },
  ...changes,
});

const labelOf = (changes: Partial<StoredLabel> = {}): StoredLabel => ({
  id: 'l1',
  kind: 'error-spike',
  startMs: 100,
  endMs: 200,
  onsetMs: 110,
  services: ['api'],
  rootService: 'api',
  strength: 0.5,
  isCanary: false,
  ...changes,
});

export function testTold(withStore: WithStore): void {
  withStore(
    'of each consumer the newest beat and the last one of each minute are kept',
    async ({ reader }) => {
      const beats = [0, 10_000, 65_000, 120_000].map((afterMs) => beatOf({ atMs: 600_000.5 + afterMs }));
      for (const beat of beats) await reader.beat(beat);
      const other = beatOf({ consumerId: HOSTILE_TEXT, atMs: 615_000, state: 'ended' });
      await reader.beat(other);
      const thin = (beat: Heartbeat): Heartbeat => ({ ...beat, sources: {} });

      expect(await reader.heartbeats(ALWAYS)).toEqual([beats[1]!, other, beats[2]!, beats[3]!].map(thin));
      expect(await reader.heartbeats({ fromMs: 615_000, toMs: 720_000.5 })).toEqual([
        thin(other),
        thin(beats[2]!),
      ]);
      expect(await reader.heartbeats(ALWAYS, HOUR_MS)).toEqual([thin(other), thin(beats[3]!)]);
      expect(await reader.lastHeartbeats(0)).toEqual([beats[3], other]);
      expect(await reader.lastHeartbeats(616_000)).toEqual([beats[3]]);
    },
  );

  withStore(
    'durations of every beat are in the spans, also of those that are not kept',
    async ({ reader }) => {
      const startMs = 100 * HOUR_MS;
      // bucket 160 is 1 ms, bucket 320 is 1 s
      const beats = Array.from({ length: 120 }, (_, n) =>
        beatOf({
          consumerId: n % 2 === 0 ? 'c1' : 'c2',
          atMs: startMs + n * 10_000,
          added: { commitToStored: n === 60 ? [320, 5] : [160, 1] },
        }),
      );
      for (const beat of beats) await reader.beat(beat);

      const always = { fromMs: startMs, toMs: startMs + 2 * HOUR_MS };
      const tenMinutes = await reader.stageSpans(always, HOUR_MS);
      expect(tenMinutes.map(({ fromMs, stages }) => [fromMs - startMs, stages['commitToStored']])).toEqual([
        [0, [160, 30]],
        [0, [160, 30]],
        [600_000, expect.arrayContaining([160])],
        [600_000, expect.arrayContaining([160])],
      ]);
      const [one, other] = await reader.stageSpans(always, 10 * HOUR_MS);
      expect(addPacked(one!.stages['commitToStored']!, other!.stages['commitToStored']!)).toEqual([
        160, 119, 320, 5,
      ]);
      expect(await reader.stageSpans(always, 60_000)).toEqual([]);
      expect((await reader.heartbeats(always))[0]).not.toHaveProperty('added');

      await reader.beat(beatOf({ atMs: startMs + 40 * 24 * HOUR_MS, added: { commitToStored: [160, 1] } }));
      expect(await reader.stageSpans(always, 10 * HOUR_MS)).toEqual([]);
    },
  );

  withStore('beats older than thirty days go away', async ({ reader }) => {
    const dayMs = 24 * HOUR_MS;
    await reader.beat(beatOf({ consumerId: 'gone', atMs: dayMs }));
    await reader.beat(beatOf({ atMs: 10 * dayMs }));

    await reader.beat(beatOf({ atMs: 32 * dayMs }));

    expect((await reader.heartbeats(ALWAYS)).map(({ atMs }) => atMs)).toEqual([10 * dayMs, 32 * dayMs]);
    expect((await reader.lastHeartbeats(0)).map(({ consumerId }) => consumerId)).toEqual(['c1']);
  });

  withStore('law: of consumers that come and go each part has the last beats', async ({ reader }) => {
    const minuteMs = 60_000;
    // c1 is always there, c2 ends in the middle of a part, c3 begins in one, c4 was away meanwhile
    const [firstOf, lastOf] = [
      { c1: 100, c2: 100, c3: 217, c4: 100 },
      { c1: 400, c2: 188, c3: 400, c4: 400 },
    ];
    const beats = (['c1', 'c2', 'c3', 'c4'] as const).flatMap((consumerId) =>
      Array.from({ length: lastOf[consumerId] - firstOf[consumerId] + 1 }, (_, n) => firstOf[consumerId] + n)
        .filter((minute) => minute % 9 === 0 && (consumerId !== 'c4' || minute < 120 || minute > 290))
        .map((minute) =>
          beatOf({
            consumerId,
            startedMs: firstOf[consumerId] * minuteMs,
            atMs: minute * minuteMs,
            read: minute,
            sources: {},
          }),
        ),
    );
    for (const beat of beats) await reader.beat(beat);

    for (const everyMinutes of [2, 7, 30, 60])
      for (const [from, to] of [
        [-1000, 1000],
        [110, 391],
        [150, 230],
        [189, 190],
        [401, 500],
      ] as const) {
        const last = new Map<string, Heartbeat>();
        for (const beat of beats) {
          const minute = beat.atMs / minuteMs;
          if (minute >= from && minute < to)
            last.set(`${Math.floor(minute / everyMinutes)} ${beat.consumerId}`, beat);
        }
        const read = await reader.heartbeats(
          { fromMs: from * minuteMs, toMs: to * minuteMs },
          everyMinutes * minuteMs,
        );
        expect(new Set(read)).toEqual(new Set(last.values()));
        expect(read).toHaveLength(last.size);
      }
  });

  withStore('markers and labels are told once and read by time', async ({ reader }) => {
    const deploy = { atMs: 100.5, text: HOSTILE_TEXT.repeat(50), source: 'api' };
    await reader.addMarker(deploy);
    await reader.addMarker(deploy);
    await reader.addMarker({ atMs: 200, text: 'another' });
    await reader.addLabels([labelOf(), labelOf({ id: HOSTILE_TEXT, startMs: 50, endMs: 90 })]);
    await reader.addLabels([labelOf({ endMs: 300 })]);

    expect(await reader.markers(ALWAYS)).toEqual([deploy, { atMs: 200, text: 'another' }]);
    expect(await reader.markers({ fromMs: 0, toMs: 200 })).toEqual([deploy]);
    expect((await reader.labels(ALWAYS)).map(({ id }) => id)).toEqual([HOSTILE_TEXT, 'l1']);
    expect(await reader.labels({ fromMs: 250, toMs: 300 })).toEqual([labelOf({ endMs: 300 })]);
  });
}
