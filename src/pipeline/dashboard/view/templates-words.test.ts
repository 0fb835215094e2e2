import { describe, expect, test } from 'vitest';
import { changeText, orderOf } from './templates-words.js';

describe('the change of a template', () => {
  test.each([
    [null, 'new', 'first time'],
    [null, 'steady', '—'],
    [0, 'gone', 'all gone'],
    [0.6, 'changed', '− 40 %'],
    [1.001, 'steady', '± 0 %'],
    [1.12, 'steady', '+ 12 %'],
    [3.24, 'changed', '× 3.2'],
    [140.4, 'changed', '× 140'],
  ] as const)('%s of one that is %s reads %s', (change, status, text) => {
    expect(changeText({ change, status })).toBe(text);
  });
});

test('an order that there is not is the most frequent first', () => {
  expect(orderOf('new')).toBe('new');
  expect(orderOf('constructor')).toBe('count');
  expect(orderOf(undefined)).toBe('count');
});
