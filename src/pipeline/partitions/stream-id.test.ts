import { expect, test } from 'vitest';
import { otherSourceOf, partitionOfStream, streamIdOfPartition } from './stream-id.js';

test('a stream names its topic and partition, and is known again by both', () => {
  expect(partitionOfStream('logs', streamIdOfPartition('logs', 12))).toBe(12);
  expect(partitionOfStream('logs', streamIdOfPartition('logs.eu', 12))).toBeUndefined();
  expect(partitionOfStream('logs', 'kafka:logs')).toBeUndefined();
  expect(partitionOfStream('logs', 'file:/logs/12')).toBeUndefined();
});

test('sources beyond the cap have a name of their own in each partition, and the plain one elsewhere', () => {
  expect(otherSourceOf('kafka:logs/3')).toBe('(other of partition 3)');
  expect(otherSourceOf('kafka:logs')).toBe('(other)');
  expect(otherSourceOf('file:/var/log/3')).toBe('(other)');
});
