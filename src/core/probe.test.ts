import { expect, test } from 'vitest';
import { type Artifact, ArtifactError, type ProbeRow } from './artifact.js';
import { filesOf, smallArtifact } from './artifact.testkit.js';
import { loadArtifact } from './load-artifact.js';

const artifact = smallArtifact();

/** Loads the artifact with another probe, its hashes in order: as a build with another formula would see it. */
function load(change: (rows: readonly ProbeRow[]) => readonly ProbeRow[]): Artifact {
  const files = filesOf({ ...artifact, probe: { ...artifact.probe, rows: change(artifact.probe.rows) } });
  return loadArtifact((file) => files.get(file));
}
const changeRow = (index: number, change: (row: ProbeRow) => ProbeRow) => (rows: readonly ProbeRow[]) =>
  rows.map((row, each) => (each === index ? change(row) : row));
/** The next number that a double can hold. */
const nextUp = (value: number): number => {
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0]! += 1n;
  return new Float64Array(bits.buffer)[0]!;
};

test('a probe that scores as it did is accepted', () => {
  expect(artifact.probe.rows.length).toBeGreaterThan(5);
  expect(load((rows) => rows).probe.rows).toEqual(artifact.probe.rows);
});

test('one differing bit of a score is refused, naming the window and both numbers', () => {
  const row = artifact.probe.rows[3]!;
  const wanted = nextUp(row.score);

  expect(() => load(changeRow(3, (each) => ({ ...each, score: wanted })))).toThrow(
    `window ${row.source} ${new Date(row.startMs).toISOString()}: score wanted ${wanted}, came ${row.score}`,
  );
});

test('one differing bit of any feature is refused by the name of the feature', () => {
  artifact.spec.features.forEach(({ name }, feature) => {
    const change = changeRow(2, (row) => ({
      ...row,
      features: row.features.map((value, index) => (index === feature ? nextUp(value) : value)),
    }));

    expect(() => load(change)).toThrow(`: ${name} wanted `);
  });
});

test('windows that are missing, or have other records, are refused', () => {
  expect(() => load((rows) => rows.slice(1))).toThrow(ArtifactError);
  expect(() => load((rows) => rows.slice(1))).toThrow(
    /probe.json does not hold under this build: \d+ windows wanted/,
  );
  expect(() => load(changeRow(0, (row) => ({ ...row, records: row.records + 1 })))).toThrow(
    'source, start or records differ',
  );
});
