import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ArtifactError } from '../core/artifact.js';
import { smallArtifact } from '../core/artifact.testkit.js';
import { readArtifact, writeArtifact } from './artifact-folder.js';
import { createLogFolder } from './input/input.testkit.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
const artifact = smallArtifact();
const models = join(folder.path, 'models');
let written = '';
beforeEach(() => {
  rmSync(models, { recursive: true, force: true });
  written = writeArtifact(artifact, models);
});

test('an artifact lies under its name and version, and is read from either', () => {
  expect(written).toBe(join(models, 'small', basename(written)));
  expect(readArtifact(written)).toEqual(readArtifact(dirname(written)));
  expect(readArtifact(written)).toMatchObject({ name: 'small', version: basename(written) });
});

test('writing it again mends what was changed, and leaves nothing beside it', () => {
  writeFileSync(join(written, 'model.json'), '{}');

  expect(writeArtifact(artifact, models)).toBe(written);
  expect(readArtifact(written).name).toBe('small');
  expect(readdirSync(dirname(written))).toEqual([basename(written)]);
});

test.each(['manifest.json', 'model.json', 'threshold.json', 'probe.json'])(
  'a changed byte in %s is refused with the folder and the file',
  (file) => {
    const bytes = readFileSync(join(written, file));
    bytes[bytes.length >> 1]! ^= 4;
    writeFileSync(join(written, file), bytes);

    expect(() => readArtifact(written)).toThrow(ArtifactError);
    expect(() => readArtifact(written)).toThrow(`${written}: ${file}`);
  },
);

test('a missing file is refused by its name', () => {
  rmSync(join(written, 'templates.json'));

  expect(() => readArtifact(written)).toThrow(`${written}: templates.json is missing`);
});

test('a folder that is none, or that holds no artifact, or several, is refused with what to do', () => {
  const other = join(dirname(written), 'other');
  cpSync(written, other, { recursive: true });

  expect(() => readArtifact(join(models, 'nowhere'))).toThrow(
    /there is no artifact folder .* give the one that/,
  );
  expect(() => readArtifact(models)).toThrow(/holds no artifact \(manifest.json is missing\)/);
  expect(() => readArtifact(dirname(written))).toThrow(/holds 2 versions: name one of them\n[^]*other/);
  expect(existsSync(other)).toBe(true);
});

test('of several versions the sentence says where they lie and what is not the same', () => {
  const another = writeArtifact(
    { ...artifact, provenance: { ...artifact.provenance, seed: 'another', records: 7 } },
    models,
  );
  const broken = join(dirname(written), 'broken');
  cpSync(written, broken, { recursive: true });
  writeFileSync(join(broken, 'provenance.json'), '{');

  const refused = (): unknown => readArtifact(dirname(written));

  // in the order of their names, which are hashes
  expect(refused).toThrow(`${another}: records 7, seed another`);
  expect(refused).toThrow(`${written}: records ${artifact.provenance.records}, seed 1`);
  expect(refused).toThrow(`${broken}: its provenance.json cannot be read`);
});
