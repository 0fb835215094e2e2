// The contract of a results store, as tests that any of them must pass.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertEvent } from '../../core/alert-life.js';
import { createCounter } from '../consume/counts.js';
import {
  type Commit,
  DEAD_LETTERS_KEPT,
  FencedError,
  type ResultStore,
  type StoredWindow,
  type StreamKey,
} from '../ports.js';

export const TEST_KEY: StreamKey = { streamId: 'file:/a.log', artifact: { name: 'demo', version: 'v1' } };
const { artifact } = TEST_KEY;
const NAMES = ['log_count', 'error_count'];

export function testCommit(changes: Partial<Commit> = {}): Commit {
  return {
    position: { offsetBytes: 10 },
    counts: createCounter().counts(0),
    sources: [],
    windows: [],
    alerts: [],
    deadLetters: [],
    commitTimeMs: 1_000_000,
    ...changes,
  };
}

export function testWindow(changes: Partial<StoredWindow> = {}): StoredWindow {
  return {
    source: 'api',
    startMs: 0,
    endMs: 30_000,
    revision: 0,
    records: 3,
    features: [3, 0.1 + 0.2],
    score: 0.1 + 0.7,
    threshold: 0.9,
    alert: false,
    eligibleTimeMs: 31_000.25,
    scoredTimeMs: 31_001.5,
    ...changes,
  };
}

/** What logs hold and databases do not take, or take for something else. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u0000',
        '\ud83d',
        '\ude00',
        '\\u0000',
        '\\',
        "'; DROP TABLE windows; --",
        '$1',
        '{"a","b"}',
      ),
      fc.constantFrom(
        'NULL',
        ',',
        '"',
        '{}',
        '\r\n',
        '\ufeff',
        '😀',
        'GET /api/v1',
        '\u{10ffff}',
        '$$',
        '%s',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

export function testEvent(changes: Partial<AlertEvent> = {}): AlertEvent {
  return {
    type: 'opened',
    alertId: 'a1',
    eventId: 'a1-0',
    source: 'api',
    sinceMs: 0,
    untilMs: 30_000,
    startMs: 0,
    endMs: 30_000,
    revision: 0,
    score: 0.95,
    threshold: 0.9,
    peakScore: 0.95,
    ...changes,
  };
}

/**
 * @param name of the store, for the tests' names
 * @param open a store that was never used before, each time another
 * @param reopen the same data after its process went away; left out for a store that forgets
 */
