// The laws of the scorer as properties: one scorer, the same answer however it is fed, and counts that add up.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike, LOG_SOURCES, LOG_START_MS, plainLog } from './log-like.testkit.js';
import { createRandom } from './random.js';
import type { LogRecord } from './record.js';
import { createScorer } from './scorer.js';
import type { WindowRow } from './score-window.js';
import { finalRows, fitSmall, score, type ScorableArtifact, unnumbered } from './scorer.testkit.js';
import { createMatcher } from './template/miner.js';
import type { MutedTemplate, Tuning } from './tuning.js';
import { ALL_SOURCES } from './window/window-spec.js';
import { type Feed, feedsOf, insertAt, SLIDING, TEST_SPEC } from './window/windower.testkit.js';

const tumbling = fitSmall();
const sliding = fitSmall({ window: { ...SLIDING, hopMs: 5000 }, seasonality: true });
const together = fitSmall({ window: { ...TEST_SPEC, groupBy: 'all' } });
// as many as fill 40 windows of the busiest source
const arbRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 160, slips: true });
const arbSteadyRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 160, slips: false });
const arbShare = fc.double({ min: 0, max: 1, noNaN: true });
/** Known templates, and new ones as logs like these have them. */
const templateIds = [
  ...tumbling.dictionary.templates.map(({ id }) => id),
  ...newTemplateIds(fc.sample(arbRecords, { seed: 1, numRuns: 20 }).flat()),
];
/** As it was fitted, or with sources that have thresholds of their own and templates that are muted. */
const arbTuning: fc.Arbitrary<Tuning | undefined> = fc.option(
  fc.record({
    parent: fc.constant('fitted'),
    thresholds: fc.dictionary(fc.constantFrom(...LOG_SOURCES, ALL_SOURCES), arbShare),
    mutedTemplates: fc.subarray(templateIds).map((ids) => ids.map(muted)),
  }),
  { nil: undefined, freq: 4 },
);
const tunedFrom = (...fitted: readonly ScorableArtifact[]): fc.Arbitrary<ScorableArtifact> =>
  fc
    .tuple(fc.constantFrom(...fitted), arbTuning)
    .map(([artifact, tuning]) => (tuning === undefined ? artifact : { ...artifact, tuning }));
const arbArtifact = tunedFrom(tumbling, sliding, together);
/** Tells every silence in full, so that runs with other ticks end at the same window. */
const LAST_TICK: Feed = { kind: 'tick', eventTimeMs: 1e15 };

test('what is shown early and then corrected ends as the replay has it', () => {
  fc.assert(
    fc.property(arbRecords, arbArtifact, (records, artifact) => {
      const stream = score(artifact, feedsOf(records), { issue: 'early' });
      const replay = score(artifact, feedsOf(records), { issue: 'final' });

      expect(unnumbered(stream.final)).toEqual(unnumbered(replay.final));
      expect(stream.counts).toEqual(replay.counts);
    }),
    { numRuns: 12 },
  );
});

test('restarts anywhere change no row, no explanation and no count', () => {
  fc.assert(
    fc.property(
      arbRecords,
      arbArtifact,
      fc.array(arbShare, { minLength: 1, maxLength: 6 }),
      (records, artifact, places) => {
        const restarts = places.map((at) => ({ at, what: undefined }));

        const restarted = score(
          artifact,
          insertAt(feedsOf(records), restarts, () => ({ kind: 'restart' })),
        );

        expect(restarted).toEqual(score(artifact, feedsOf(records)));
      },
    ),
    { numRuns: 12 },
  );
});

test('ticks change no final row, whatever they say', () => {
  const arbTicks = fc.array(
    fc.record({
      at: arbShare,
      what: fc.oneof(fc.integer({ min: -1e5, max: 1e5 }), fc.constantFrom(-1e14, 1e14)),
    }),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(arbRecords, arbArtifact, arbTicks, (records, artifact, ticks) => {
      const ticked = insertAt(feedsOf(records), ticks, (offsetMs, place) => ({
        kind: 'tick',
        eventTimeMs: records[place]!.eventTimeMs + offsetMs,
      }));

      const { final, counts } = score(artifact, [...ticked, LAST_TICK]);

      const plain = score(artifact, [...feedsOf(records), LAST_TICK]);
      expect(unnumbered(final)).toEqual(unnumbered(plain.final));
      expect(counts).toEqual(plain.counts);
    }),
    { numRuns: 12 },
  );
});

test('a source has the same rows in a partition of its own as among all others', () => {
  fc.assert(
    fc.property(arbRecords, tunedFrom(tumbling, sliding), (records, artifact) => {
      const all = score(artifact, [...feedsOf(records), LAST_TICK]).final;

      for (const source of new Set(records.map((record) => record.source))) {
        const alone = records.filter((record) => record.source === source);
        const { final } = score(artifact, [...feedsOf(alone), LAST_TICK]);
        expect(final).toEqual(all.filter((row) => row.source === source));
      }
    }),
    { numRuns: 8 },
  );
});

test('every record is scored, late, set aside or still waiting', () => {
  fc.assert(
    fc.property(arbRecords, arbArtifact, fc.boolean(), (records, artifact, end) => {
      const { counts, waiting, refused } = score(artifact, feedsOf(records), { end });

      expect(counts.scored + counts.late + counts.setAside + waiting).toBe(records.length);
      expect(refused).toHaveLength(counts.late + counts.setAside);
      expect(end ? waiting : 0).toBe(0);
    }),
    { numRuns: 20 },
  );
});

