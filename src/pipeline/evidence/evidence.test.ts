import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike, LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { rebuildWindows } from '../../core/rebuild-windows.js';
import type { LogRecord } from '../../core/record.js';
import { fitSmall, type ScorableArtifact } from '../../core/scorer.testkit.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { createIntake, type Intake } from '../consume/intake.js';
import { createTestClock } from '../consume/consume.testkit.js';
import type { StoredWindow, StreamState } from '../ports.js';
import { createTelemetry } from '../latency/telemetry.js';
import type { AlertLines } from './alert-lines.js';
import { EVIDENCE_CHARACTERS } from './evidence.js';

const fitted = fitSmall();
const touchy = { ...fitted, threshold: { ...fitted.threshold, value: 0.5 } };
const together = fitSmall({ window: { ...TEST_SPEC, groupBy: 'all' } });
const touchyTogether = { ...together, threshold: { ...together.threshold, value: 0.5 } };

interface Committed<T> {
  readonly item: T;
  readonly commit: number;
}

interface Play {
  readonly records: readonly LogRecord[];
  readonly artifact?: ScorableArtifact;
  /** Commits behind these records, and after some of them everything in memory is lost. */
  readonly commits: ReadonlyMap<number, 'go on' | 'restart'>;
  readonly maxCharacters?: number;
}

/** What a store would hold in the end: rows by their highest revision, and complete lines before others. */
function play({ records, artifact = touchy, commits, maxCharacters = EVIDENCE_CHARACTERS }: Play) {
  const clock = createTestClock(LOG_START_MS);
  const keeping = { isWanted: () => true, maxCharacters };
  const open = (state: StreamState): Intake =>
    createIntake(artifact, state, clock, createTelemetry(), undefined, undefined, keeping);
  let intake = open({ position: undefined, counts: undefined, sources: [] });
  const windows = new Map<string, Committed<StoredWindow>>();
  const lines = new Map<string, Committed<AlertLines>>();
  let commit = 0;
  const store = (): void => {
    commit++;
    const gathered = intake.gather(commit);
    for (const item of gathered.windows) {
      const key = `${item.source} ${item.startMs}`;
      if (item.revision > (windows.get(key)?.item.revision ?? -1)) windows.set(key, { item, commit });
    }
    for (const item of gathered.alertLines ?? [])
      if (item.isComplete || !lines.get(item.alertId)?.item.isComplete)
        lines.set(item.alertId, { item, commit });
  };
  records.forEach((record, index) => {
    const reads = [{ ok: true, record, line: index + 1, lines: 1 } as const];
    intake.take({ reads, ingestTimeMs: clock.nowMs(), position: index, isCaughtUp: false });
    const next = commits.get(index);
    if (next === undefined) return;
    store();
    if (next === 'restart') intake = open(structuredClone(intake.state()));
  });
  intake.end();
  store();
  return { windows: [...windows.values()], lines: [...lines.values()] };
}

function unpack({ packed }: AlertLines): LogRecord[] {
  const text = gunzipSync(Buffer.from(packed, 'base64')).toString();
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as LogRecord);
}

/** Each alert's windows as stored, and as they come out of its lines. */
function compare({ windows, lines }: ReturnType<typeof play>, artifact: ScorableArtifact = touchy) {
  return lines.flatMap(({ item, commit }) => {
    const { source, earlierMs, rebuildsFromMs } = item;
    if (rebuildsFromMs === null) return [];
    const stored = windows
      .filter((each) => each.commit <= commit && each.item.source === source)
      .map((each) => each.item)
      .filter(({ startMs }) => startMs >= rebuildsFromMs)
      .sort((a, b) => a.startMs - b.startMs);
    if (stored.length === 0) return [];
    const untilMs = stored.at(-1)!.endMs;
    const rebuilt = rebuildWindows(artifact, unpack(item), {
      source,
      earlierMs,
      fromMs: rebuildsFromMs,
      untilMs,
    });
    const byStart = new Map(rebuilt.map((row) => [row.startMs, row]));
    return stored.map(({ startMs, score, records, features }) => {
      const row = byStart.get(startMs);
      return {
        stored: { startMs, score, records, features },
        rebuilt: row && { startMs, score: row.score, records: row.records, features: [...row.features] },
      };
    });
  });
}

