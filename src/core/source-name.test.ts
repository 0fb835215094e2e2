import { expect, test } from 'vitest';
import { sourceOfPath } from './source-name.js';

test.each([
  ['logs/nova-api.2026-01-01.log.gz', 'nova-api'],
  ['/var/log/app.log.1', 'app'],
  ['C:\\logs\\web.txt', 'web'],
  ['2026-01-01.log', 'log'],
])('the source of %s is %s', (path, source) => {
  expect(sourceOfPath(path)).toBe(source);
});
