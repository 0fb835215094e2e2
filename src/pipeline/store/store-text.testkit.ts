// Text of logs in a store: whatever it is, it comes back. A part of the contract of every results store.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ResultStore } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import { testCommit, testEvent, testWindow } from './result-store.testkit.js';

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

/** @see testResultStore */
export function testText(name: string, open: () => ResultStore | Promise<ResultStore>): void {
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
