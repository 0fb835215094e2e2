// The contract of what the dashboard reads, as tests that both databases must pass: a store is filled through its own port
// by a writer, and read beside it.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertEvent } from '../../core/alert-life.js';
import { HOSTILE_TEXT } from '../desk/desk.testkit.js';
import type { Desk } from '../desk/desk.js';
import { MOST_NEW_OF_SOURCE, OTHER_TEMPLATES, type TemplateTally } from '../consume/template-tally.js';
import { FencedError, type ResultStore, type StoredWindow } from '../ports.js';
import { TEST_KEY, testCommit, testWindow } from '../store/result-store.testkit.js';
import type { DashboardReader, Heartbeat, LaneBucket, StoredLabel } from './reader.js';

const { artifact } = TEST_KEY;
const HOUR_MS = 3_600_000;
const WINDOW_MS = 30_000;
const ALWAYS = { fromMs: -(2 ** 50), toMs: 2 ** 50 };

/** Three of one empty store, side by side. */
export interface OpenedStore {
  readonly store: ResultStore;
  readonly reader: DashboardReader;
  readonly desk: Desk;
}

const windowAt = (source: string, startMs: number, changes: Partial<StoredWindow> = {}): StoredWindow =>
  testWindow({ source, startMs, endMs: startMs + WINDOW_MS, score: 0.1, ...changes });

