import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { smallArtifact } from '../../core/artifact.testkit.js';
import type { Artifact } from '../../core/artifact.js';
import type { Tuning } from '../../core/tuning.js';
import { readArtifact, writeArtifact } from '../artifact-folder.js';
import { adoptTuning } from './adopt-tuning.js';

const modelsFolder = mkdtempSync(join(tmpdir(), 'loghorn-adopt-'));
afterAll(() => rmSync(modelsFolder, { recursive: true, force: true }));

const folder = writeArtifact(smallArtifact(), modelsFolder);
const artifact: Artifact = readArtifact(folder);
const tuning: Tuning = {
  parent: artifact.version,
  thresholds: { api: 0.75 },
  mutedTemplates: artifact.dictionary.templates
    .slice(0, 3)
    .map(({ id, text }) => ({ templateId: id, text, reason: 'harmless', who: 'kim', atMs: 0 })),
};

test('a tuned artifact is a version beside its parent that proves itself, and the parent stays as it was', () => {
  const adopted = adoptTuning(artifact, tuning, { modelsFolder });

  const written = readArtifact(adopted.folder);
  expect(written.tuning).toEqual(tuning);
  expect(adopted).toMatchObject({ name: artifact.name, version: written.version });
  expect(written.version).not.toBe(artifact.version);
  expect(written.probe.rows).not.toEqual(artifact.probe.rows);
  expect({ ...written, tuning: 0, version: 0, probe: 0 }).toEqual({
    ...artifact,
    tuning: 0,
    version: 0,
    probe: 0,
  });
  expect(readArtifact(folder)).toEqual(artifact);
});

test('the same tuning is the same version, under another name too it is one that loads', () => {
  const { version } = adoptTuning(artifact, tuning, { modelsFolder });

  expect(adoptTuning(artifact, tuning, { modelsFolder }).version).toBe(version);
  expect(readArtifact(adoptTuning(artifact, tuning, { modelsFolder, name: 'calmer' }).folder).name).toBe(
    'calmer',
  );
});
