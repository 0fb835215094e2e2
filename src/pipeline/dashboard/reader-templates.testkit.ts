// What a reader tells of templates: which were seen, from when to when, and how often by the hour.
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { MOST_NEW_OF_SOURCE, OTHER_TEMPLATES, type TemplateTally } from '../consume/template-tally.js';
import { HOSTILE_TEXT } from '../desk/desk.testkit.js';
import { FencedError } from '../ports.js';
import { TEST_KEY, testCommit } from '../store/result-store.testkit.js';
import { HOUR_MS, type WithStore } from './reader-store.testkit.js';

const { artifact } = TEST_KEY;
const FIRST_HOUR = { fromMs: 0, bucketMs: HOUR_MS, buckets: 1 };

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

export function testTemplates(withStore: WithStore): void {
  withStore('law: a template is counted as it was committed, in any parts', async ({ store, reader }) => {
    let version = 0;
    const arbTally = fc.record({
      source: fc.constantFrom('api', HOSTILE_TEXT),
      templateId: fc.constantFrom('t1', 't2', 't3'),
      hours: fc.array(fc.tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: 1, max: 99 })), {
        minLength: 1,
        maxLength: 4,
      }),
    });
    const arbSpread = fc.record({
      fromHour: fc.oneof(fc.integer({ min: -70, max: 60 }), fc.constantFrom(-72, -48, -24, 0)),
      bucketHours: fc.constantFrom(1, 5, 6, 24, 30, 48),
      buckets: fc.integer({ min: 1, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(arbTally, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
        arbSpread,
        async (commits, { fromHour, bucketHours, buckets }) => {
          const key = { ...TEST_KEY, artifact: { name: 'law', version: `v${version++}` } };
          const owner = await store.takeOver(key, []);
          for (const tallies of commits)
            await owner.commit(
              testCommit({
                templates: tallies.map((each) => tallyOf({ ...each, hours: new Map(each.hours) })),
              }),
            );

          const found = await reader.templates(key.artifact, {
            fromMs: fromHour * HOUR_MS,
            bucketMs: bucketHours * HOUR_MS,
            buckets,
          });

          const expected = new Map<string, { counts: number[]; before: number }>();
          for (const { source, templateId, hours } of commits.flat()) {
            const id = `${templateId} ${source}`;
            const own = expected.get(id) ?? { counts: Array<number>(buckets).fill(0), before: 0 };
            expected.set(id, own);
            for (const [hour, count] of new Map(hours)) {
              const bucket = Math.floor((hour - fromHour) / bucketHours);
              if (bucket >= 0 && bucket < buckets) own.counts[bucket]! += count;
              else if (bucket < 0 && bucket >= -buckets) own.before += count;
            }
          }
          const told = found.map(({ templateId, source, counts, before }): [string, object] => [
            `${templateId} ${source}`,
            { counts, before },
          ]);
          expect(new Map(told)).toEqual(expected);
          expect(told).toHaveLength(expected.size);
        },
      ),
      { numRuns: 40 },
    );
  });

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

    const hours = { counts: [2], before: 0 };
    const told = { templateId: 't1', text: HOSTILE_TEXT };
    expect(await reader.templates(artifact, FIRST_HOUR)).toEqual([
      { ...told, source: 'web', example: HOSTILE_TEXT, firstSeenMs: 500, lastSeenMs: 900, ...hours },
      {
        ...told,
        source: 'api',
        example: 'too late',
        firstSeenMs: 1000,
        lastSeenMs: 9000,
        counts: [4],
        before: 0,
      },
    ]);
  });

  withStore('new templates without room are counted together, none is lost', async ({ store, reader }) => {
    const fresh = (n: number): TemplateTally =>
      tallyOf({ templateId: `n${n}`, isNew: true, hours: new Map([[0, 1]]) });
    const owner = await store.takeOver(TEST_KEY, []);
    const room = MOST_NEW_OF_SOURCE;
    await owner.commit(testCommit({ templates: Array.from({ length: room - 1 }, (_, n) => fresh(n)) }));
    await owner.commit(testCommit({ templates: [room, 0, room + 1, room + 2].map(fresh).concat(tallyOf()) }));

    const seen = await reader.templates(artifact, FIRST_HOUR);

    const of = (templateId: string): number | undefined =>
      seen.find((each) => each.templateId === templateId)?.counts[0];
    expect(['n0', 'n1', `n${room}`, 't1', OTHER_TEMPLATES].map(of)).toEqual([2, 1, 1, 2, 2]);
    expect(seen).toHaveLength(room + 2);
  });

  withStore('who was fenced counts no template', async ({ store, reader }) => {
    const old = await store.takeOver(TEST_KEY, []);
    await store.takeOver(TEST_KEY, []);

    await expect(old.commit(testCommit({ templates: [tallyOf()] }))).rejects.toThrow(FencedError);

    expect(await reader.templates(artifact, FIRST_HOUR)).toEqual([]);
  });
}
