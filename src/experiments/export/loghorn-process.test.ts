import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commandLine } from './loghorn-process.js';

const inProject = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

test('paths in the project are shown as they are typed in its folder, others as they are', () => {
  expect(
    commandLine([
      'consume',
      '--from',
      `file:${inProject('data/a.log')}`,
      '--model',
      inProject('data/models/a'),
    ]),
  ).toBe('loghorn consume --from file:data/a.log --model data/models/a');
  expect(commandLine(['score', '/var/log/app.log', '70%'])).toBe('loghorn score /var/log/app.log 70%');
});

test('words that a shell would take apart are quoted', () => {
  expect(commandLine(['fit', '--pattern', "<Date> it's <Content>"])).toBe(
    `loghorn fit --pattern '<Date> it'\\''s <Content>'`,
  );
  expect(commandLine(['--seed', ''])).toBe("loghorn --seed ''");
});
