import { expect, test } from 'vitest';
import { createOutputCollector } from './collect-outputs.js';

test('texts that follow each other on one stream are one output', () => {
  const collector = createOutputCollector();
  for (const [name, text] of [
    ['stdout', 'a\n'],
    ['stdout', 'b\n'],
    ['stderr', 'c\n'],
    ['stdout', 'd\n'],
  ] as const)
    collector.add({ kind: 'stream', name, text });

  expect(collector.outputs()).toEqual([
    { output_type: 'stream', name: 'stdout', text: 'a\nb\n' },
    { output_type: 'stream', name: 'stderr', text: 'c\n' },
    { output_type: 'stream', name: 'stdout', text: 'd\n' },
  ]);
  expect(collector.writes()).toBe(4);
});

test('an update takes the place of what it updates, and of nothing else', () => {
  const collector = createOutputCollector();
  const add = (text: string, displayId: string, isUpdate: boolean): void =>
    collector.add({ kind: 'display', data: { 'text/plain': text }, metadata: {}, displayId, isUpdate });
  add('one', 'a', false);
  add('two', 'b', false);
  add('three', 'a', true);
  add('four', 'b', false);

  expect(collector.outputs().map((output) => 'data' in output && output.data['text/plain'])).toEqual([
    'three',
    'two',
    'four',
  ]);
});