const eventOf = (changes: Partial<AlertEvent> = {}): AlertEvent => ({
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

const tallyOf = (changes: Partial<TemplateTally> = {}): TemplateTally => ({
  source: 'api',
  templateId: 't1',
  isNew: false,
  text: 'GET <*>',
  example: 'GET /a',
  firstMs: 1000,
  lastMs: 2000,
  hours: new Map([[0, 2]]),
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

/** @param open of a store that holds nothing yet */
export function testReader(name: string, open: () => Promise<OpenedStore>): void {
  const withStore = (sentence: string, run: (opened: OpenedStore) => Promise<void>): void =>
    test(`${name}: ${sentence}`, async () => {
      expect.hasAssertions();
      const opened = await open();
      await run(opened);
      for (const each of [opened.store, opened.reader, opened.desk]) await each.close();
    });

  withStore('an empty store answers every question with nothing', async ({ reader }) => {
    expect(await reader.swimlane(artifact, { fromMs: 0, toMs: 10 * HOUR_MS }, HOUR_MS)).toEqual([]);
    expect(await reader.alerts(ALWAYS)).toEqual([]);
    expect(await reader.alert('a1')).toBeUndefined();
    expect(await reader.eventsOf('a1')).toEqual([]);
    expect(await reader.watermarkMs(artifact)).toBeUndefined();
    expect(await reader.sources(artifact)).toEqual([]);
    expect(await reader.templateCounts(artifact, { fromMs: 0, toMs: HOUR_MS }, HOUR_MS)).toEqual([]);
    expect(await reader.templates(artifact)).toEqual([]);
    expect(await reader.heartbeats(ALWAYS)).toEqual([]);
    expect(await reader.lastHeartbeats(0)).toEqual([]);
    expect(await reader.markers(ALWAYS)).toEqual([]);
    expect(await reader.labels(ALWAYS)).toEqual([]);
    expect(await reader.bytes()).toBeGreaterThan(0);
    const cursor = await reader.cursor();
    expect(await reader.changesSince(cursor)).toMatchObject({ events: [], windows: undefined });
  });

  withStore('law: lanes are the sums of the windows, however they came', async ({ store, reader }) => {
    let version = 0;
    const arbRow = fc.record({
      source: fc.constantFrom('api', 'web', HOSTILE_TEXT),
      slot: fc.integer({ min: -250, max: 250 }),
      revision: fc.constantFrom(0, 0, 0, 1, 2),
      score: fc.integer({ min: 0, max: 100 }),
      records: fc.nat(50),
    });
    const arbRange = fc.record({
      from: fc.integer({ min: -260, max: 200 }),
      length: fc.integer({ min: 1, max: 400 }),
      bucket: fc.constantFrom(1, 7, 120, 240),
      isAligned: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(arbRow, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }),
        arbRange,
        async (commits, { from, length, bucket, isAligned }) => {
          const key = { ...TEST_KEY, artifact: { name: 'law', version: `v${version++}` } };
          const owner = await store.takeOver(key, []);
          for (const rows of commits)
            await owner.commit(
              testCommit({
                windows: rows.map(({ source, slot, score, ...row }) =>
                  windowAt(source, slot * WINDOW_MS, { ...row, score: score / 100, alert: score >= 90 }),
                ),
              }),
            );
          const fromMs = isAligned ? Math.floor(from / 120) * HOUR_MS : from * WINDOW_MS;
          const range = { fromMs, toMs: fromMs + length * WINDOW_MS };
          const stored = (await store.windows({ artifact: key.artifact })).filter(
            ({ startMs }) => startMs >= range.fromMs && startMs < range.toMs,
          );

          const lanes = await reader.swimlane(key.artifact, range, bucket * WINDOW_MS);

          expect(byBucket(lanes)).toEqual(byBucket(lanesOf(stored, fromMs, bucket * WINDOW_MS)));
          for (const atLeast of [0, 0.5]) {
            const scores: unknown[] = [];
            for await (const part of reader.scores(key.artifact, range, atLeast)) scores.push(...part);
            expect(new Set(scores)).toEqual(
              new Set(
                stored
                  .filter(({ score }) => score >= atLeast)
                  .map(({ source, startMs, score }) => ({ source, startMs, score })),
              ),
            );
          }
          expect(new Set(await reader.sources(key.artifact))).toEqual(
            new Set(commits.flat().map(({ source }) => source)),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  withStore('lanes come by source and bucket, the watermark is the last end', async ({ store, reader }) => {
    const owner = await store.takeOver(TEST_KEY, []);
    const starts = [0, 90 * 60_000, 130 * 60_000];
    await owner.commit(
      testCommit({ windows: ['web', 'api'].flatMap((source) => starts.map((at) => windowAt(source, at))) }),
    );

    const lanes = await reader.swimlane(artifact, { fromMs: 0, toMs: 2.5 * HOUR_MS }, HOUR_MS);

    expect(lanes.map(({ source, bucket }) => `${source} ${bucket}`)).toEqual([
      'api 0',
      'api 1',
      'api 2',
      'web 0',
      'web 1',
      'web 2',
    ]);
    expect(await reader.watermarkMs(artifact)).toBe(130 * 60_000 + WINDOW_MS);
    expect(await reader.sources(artifact)).toEqual(['api', 'web']);
  });

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

  withStore(
    'law: template counts are the sums of what was committed, by any buckets',
    async ({ store, reader }) => {
      let version = 0;
      const arbTally = fc.record({
        source: fc.constantFrom('api', HOSTILE_TEXT),
        templateId: fc.constantFrom('t1', 't2', 't3'),
        hours: fc.array(fc.tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: 1, max: 99 })), {
          minLength: 1,
          maxLength: 4,
        }),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(arbTally, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
          fc.oneof(fc.integer({ min: -70, max: 60 }), fc.constantFrom(-72, -48, -24, 0)),
          fc.integer({ min: 1, max: 130 }),
          fc.constantFrom(1, 5, 24, 30, 48, 130),
          async (commits, fromHour, hours, bucketHours) => {
            const key = { ...TEST_KEY, artifact: { name: 'law', version: `v${version++}` } };
            const owner = await store.takeOver(key, []);
            for (const tallies of commits)
              await owner.commit(
                testCommit({
                  templates: tallies.map((each) => tallyOf({ ...each, hours: new Map(each.hours) })),
                }),
              );
            const range = { fromMs: fromHour * HOUR_MS, toMs: (fromHour + hours) * HOUR_MS };

            const found = await reader.templateCounts(key.artifact, range, bucketHours * HOUR_MS);

            const expected = new Map<string, number>();
            for (const { source, templateId, hours: counts } of commits.flat())
              for (const [hour, count] of new Map(counts)) {
                if (hour < fromHour || hour >= fromHour + hours) continue;
                const id = `${templateId} ${Math.floor((hour - fromHour) / bucketHours)} ${source}`;
                expected.set(id, (expected.get(id) ?? 0) + count);
              }
            expect(
              new Map(
                found.map(({ source, templateId, bucket, count }) => [
                  `${templateId} ${bucket} ${source}`,
                  count,
                ]),
              ),
            ).toEqual(expected);
            const ever = await reader.templateCounts(key.artifact, ALWAYS, HOUR_MS);
            expect(ever.reduce((sum, { count }) => sum + count, 0)).toBe(
              commits
                .flat()
                .flatMap((each) => [...new Map(each.hours).values()])
                .reduce((sum, count) => sum + count, 0),
            );
            const ofApi = await reader.templateCounts(key.artifact, range, bucketHours * HOUR_MS, 'api');
            expect(ofApi).toEqual(found.filter(({ source }) => source === 'api'));
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  withStore('a template is told with its first and last time and one example', async ({ store, reader }) => {
    const owner = await store.takeOver(TEST_KEY, []);
    await owner.commit(testCommit({ templates: [tallyOf({ example: '', text: HOSTILE_TEXT })] }));
    await owner.commit(
      testCommit({
        templates: [
          tallyOf({ source: 'web', firstMs: 500, lastMs: 900, example: HOSTILE_TEXT, text: HOSTILE_TEXT }),
          tallyOf({ firstMs: 8000, lastMs: 9000, example: 'too late', text: HOSTILE_TEXT }),
        ],
      }),
    );

    expect(await reader.templates(artifact)).toEqual([
      { templateId: 't1', text: HOSTILE_TEXT, example: HOSTILE_TEXT, firstSeenMs: 500, lastSeenMs: 9000 },
    ]);
  });

  withStore('new templates without room are counted together, none is lost', async ({ store, reader }) => {
    const fresh = (n: number): TemplateTally =>
      tallyOf({ templateId: `n${n}`, isNew: true, hours: new Map([[0, 1]]) });
    const owner = await store.takeOver(TEST_KEY, []);
    const room = MOST_NEW_OF_SOURCE;
    await owner.commit(testCommit({ templates: Array.from({ length: room - 1 }, (_, n) => fresh(n)) }));
    await owner.commit(testCommit({ templates: [room, 0, room + 1, room + 2].map(fresh).concat(tallyOf()) }));

    const counts = await reader.templateCounts(artifact, { fromMs: 0, toMs: HOUR_MS }, HOUR_MS);

    const of = (templateId: string): number | undefined =>
      counts.find((each) => each.templateId === templateId)?.count;
    expect(['n0', 'n1', `n${room}`, 't1', OTHER_TEMPLATES].map(of)).toEqual([2, 1, 1, 2, 2]);
    expect(counts).toHaveLength(room + 2);
  });

  withStore('who was fenced counts no template', async ({ store, reader }) => {
    const old = await store.takeOver(TEST_KEY, []);
    await store.takeOver(TEST_KEY, []);

    await expect(old.commit(testCommit({ templates: [tallyOf()] }))).rejects.toThrow(FencedError);

    expect(await reader.templates(artifact)).toEqual([]);
    expect(await reader.templateCounts(artifact, { fromMs: 0, toMs: HOUR_MS }, HOUR_MS)).toEqual([]);
  });

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

  withStore('beats older than thirty days go away', async ({ reader }) => {
    const dayMs = 24 * HOUR_MS;
    await reader.beat(beatOf({ consumerId: 'gone', atMs: dayMs }));
    await reader.beat(beatOf({ atMs: 10 * dayMs }));

    await reader.beat(beatOf({ atMs: 32 * dayMs }));

    expect((await reader.heartbeats(ALWAYS)).map(({ atMs }) => atMs)).toEqual([10 * dayMs, 32 * dayMs]);
    expect((await reader.lastHeartbeats(0)).map(({ consumerId }) => consumerId)).toEqual(['c1']);
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

function lanesOf(rows: readonly StoredWindow[], fromMs: number, bucketMs: number): LaneBucket[] {
  const lanes = new Map<string, LaneBucket>();
  for (const { source, startMs, score, alert, records } of rows) {
    const bucket = Math.floor((startMs - fromMs) / bucketMs);
    const known = lanes.get(`${bucket} ${source}`);
    lanes.set(`${bucket} ${source}`, {
      source,
      bucket,
      maxScore: Math.max(score, known?.maxScore ?? 0),
      windows: 1 + (known?.windows ?? 0),
      alerting: (alert ? 1 : 0) + (known?.alerting ?? 0),
      records: records + (known?.records ?? 0),
    });
  }
  return [...lanes.values()];
}

function byBucket(lanes: readonly LaneBucket[]): ReadonlyMap<string, LaneBucket> {
  return new Map(lanes.map((lane) => [`${lane.bucket} ${lane.source}`, lane]));
}
