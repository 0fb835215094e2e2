import { expect, test } from 'vitest';
import { createTestDashboard, T0, type TestDashboard, windowsOf } from '../dashboard.testkit.js';
import { testCommit } from '../../store/result-store.testkit.js';
import { answerModel } from './model.js';
import { readModelLine } from './model-line.js';

async function lane(
  { store }: TestDashboard,
  name: string,
  version: string,
  role: 'champion' | 'shadow' | undefined,
  scores: readonly number[],
  streamId = 'file:/a.log',
): Promise<void> {
  const owner = await store.takeOver({ streamId, artifact: { name, version } }, ['log_count', 'error_count']);
  await owner.commit(
    testCommit({
      windows: windowsOf('api', scores),
      ...(role === undefined ? {} : { lane: { role, fromMs: null } }),
    }),
  );
}

const nameOf = async ({ data }: TestDashboard, wanted?: string): Promise<string | undefined> => {
  const line = await readModelLine(data.store, data.reader, wanted);
  return line && `${line.champion.name}@${line.champion.version}`;
};

test('an empty store has no line', async () => {
  expect(await nameOf(await createTestDashboard())).toBeUndefined();
});

test('of several models the one with the latest window speaks, unless another is asked for; a shadow never does', async () => {
  const dashboard = await createTestDashboard();
  await lane(dashboard, 'shop', 'v1', 'champion', [0.1, 0.2, 0.3]);
  await lane(dashboard, 'shop', 'v2', 'shadow', [0.1, 0.2, 0.3, 0.4, 0.5]);
  await lane(dashboard, 'bank', 'v9', undefined, [0.1], 'file:/b.log');

  expect(await nameOf(dashboard)).toBe('shop@v1');
  expect(await nameOf(dashboard, 'bank')).toBe('bank@v9');
  await expect(nameOf(dashboard, 'zoo')).rejects.toThrow(/no artifact of the store fits --model zoo/);
  const line = (await readModelLine(dashboard.store, dashboard.data.reader, undefined))!;
  expect(line.roles.map(({ name, version, role }) => `${name}@${version} ${role}`)).toEqual([
    'shop@v1 champion',
    'bank@v9 former',
    'shop@v2 shadow',
  ]);
});

test('a shadow is compared with the champion on the windows that both have', async () => {
  const dashboard = await createTestDashboard();
  await lane(dashboard, 'shop', 'v1', 'champion', [0.95, 0.1, 0.95]);
  await lane(dashboard, 'shop', 'v2', 'shadow', [0.96, 0.92]);

  const { champion, shadows, switches } = await answerModel(dashboard.data, {
    fromMs: T0,
    toMs: T0 + 3_600_000,
  });

  expect(champion).toMatchObject({ name: 'shop', version: 'v1', threshold: 0.9, features: 2 });
  expect(shadows).toMatchObject([
    { version: 'v2', windows: 2, bothAlert: 1, onlyChampion: 0, onlyShadow: 1, rankCorrelation: 1 },
  ]);
  expect(switches).toEqual([]);
});

const V1 = { name: 'shop', version: 'v1' };
const V2 = { name: 'shop', version: 'v2' };

async function promoted(effectTimeMs: number | null): Promise<TestDashboard> {
  const dashboard = await createTestDashboard();
  await lane(dashboard, 'shop', 'v1', 'champion', [0.95, 0.1, 0.95]);
  await lane(dashboard, 'shop', 'v2', 'champion', effectTimeMs === null ? [] : [0.1, 0.1, 0.1, 0.2]);
  const { store } = dashboard;
  const { id } = await store.requestPromotion({
    kind: 'promote',
    stream: 'file:/a.log',
    to: V2,
    replaces: V1,
    by: 'ann',
    requestTimeMs: T0,
  });
  const change = { requestId: id, streamId: 'file:/a.log', from: V1, to: V2, atMs: T0 + 90_000 };
  await store.commitTogether([], [{ ...change, plannedTimeMs: T0, effectTimeMs, refused: null }]);
  return dashboard;
}

test('until a promotion takes effect the former model speaks, and it is said from when on the next one does', async () => {
  const { data } = await promoted(null);

  const line = (await readModelLine(data.store, data.reader, undefined))!;
  const { champion, coming, switches } = await answerModel(data, { fromMs: T0, toMs: T0 + 3_600_000 });

  expect(line.champion).toEqual(V1);
  expect(line.roles.map(({ version, role }) => `${version} ${role}`)).toEqual(['v1 champion']);
  expect(champion).toMatchObject({ version: 'v1', threshold: 0.9 });
  expect(coming).toMatchObject({ version: 'v2', atMs: T0 + 90_000 });
  expect(switches).toMatchObject([{ to: V2, who: 'ann', isInEffect: false }]);
});

test('once a window is the next model’s, it is the champion, and the former one what it was', async () => {
  const { data } = await promoted(T0 + 95_000);

  const { champion, coming, switches } = await answerModel(data, { fromMs: T0, toMs: T0 + 3_600_000 });

  expect(champion).toMatchObject({ version: 'v2' });
  expect(coming).toBeNull();
  expect(switches).toMatchObject([{ isInEffect: true }]);
});
