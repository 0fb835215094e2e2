import { expect, test } from 'vitest';
import { followWords } from './follow-words.js';

test('a log that grows is followed, a packed one is read to its end', () => {
  expect(followWords('/logs/app.log', 'data/models/app')).toContain('--follow');

  const packed = followWords('/logs/app.log.gz', 'data/models/app');

  expect(packed).toContain('--until-end');
  expect(packed).not.toContain('--follow');
});
