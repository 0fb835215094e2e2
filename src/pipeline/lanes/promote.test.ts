import { expect, test } from 'vitest';
import { filesOf, smallArtifact } from '../../core/artifact.testkit.js';
import type { Artifact } from '../../core/artifact.js';
import { loadArtifact } from '../../core/load-artifact.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import { encodeModel } from './model-text.js';
import type { ResultStore } from '../ports.js';
import { promote, promotionHistory, rollBack } from './promote.js';
import { testCommit } from '../store/result-store.testkit.js';

function artifactOf(name: string): Artifact {
  const files = filesOf({ ...smallArtifact(), name });
  return loadArtifact((file) => files.get(file));
}
const [former, next, other] = ['former', 'next', 'other'].map(artifactOf) as [Artifact, Artifact, Artifact];
const options = { by: 'tester', nowMs: 7.5 };

async function storeWith(
  lanes: readonly (readonly [string, Artifact, 'champion' | 'shadow'])[],
): Promise<ResultStore> {
  const store = createMemoryStore();
  for (const [streamId, { name, version }, role] of lanes) {
    const owner = await store.takeOver({ streamId, artifact: { name, version } }, []);
    await owner.commit(testCommit({ lane: { role, fromMs: null } }));
  }
  await store.keepModel(former, encodeModel(former));
  return store;
}

test('a request names the topic, what it replaces and who asked, and keeps the artifact in the store', async () => {
  const store = await storeWith([
    ['kafka:logs/0', former, 'champion'],
    ['kafka:logs/1', former, 'champion'],
    ['kafka:logs/1', other, 'shadow'],
  ]);

  const request = await promote(store, next, options);

  expect(request).toEqual({
    id: 1,
    kind: 'promote',
    stream: 'kafka:logs',
    to: { name: 'next', version: next.version },
    replaces: { name: 'former', version: former.version },
    by: 'tester',
    requestTimeMs: 7,
  });
  expect(await store.keptModel(next)).toBe(encodeModel(next));
  expect(await promotionHistory(store, 'kafka:logs')).toEqual([{ ...request, switches: [] }]);
});

test('a rollback goes to the artifact before, also where no consumer has followed yet', async () => {
  const store = await storeWith([['kafka:logs/0', former, 'champion']]);
  await promote(store, next, options);

  const request = await rollBack(store, options);

  expect(request).toMatchObject({ kind: 'rollback', to: { name: 'former' }, replaces: { name: 'next' } });
  await expect(promote(store, former, options)).rejects.toThrow(/former@\w+ speaks for kafka:logs already/);
});

test('what cannot be meant is refused with what there is', async () => {
  const store = await storeWith([
    ['kafka:logs/0', former, 'champion'],
    ['kafka:logs/0', other, 'champion'],
    ['file:/a.log', former, 'champion'],
  ]);

  await expect(promote(store, next, options)).rejects.toThrow(
    'the store has results of several streams: name one with --stream (it has file:/a.log, kafka:logs)',
  );
  await expect(promote(store, next, { ...options, stream: 'kafka:log' })).rejects.toThrow(
    /nothing was read from kafka:log into this store/,
  );
  const onTopic = { ...options, stream: 'kafka:logs' };
  await expect(promote(store, next, onTopic)).rejects.toThrow(/is read with several artifacts.*--replaces/);
  expect(await promote(store, next, { ...onTopic, replaces: 'other' })).toMatchObject({
    replaces: { name: 'other' },
  });
  await expect(rollBack(store, { ...options, stream: 'file:/a.log' })).rejects.toThrow(
    /nothing was promoted on file:\/a.log/,
  );
});

test('an artifact with other windows is refused before anything is asked of consumers', async () => {
  const store = await storeWith([['file:/a.log', former, 'champion']]);
  const window = { ...next.spec.window, allowedLatenessMs: 1 };

  const asked = promote(store, { ...next, spec: { ...next.spec, window } }, options);

  await expect(asked).rejects.toThrow(/window spec allowedLatenessMs is 1 instead of 3000/);
  expect(await store.promotionRequests()).toEqual([]);
});
