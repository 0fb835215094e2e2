import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commandLine } from './loghorn-process.js';

const inProject = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

test('paths are shown as they are typed in the project, and so hold on any machine', () => {
  expect(
    commandLine([
      'consume',
      '--from',
      `file:${inProject('data/a.log')}`,
      '--model',
      inProject('data/models/a'),
    ]),
  ).toBe('loghorn consume --from file:data/a.log --model data/models/a');
  expect(commandLine(['score', inProject('../app.log'), '70%'])).toBe('loghorn score ../app.log 70%');
});

test('words that a shell would take apart are quoted', () => {
  expect(commandLine(['fit', '--pattern', "<Date> it's <Content>"])).toBe(
    `loghorn fit --pattern '<Date> it'\\''s <Content>'`,
  );
  expect(commandLine(['--seed', ''])).toBe("loghorn --seed ''");
});
