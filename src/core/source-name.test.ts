import { expect, test } from 'vitest';
import { sourceForArtifact, sourceOfPath } from './source-name.js';

test.each([
  ['logs/nova-api.2026-01-01.log.gz', 'nova-api'],
  ['/var/log/app.log.1', 'app'],
  ['C:\\logs\\web.txt', 'web'],
  ['2026-01-01.log', 'log'],
])('the source of %s is %s', (path, source) => {
  expect(sourceOfPath(path)).toBe(source);
});

test('a file of another name is taken for the one source that an artifact knows, and for none of several', () => {
  const knowing = (...services: string[]) =>
    ({
      spec: { vocabularies: services.map((service) => ({ types: [{ service }] })) },
    }) as unknown as Parameters<typeof sourceForArtifact>[0];

  expect(sourceForArtifact(knowing('app'), 'today')).toBe('app');
  expect(sourceForArtifact(knowing('app'), 'app')).toBe('app');
  expect(sourceForArtifact(knowing('app', 'db'), 'today')).toBe('today');
  expect(sourceForArtifact(knowing(), 'today')).toBe('today');
});