const arbCommits = fc
  .array(fc.tuple(fc.nat(200), fc.constantFrom('go on', 'go on', 'restart')), { maxLength: 12 })
  .map((pairs) => new Map<number, 'go on' | 'restart'>(pairs));

test('law: the windows of an alert come out of its lines as they were stored, over restarts and with little room', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      arbLogLike({ ...TEST_SPEC, maxRecords: 200, slips: false }),
      arbCommits,
      fc.constantFrom(EVIDENCE_CHARACTERS, 30_000),
      fc.constantFrom(touchy, touchyTogether),
      (records, commits, maxCharacters, artifact) => {
        const pairs = compare(play({ records, commits, maxCharacters, artifact }), artifact);

        compared += pairs.length;
        for (const { stored, rebuilt } of pairs) expect(rebuilt).toEqual(stored);
      },
    ),
    { numRuns: 20 },
  );
  expect(compared).toBeGreaterThan(20);
});

const storm = plainLog(900, createRandom('evidence')).map((record, index) =>
  index > 700 ? { ...record, severity: 17, body: `payment of order ${index} refused` } : record,
);
const NO_COMMITS = new Map<number, 'go on' | 'restart'>();

test('an alert is stored with its lines, in full where everything was read', () => {
  const { lines } = play({ records: storm, commits: NO_COMMITS });

  expect(lines.length).toBeGreaterThan(0);
  expect(lines.every(({ item }) => item.isComplete)).toBe(true);
  const [{ item }] = lines as [Committed<AlertLines>];
  const wanted = storm.filter(
    ({ source, eventTimeMs }) => source === item.source && eventTimeMs >= item.fromMs,
  );
  expect(unpack(item).map(({ body }) => body)).toEqual(wanted.map(({ body }) => body));
});

test('an alert that another artifact goes on with has all lines up to where its own one stops reading', () => {
  const clock = createTestClock(LOG_START_MS);
  const keeping = { isWanted: () => true, maxCharacters: EVIDENCE_CHARACTERS };
  const state: StreamState = { position: undefined, counts: undefined, sources: [] };
  const intake = createIntake(touchy, state, clock, createTelemetry(), undefined, undefined, keeping);
  const read = (records: readonly LogRecord[]): void => {
    const reads = records.map((record, n) => ({ ok: true, record, line: n + 1, lines: 1 }) as const);
    intake.take({ reads, ingestTimeMs: clock.nowMs(), position: 0, isCaughtUp: false });
  };
  read(storm.slice(0, 850));
  const told = [...intake.gather(1).alerts];
  read(storm.slice(850));
  told.push(...intake.gather(2).alerts);
  const open = told.filter(
    ({ alertId }) => told.findLast((each) => each.alertId === alertId)!.type !== 'resolved',
  );

  intake.handOver();
  const { alertLines = [] } = intake.gather(3);

  expect(open.length).toBeGreaterThan(0);
  expect(alertLines.map(({ alertId }) => alertId).sort()).toEqual(
    [...new Set(open.map(({ alertId }) => alertId))].sort(),
  );
  for (const lines of alertLines)
    expect(unpack(lines).at(-1)!.body).toBe(
      storm.filter(({ source }) => source === lines.source).at(-1)!.body,
    );
  expect(intake.gather(4).alertLines).toEqual([]);
});

test('what was in memory before a restart is missed, and it is said', () => {
  const { lines } = play({ records: storm, commits: new Map([[699, 'restart']]) });

  expect(lines.some(({ item }) => !item.isComplete && item.earlierMs !== null)).toBe(true);
});

test('the oldest lines go where there is no room, and it is said', () => {
  const { lines } = play({
    records: [...storm, ...storm.map((each) => ({ ...each, eventTimeMs: each.eventTimeMs + 5 }))],
    commits: NO_COMMITS,
    maxCharacters: 1000,
  });

  expect(lines.some(({ item }) => !item.isComplete)).toBe(true);
});
