import { expect, test } from 'vitest';
import { chooseArtifact } from './choose-artifact.js';

const artifactOf = (name: string, version: string) => ({ name, version, featureNames: [] });
const [old, young, other] = [
  artifactOf('shop', 'aa11'),
  artifactOf('shop', 'bb22'),
  artifactOf('nova', 'cc33'),
];

test('the only artifact of a store need not be named', () => {
  expect(chooseArtifact([other], undefined)).toBe(other);
});

test('an artifact is named by its name, the beginning of its version, or its folder', () => {
  const all = [old, young, other];
  expect(chooseArtifact(all, 'nova')).toBe(other);
  expect(chooseArtifact(all, 'shop@b')).toBe(young);
  expect(chooseArtifact(all, 'data/models/shop/aa11/')).toBe(old);
});

test('what fits none or several is answered with what there is', () => {
  const all = [old, young, other];
  expect(() => chooseArtifact(all, 'shop')).toThrow(
    'more than one artifact of the store fits --model shop: it has shop@aa11, shop@bb22, nova@cc33',
  );
  expect(() => chooseArtifact(all, undefined)).toThrow(/name one with --model \(shop@aa11/);
  expect(() => chooseArtifact(all, 'elsewhere')).toThrow(/no artifact of the store fits/);
  expect(() => chooseArtifact([], 'shop')).toThrow('the store has no results yet');
});
