import { expect, test } from 'vitest';
import { namedWindows } from '../../lanes/spoken-windows.js';
import type { ArtifactKey } from '../../stream-key.js';
import { TEST_KEY, testCommit } from '../../store/result-store.testkit.js';
import { createTestDashboard, HOP_MS, T0, type TestDashboard, windowsOf } from '../dashboard.testkit.js';
import { windowTable } from './window-rows.js';

const { artifact: A, streamId: ONE } = TEST_KEY;
const C: ArtifactKey = { name: 'demo', version: 'v2' };
const OTHER = `${ONE}-other`;
const RANGE = { fromMs: T0, toMs: T0 + 8 * HOP_MS };

interface Score {
  readonly streamId: string;
  readonly artifact: ArtifactKey;
  readonly source: string;
  /** Of its first window, and behind its last one. */
  readonly from: number;
  readonly to: number;
}

async function dashboardOf(
  scored: readonly Score[],
  switches: readonly { readonly streamId: string; readonly to: ArtifactKey; readonly at: number }[],
): Promise<TestDashboard> {
  const dashboard = await createTestDashboard();
  const { store } = dashboard;
  for (const { streamId, artifact, source, from, to } of scored) {
    const owner = await store.takeOver({ streamId, artifact }, ['log_count']);
    const windows = windowsOf(source, Array<number>(to).fill(0.1)).slice(from);
    await owner.commit(testCommit({ windows }));
  }
  for (const { streamId, to, at } of switches) {
    const from = to === C ? A : C;
    const asked = {
      kind: 'promote',
      stream: streamId,
      to,
      replaces: from,
      by: 'ann',
      requestTimeMs: T0,
    } as const;
    const { id: requestId } = await store.requestPromotion(asked);
    const atMs = T0 + at * HOP_MS;
    const times = { atMs, plannedTimeMs: T0, effectTimeMs: atMs, refused: null };
    await store.commitTogether([], [{ requestId, streamId, from, to, ...times }]);
  }
  return dashboard;
}

/** `api 3 v2`: source, number of the window, version. */
async function exported({ data }: TestDashboard, source?: string): Promise<readonly string[]> {
  const rows: string[] = [];
  for await (const part of windowTable(data, await data.lineAnew(), RANGE, source).parts)
    for (const [name, start, , , , , , , version] of part)
      rows.push(`${String(name)} ${(Date.parse(String(start)) - T0) / HOP_MS} ${String(version)}`);
  return rows.toSorted();
}

async function spoken({ store }: TestDashboard): Promise<readonly string[]> {
  const rows: string[] = [];
  for await (const { row, artifact } of namedWindows(store, RANGE, 'spoken'))
    rows.push(`${row.source} ${(row.startMs - T0) / HOP_MS} ${artifact.version}`);
  return rows.toSorted();
}

test('to and fro between two models: each window of a source is in the file once, of the one that spoke then', async () => {
  // v1  a a a a a a a a    looks on while v2 speaks
  // v2    c c c c c
  //         ^   ^
  const dashboard = await dashboardOf(
    [
      { streamId: ONE, artifact: A, source: 'api', from: 0, to: 8 },
      { streamId: ONE, artifact: C, source: 'api', from: 1, to: 6 },
    ],
    [
      { streamId: ONE, to: C, at: 2 },
      { streamId: ONE, to: A, at: 4 },
    ],
  );

  const rows = await exported(dashboard);

  const versions = ['v1', 'v1', 'v2', 'v2', 'v1', 'v1', 'v1', 'v1'];
  expect(rows).toEqual(versions.map((version, at) => `api ${at} ${version}`));
  expect(rows).toEqual(await spoken(dashboard));
  expect(await exported(dashboard, 'api')).toEqual(rows);
  expect(await exported(dashboard, 'web')).toEqual([]);
});

test('streams that switch at different moments each have their own, and a source that came up late is not lost', async () => {
  const scored = [
    [ONE, 'api'],
    [OTHER, 'web'],
  ].flatMap(([streamId, source]) => [
    { streamId: streamId!, artifact: A, source: source!, from: 0, to: 7 },
    { streamId: streamId!, artifact: C, source: source!, from: 1, to: 8 },
  ]);
  const late = { streamId: ONE, artifact: C, source: 'late', from: 1, to: 8 };
  const dashboard = await dashboardOf(
    [...scored, late],
    [
      { streamId: ONE, to: C, at: 2 },
      { streamId: OTHER, to: C, at: 5 },
    ],
  );

  const rows = await exported(dashboard);

  const versionsOf = (source: string): string =>
    rows.flatMap((row) => (row.startsWith(`${source} `) ? row.split(' ')[2]! : [])).join(' ');
  expect(versionsOf('api')).toBe('v1 v1 v2 v2 v2 v2 v2 v2');
  expect(versionsOf('web')).toBe('v1 v1 v1 v1 v1 v2 v2 v2');
  expect(versionsOf('late')).toBe('v2 v2 v2 v2 v2 v2 v2');
  expect(rows).toEqual(await spoken(dashboard));
});
