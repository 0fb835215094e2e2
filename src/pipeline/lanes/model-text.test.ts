import { expect, test } from 'vitest';
import { encodeArtifact } from '../../core/artifact.js';
import { filesOf, smallArtifact } from '../../core/artifact.testkit.js';
import { loadArtifact } from '../../core/load-artifact.js';
import { decodeModel, encodeModel } from './model-text.js';

const files = filesOf(smallArtifact());
const artifact = loadArtifact((file) => files.get(file));

test('an artifact that was kept as text is the one that was loaded from its folder', () => {
  const text = encodeModel(artifact);

  expect(decodeModel(text)).toEqual(artifact);
  expect(encodeModel(decodeModel(text))).toBe(text);
  expect(new Map(Object.entries(JSON.parse(text) as object))).toEqual(encodeArtifact(artifact).files);
});

test('one changed byte is refused', () => {
  const text = encodeModel(artifact).replace(/"value\\": ?0\.4/, '"value\\":0.3');

  expect(text).not.toBe(encodeModel(artifact));
  expect(() => decodeModel(text)).toThrow(/threshold.json was changed/);
});