export function testResultStore(
  name: string,
  open: () => ResultStore | Promise<ResultStore>,
  reopen?: (store: ResultStore) => Promise<ResultStore>,
): void {
  test(`${name}: what one commit wrote is what the next owner finds`, async () => {
    let store = await open();
    const owner = await store.takeOver(TEST_KEY, NAMES);
    const commit = testCommit({
      position: { offsetBytes: 77, reader: { held: ['"quoted" \u0000 \u{1f600}'] } },
      sources: [{ source: '__proto__', windows: { gate: [1.5, null] }, alertLife: null }],
      windows: [testWindow()],
      counts: { ...createCounter().counts(0), windows: 4 },
    });
    await owner.commit(commit);
    if (reopen) store = await reopen(store);

    const { state, epoch } = await store.takeOver(TEST_KEY, NAMES);

    expect(epoch).toBe(owner.epoch + 1);
    expect(state).toEqual({ position: commit.position, counts: commit.counts, sources: commit.sources });
    expect(await store.windows({ artifact })).toEqual([testWindow()]);
    await store.close();
  });

  test(`${name}: a fresh stream has neither position nor sources`, async () => {
    const store = await open();

    const { state } = await store.takeOver(TEST_KEY, NAMES);

    expect(state).toEqual({ position: undefined, counts: undefined, sources: [] });
    await store.close();
  });

  test(`${name}: the highest revision of a window stays, in whatever order they come`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, NAMES);
    const rows = [1, 2, 0].map((revision) =>
      testWindow({ revision, score: revision / 10, alert: revision === 2 }),
    );
    await owner.commit(testCommit({ windows: rows }));
    await owner.commit(testCommit({ windows: [testWindow({ revision: 2, score: 0.99 }), rows[0]!] }));

    expect(await store.windows({ artifact })).toEqual([rows[1]]);
    expect(await store.windows({ artifact, onlyAlerting: true })).toEqual([rows[1]]);
    await store.close();
  });

  test(`${name}: windows are kept apart by artifact, and asked for by stream`, async () => {
    const store = await open();
    const other: StreamKey = { ...TEST_KEY, artifact: { name: 'demo', version: 'v2' } };
    const second: StreamKey = { ...TEST_KEY, streamId: 'file:/b.log' };
    await (await store.takeOver(TEST_KEY, NAMES)).commit(testCommit({ windows: [testWindow()] }));
    await (await store.takeOver(other, NAMES)).commit(testCommit({ windows: [testWindow({ score: 0.5 })] }));
    const fromB = testWindow({ source: 'b' });
    await (await store.takeOver(second, NAMES)).commit(testCommit({ windows: [fromB] }));

    expect(await store.windows({ artifact })).toEqual([testWindow(), fromB]);
    expect(await store.windows({ artifact, streamId: 'file:/b.log' })).toEqual([fromB]);
    expect(await store.windows({ artifact: other.artifact })).toEqual([testWindow({ score: 0.5 })]);
    expect(await store.windows({ artifact: { name: 'never', version: 'v1' } })).toEqual([]);
    await store.close();
  });

  test(`${name}: a fenced owner writes nothing at all`, async () => {
    const store = await open();
    const old = await store.takeOver(TEST_KEY, NAMES);
    await old.commit(testCommit({ position: { offsetBytes: 1 }, alerts: [testEvent()] }));
    const owner = await store.takeOver(TEST_KEY, NAMES);

    const late = old.commit(testCommit({ position: { offsetBytes: 2 }, windows: [testWindow()] }));

    await expect(late).rejects.toThrow(FencedError);
    await expect(old.markSent(['a1-0'], 1)).rejects.toThrow(FencedError);
    expect(await store.windows({ artifact })).toEqual([]);
    expect((await owner.unsentAlerts()).map(({ eventId }) => eventId)).toEqual(['a1-0']);
    expect((await store.takeOver(TEST_KEY, NAMES)).state.position).toEqual({ offsetBytes: 1 });
    await store.close();
  });

  test(`${name}: only the sources of a commit are replaced`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, NAMES);
    const memory = (source: string, windows: number) => ({ source, windows, alertLife: { open: null } });
    await owner.commit(testCommit({ sources: [memory('a', 1), memory('b', 1)] }));
    await owner.commit(testCommit({ sources: [memory('b', 2), memory('c', 2)] }));

    const { state } = await store.takeOver(TEST_KEY, NAMES);

    expect(state.sources).toEqual([memory('a', 1), memory('b', 2), memory('c', 2)]);
    await store.close();
  });

  test(`${name}: an alert event stays in the outbox until it is marked as sent, and enters it once`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, NAMES);
    const opened = testEvent({ explanation: { peakEndMs: 30_000, features: [], templates: [] } });
    const resolved = testEvent({ type: 'resolved', eventId: 'a1-1', reason: 'quiet', startMs: 90_000 });
    await owner.commit(testCommit({ alerts: [opened, resolved] }));
    await owner.markSent(['a1-0'], 5);
    await owner.commit(testCommit({ alerts: [opened] }));

    expect(await owner.unsentAlerts()).toEqual([resolved]);
    const [alert, ...others] = await store.alerts({ artifact });
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ alertId: 'a1', sinceMs: 0, peakScore: 0.95 });
    await store.close();
  });

  test(`${name}: stamps of windows and alerts come back to the bit, where they are asked for`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, NAMES);
    const stamps = {
      isLive: true,
      recordTimeMs: 30_900,
      appendTimeMs: 30_950,
      readTimeMs: 30_999.125,
      startedTimeMs: 31_000.1,
    };
    const byTick = { ...stamps, isLive: false, recordTimeMs: null, appendTimeMs: null };
    const row = testWindow({ stamps });
    const ticked = testWindow({ source: 'db', stamps: byTick });
    const old = testWindow({ source: 'web' });
    const delivery = { storedTimeMs: 1_000_003.5, emittedTimeMs: 1_000_003.75, deliveredTimeMs: 1_000_009.1 };
    await owner.commit(
      testCommit({
        windows: [row, ticked, old],
        alerts: [testEvent(), testEvent({ type: 'updated', eventId: 'a1-1' })],
        alertRows: new Map([['a1-0', row]]),
        commitTimeMs: 1_000_000.5,
      }),
    );
    await owner.markSent(['a1-0', 'a1-1'], 1_000_009, new Map([['a1-0', delivery]]));

    expect(await store.windows({ artifact })).toEqual([testWindow(), testWindow({ source: 'db' }), old]);
    expect(await store.windows({ artifact, stamps: true })).toEqual([
      { ...row, commitTimeMs: 1_000_000.5 },
      { ...ticked, commitTimeMs: 1_000_000.5 },
      { ...old, commitTimeMs: 1_000_000.5 },
    ]);
    const { eligibleTimeMs, scoredTimeMs, endMs } = row;
    const way = {
      eventId: 'a1-0',
      type: 'opened',
      source: 'api',
      startMs: 0,
      endMs,
      ...stamps,
      eligibleTimeMs,
      scoredTimeMs,
      commitTimeMs: 1_000_000.5,
      ...delivery,
    };
    expect(await store.alertWays({ artifact })).toEqual([way]);
    expect(await store.alertWays({ artifact, source: 'db' })).toEqual([]);
    expect(await store.alertWays({ artifact, fromMs: 1 })).toEqual([]);
    await store.close();
  });

  test(`${name}: a correction brings its own stamps`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, NAMES);
    const stamps = { isLive: true, recordTimeMs: 1, appendTimeMs: 2, readTimeMs: 3, startedTimeMs: 4 };
    const later = { isLive: false, recordTimeMs: null, appendTimeMs: null, readTimeMs: 7, startedTimeMs: 8 };
    await owner.commit(testCommit({ windows: [testWindow({ stamps })] }));
    await owner.commit(
      testCommit({ windows: [testWindow({ revision: 1, stamps: later })], commitTimeMs: 9 }),
    );

    const [row] = await store.windows({ artifact, stamps: true });

    expect([row!.revision, row!.stamps, row!.commitTimeMs]).toEqual([1, later, 9]);
    await store.close();
  });

  test(`${name}: of each reason the latest dead letters are kept`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, NAMES);
    const letter = (sequence: number) =>
      ({
        reason: 'not-json',
        sequence,
        line: sequence + 1,
        raw: `line ${sequence}`,
        ingestTimeMs: 9,
      }) as const;
    const count = DEAD_LETTERS_KEPT + 5;
    await owner.commit(testCommit({ deadLetters: Array.from({ length: count }, (_, i) => letter(i)) }));
    await owner.commit(testCommit({ deadLetters: [{ ...letter(0), reason: 'late' }] }));

    const kept = await store.deadLetters(TEST_KEY);

    expect(kept).toHaveLength(DEAD_LETTERS_KEPT + 1);
    expect(kept.filter(({ reason }) => reason === 'late')).toHaveLength(1);
    expect(kept.filter(({ reason }) => reason === 'not-json')[0]).toEqual(letter(5));
    await store.close();
  });

  test(`${name}: windows by time or source, in pages, are those that were asked for`, async () => {
    const store = await open();
    const owner = await store.takeOver(TEST_KEY, NAMES);
    const rows = ['web', 'api', 'db'].flatMap((source) =>
      [0, 1, 2, 3].map((n) =>
        testWindow({
          source,
          startMs: n * 30_000,
          endMs: (n + 1) * 30_000,
          alert: n === 2 && source !== 'db',
        }),
      ),
    );
    await owner.commit(testCommit({ windows: rows }));
    const keys = (found: readonly StoredWindow[]): string[] =>
      found.map(({ source, startMs }) => `${source} ${startMs / 30_000}`);

    expect(keys(await store.windows({ artifact, source: 'web', fromMs: 30_000, toMs: 90_000 }))).toEqual([
      'web 1',
      'web 2',
    ]);
    expect(keys(await store.windows({ artifact, onlyAlerting: true, order: 'time' }))).toEqual([
      'api 2',
      'web 2',
    ]);
    for (const order of ['source', 'time'] as const) {
      const pages: StoredWindow[] = [];
      for (let after: StoredWindow | undefined; ;) {
        const page = await store.windows({
          artifact,
          fromMs: 30_000,
          order,
          limit: 2,
          ...(after ? { after } : {}),
        });
        if (page.length === 0) break;
        pages.push(...page);
        after = page.at(-1)!;
      }
      expect(pages).toEqual(await store.windows({ artifact, fromMs: 30_000, order }));
      expect(keys(pages).slice(0, 3)).toEqual(
        order === 'time' ? ['api 1', 'db 1', 'web 1'] : ['api 1', 'api 2', 'api 3'],
      );
      expect(pages).toHaveLength(9);
    }
    await store.close();
  });

  test(`${name}: artifacts are listed with the names of their features`, async () => {
    const store = await open();
    expect(await store.artifacts()).toEqual([]);
    for (const version of ['v2', 'v1', 'v2'])
      await store.takeOver({ ...TEST_KEY, artifact: { name: 'demo', version } }, NAMES);

    expect(await store.artifacts()).toEqual([
      { name: 'demo', version: 'v1', featureNames: NAMES },
      { name: 'demo', version: 'v2', featureNames: NAMES },
    ]);
    await store.close();
  });

  test(`${name}: artifacts of one stream are committed together with their switch, or not at all`, async () => {
    let store = await open();
    const other: StreamKey = { ...TEST_KEY, artifact: { name: 'demo', version: 'v2' } };
    const first = await store.takeOver(TEST_KEY, NAMES);
    const second = await store.takeOver(other, NAMES);
    const asked = {
      kind: 'promote',
      stream: TEST_KEY.streamId,
      to: other.artifact,
      replaces: artifact,
      by: 'me \u0000',
      requestTimeMs: 5.5,
    } as const;
    const request = await store.requestPromotion(asked);
    const planned = {
      requestId: request.id,
      streamId: TEST_KEY.streamId,
      from: artifact,
      to: other.artifact,
      atMs: 60_000,
      plannedTimeMs: 7,
      effectTimeMs: null,
      refused: null,
    };
    const lane = { role: 'champion', fromMs: 30_000 } as const;
    const part = (key: StreamKey, epoch: number, offsetBytes: number) => ({
      key,
      epoch,
      commit: testCommit({ position: { offsetBytes }, windows: [testWindow()], lane }),
    });
    await store.commitTogether(
      [part(TEST_KEY, first.epoch, 1), part(other, second.epoch, 1)],
      [planned, { ...planned, effectTimeMs: 9 }],
    );
    const newer = await store.takeOver(other, NAMES);

    const late = store.commitTogether(
      [part(TEST_KEY, first.epoch, 2), part(other, second.epoch, 2)],
      [{ ...planned, refused: 'too late' }],
    );

    await expect(late).rejects.toThrow(FencedError);
    // an ordinary commit leaves the note as it is
    await newer.commit(testCommit({ position: { offsetBytes: 3 } }));
    if (reopen) store = await reopen(store);
    expect((await store.takeOver(TEST_KEY, NAMES)).state).toMatchObject({
      position: { offsetBytes: 1 },
      lane,
    });
    expect((await store.takeOver(other, NAMES)).state).toMatchObject({ position: { offsetBytes: 3 }, lane });
    expect(await store.windows(other)).toEqual([testWindow()]);
    expect(await store.modelSwitches()).toEqual([{ ...planned, effectTimeMs: 9 }]);
    expect(await store.promotionRequests()).toEqual([{ ...asked, id: request.id }]);
    expect(await store.lanes()).toEqual([
      { ...TEST_KEY, lane },
      { ...other, lane },
    ]);
    expect((await store.requestPromotion(asked)).id).toBeGreaterThan(request.id);
    await store.close();
  });

  test(`${name}: an artifact is kept as it was first given`, async () => {
    const store = await open();
    expect(await store.keptModel(artifact)).toBeUndefined();
    await store.keepModel(artifact, '{"a":"\\u0000"}');
    await store.keepModel(artifact, 'another');

    expect(await store.keptModel(artifact)).toBe('{"a":"\\u0000"}');
    await store.close();
  });

  test(`${name}: law: whatever text a log holds comes back as it was`, async () => {
    const store = await open();
    let drawn = 0;
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, hostileText, async (source, raw, other) => {
        const key: StreamKey = { streamId: other, artifact: { name: raw, version: `v${drawn++}` } };
        const owner = await store.takeOver(key, [other]);
        const explanation = {
          peakEndMs: 30_000,
          features: [],
          templates: [
            {
              event: 'new' as const,
              templateId: 't',
              text: other,
              service: source,
              severity: 'ERROR',
              count: 1,
              usual: 0,
              example: raw,
            },
          ],
        };
        const event = testEvent({ source, explanation });
        const row = testWindow({ source, explanation });
        const letter = { reason: 'not-json', sequence: 0, line: 1, raw, ingestTimeMs: 9 } as const;
        const memory = { source, windows: { [other]: raw }, alertLife: null };
        const position = { held: [raw, other] };
        await owner.commit(
          testCommit({ position, sources: [memory], windows: [row], alerts: [event], deadLetters: [letter] }),
        );

        expect(await owner.unsentAlerts()).toEqual([event]);
        expect(await store.windows({ ...key, source })).toEqual([row]);
        expect(await store.deadLetters(key)).toEqual([letter]);
        expect((await store.alerts(key))[0]!.source).toBe(source);
        const { state } = await store.takeOver(key, [other]);
        expect([state.position, state.sources]).toEqual([position, [memory]]);
      }),
      { numRuns: 50 },
    );
    await store.close();
  });
}