test('the tumbling rows hold exactly the records that were scored', () => {
  fc.assert(
    fc.property(arbSteadyRecords, tunedFrom(tumbling, together), (records, artifact) => {
      const { final, counts } = score(artifact, feedsOf(records));

      expect(final.reduce((sum, row) => sum + row.records, 0)).toBe(counts.scored);
    }),
    { numRuns: 12 },
  );
});

test('every score is in [0, 1], every feature a finite number that JSON keeps, every vector of one length', () => {
  fc.assert(
    fc.property(arbRecords, arbArtifact, (records, artifact) => {
      for (const { score: value, features, alert, threshold, explanation } of score(
        artifact,
        feedsOf(records),
      ).rows) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(features).toHaveLength(artifact.spec.features.length);
        expect(JSON.parse(JSON.stringify(Array.from(features)))).toEqual(Array.from(features));
        expect(alert).toBe(value >= threshold);
        expect(explanation !== undefined).toBe(alert);
      }
    }),
    { numRuns: 12 },
  );
});

test('a new exception scores above every healthy window, with the line that did it', () => {
  const alertsAlways = { ...tumbling, threshold: { ...tumbling.threshold, value: 0 } };
  const healthy = plainLog(600, createRandom('another day'));
  const near = healthy[300]!;
  const trouble = [
    'segmentation fault in worker 7',
    'core of 12 pages dumped',
    'nobody left to answer 10.0.0.7',
  ].map((body): LogRecord => ({ eventTimeMs: near.eventTimeMs, source: 'api', severity: 21, body }));

  const { final } = score(
    alertsAlways,
    feedsOf([...healthy.slice(0, 300), ...trouble, ...healthy.slice(300)]),
  );

  const api = final.filter(({ source }) => source === 'api');
  const troubled = api.find(({ endMs }) => endMs > near.eventTimeMs)!;
  const before = api.filter(({ endMs }) => endMs < troubled.endMs);
  expect(troubled.score).toBeGreaterThan(Math.max(...before.map((row) => row.score)));
  expect(troubled.explanation?.templates).toContainEqual(
    expect.objectContaining({
      event: 'new',
      service: 'api',
      severity: 'FATAL',
      count: 1,
      usual: 0,
      example: 'segmentation fault in worker 7',
    }),
  );
  expect(troubled.explanation?.features.map(({ feature }) => feature)).toContain('new_template_count');
});

test('a high score is held for the held windows, and the explanation stays with its peak', () => {
  // hold 30 s = 3 windows of 10 s
  const at = (second: number, severity: number, body: string): LogRecord => ({
    eventTimeMs: LOG_START_MS + second * 1000,
    source: 'api',
    severity,
    body,
  });
  const calm = Array.from({ length: 120 }, (_, n) => at(n, 9, `GET /orders/${n} 200 in 3 ms`));
  const trouble = at(55, 21, 'kernel panic on cpu 3, halting');

  const alertsAlways = { ...tumbling, threshold: { ...tumbling.threshold, value: 0 } };
  const { final } = score(alertsAlways, feedsOf([...calm.slice(0, 55), trouble, ...calm.slice(55)]));

  const held = final.filter(({ explanation }) => explanation?.peakEndMs === LOG_START_MS + 60_000);
  expect(held.map(({ startMs }) => (startMs - LOG_START_MS) / 1000)).toEqual([50, 60, 70]);
  expect(new Set(held.map((row) => row.score)).size).toBe(1);
});

test('state of another artifact is refused', () => {
  const snapshot = createScorer(tumbling, { issue: 'final' }).snapshot();

  expect(() => createScorer({ ...tumbling, version: 'other' }, { issue: 'final' }, snapshot)).toThrow(
    'the stored state belongs to artifact small, this is other',
  );
});

test('a million services scored together need no table of their names', () => {
  const start = plainLog(50, createRandom('x'));
  const flood = Array.from({ length: 3000 }, (_, n): LogRecord => ({
    eventTimeMs: start.at(-1)!.eventTimeMs + n,
    source: `pod-${n}`,
    severity: 9,
    body: `GET /orders/${n} 200 in 3 ms`,
  }));
  const scorer = createScorer(together, { issue: 'final' });
  const sink = { onRow: () => {} };

  for (const record of [...start, ...flood]) scorer.push(record, sink);

  expect(JSON.stringify(scorer.snapshot()).length).toBeLessThan(20_000);
});

test('an input read in parts ends as the whole does, once each part knows the time of the others', () => {
  fc.assert(
    fc.property(arbRecords, tunedFrom(tumbling, sliding), (records, artifact) => {
      const parts = ['api', 'db', 'cron'].map((source) =>
        records.filter((record) => record.source === source),
      );
      const scorers = parts.map((part) => {
        const scorer = createScorer(artifact, { issue: 'early' });
        const rows: WindowRow[] = [];
        const sink = { onRow: (row: WindowRow) => rows.push(row) };
        for (const record of part) scorer.push(record, sink);
        return { scorer, rows, sink };
      });
      const maxMs = Math.max(
        ...scorers.map(({ scorer }) => scorer.maxEventTimeMs() ?? Number.NEGATIVE_INFINITY),
      );

      for (const { scorer, sink } of scorers) scorer.end(sink, maxMs);

      const rows = finalRows(scorers.flatMap((each) => each.rows));
      expect(rows).toEqual(score(artifact, feedsOf(records)).final);
    }),
    { numRuns: 12 },
  );
});

function muted(templateId: string): MutedTemplate {
  return { templateId, text: 'as it was', reason: 'harmless', who: 'kim', atMs: 0 };
}

function newTemplateIds(records: readonly LogRecord[]): readonly string[] {
  const matcher = createMatcher(tumbling.dictionary);
  const bodies = records.map(({ body }) => body).filter((body) => matcher.match(body) < 0);
  return [...new Set(bodies.map((body) => matcher.describeNew(body).id))];
}
