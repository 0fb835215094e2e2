import { expect, test } from 'vitest';
import { templateFigures } from './template-figures.js';

const opened = (n: number): string => `session ${n} opened for user root`;
const closed = (n: number): string => `session ${n} closed after ${n * 3} ms`;

test('messages that are grouped as the truth has them score 1', () => {
  const messages = [opened(1), closed(1), opened(2), closed(2)];

  const figures = templateFigures('shape', messages, ['a', 'b', 'a', 'b']);

  expect(figures).toEqual({
    groupingAccuracy: 1,
    groupingF1: 1,
    predictedGroups: 2,
    trueGroups: 2,
    newShare: 0,
    trulyNewShare: 0,
    isOrderFree: true,
  });
});

test('a line is new when nothing in the first half was like it', () => {
  const messages = [opened(1), opened(2), opened(3), closed(4)];

  const { newShare, trulyNewShare } = templateFigures('shape', messages, ['a', 'a', 'a', 'a']);

  expect(newShare).toBe(0.5);
  // the truth does not tell the two apart, so that a better miner would have known it
  expect(trulyNewShare).toBe(0);
});

test('a line whose true template comes later is new to everybody', () => {
  const messages = [opened(1), opened(2), opened(3), closed(4)];

  expect(templateFigures('shape', messages, ['a', 'a', 'a', 'b']).trulyNewShare).toBe(0.5);
});

test('a miner that depends on the order of the lines is told', () => {
  // the first message of a cluster decides which later ones are similar enough to join it
  const messages = ['a b c d e', 'a b c x y', 'a b z x y', 'a b c d y', 'a q c d e'];
  const truth = messages.map(() => 'one');

  expect(templateFigures('drain', messages, truth).isOrderFree).toBe(false);
});
