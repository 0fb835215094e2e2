import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelNameOf } from './model-name.js';

test.each([
  ['nova-api', 'nova-api'],
  ['_my log (1)', 'my-log-1-'],
  ['журнал', 'log'],
])('the model of %s is called %s', (source, name) => {
  expect(modelNameOf(source)).toBe(name);
});

test('whatever the file is called, the command takes the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (source) => {
      expect(modelNameOf(source)).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);
    }),
  );
});
