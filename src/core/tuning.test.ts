import { expect, test } from 'vitest';
import { decodeArtifact, encodeArtifact } from './artifact.js';
import { filesOf, smallArtifact } from './artifact.testkit.js';
import { loadArtifact } from './load-artifact.js';
import { plainLog } from './log-like.testkit.js';
import { scoreProbe } from './probe.js';
import { createRandom } from './random.js';
import type { LogRecord } from './record.js';
import type { WindowRow } from './score-window.js';
import { createScorer } from './scorer.js';
import { fitSmall, type ScorableArtifact } from './scorer.testkit.js';
import { createMatcher } from './template/miner.js';
import type { Tuning } from './tuning.js';

const NONE: Tuning = { parent: '0123456789ab', thresholds: {}, mutedTemplates: [] };
const muted = (templateId: string): Tuning['mutedTemplates'][number] => ({
  templateId,
  text: 'as it was',
  reason: 'harmless',
  who: 'kim',
  atMs: 0,
});

function rowsOf(artifact: ScorableArtifact, records: readonly LogRecord[]): WindowRow[] {
  const rows: WindowRow[] = [];
  const sink = { onRow: (row: WindowRow) => void rows.push(row) };
  const scorer = createScorer(artifact, { issue: 'final' });
  for (const record of records) scorer.push(record, sink);
  scorer.end(sink);
  return rows;
}

test('a threshold of its own decides for its source alone, and changes no score', () => {
  const artifact = fitSmall();
  const records = plainLog(400, createRandom('tuned'));
  const [source] = records.map((record) => record.source);
  const before = rowsOf(artifact, records);

  const after = rowsOf({ ...artifact, tuning: { ...NONE, thresholds: { [source!]: 0 } } }, records);

  expect(after.map(({ score }) => score)).toEqual(before.map(({ score }) => score));
  expect(after.filter(({ source: of }) => of === source).every(({ alert }) => alert)).toBe(true);
  const ofOthers = (rows: WindowRow[]): WindowRow[] => rows.filter((row) => row.source !== source);
  expect(ofOthers(after)).toEqual(ofOthers(before));
});

test.each(['known', 'new'])('a %s line that is muted counts in the volume and is no reason', (kind) => {
  const artifact = fitSmall();
  const records = plainLog(400, createRandom('muted'));
  const middle = records[200]!;
  const matcher = createMatcher(artifact.dictionary);
  const body = kind === 'new' ? 'the flux capacitor is empty' : middle.body;
  const index = matcher.match(body);
  const id = index < 0 ? matcher.describeNew(body).id : matcher.templates[index]!.id;
  const fatal = Array.from({ length: 20 }, () => ({ ...middle, severity: 21, body }));
  const withFatal = [...records.slice(0, 201), ...fatal, ...records.slice(201)];
  const isIt = (row: WindowRow): boolean =>
    row.source === middle.source && row.startMs <= middle.eventTimeMs && middle.eventTimeMs < row.endMs;
  const feature = (row: WindowRow, name: string): number =>
    row.features[artifact.spec.features.findIndex((each) => each.name === name)]!;

  const loud = rowsOf(artifact, withFatal).find(isIt)!;
  const quiet = rowsOf({ ...artifact, tuning: { ...NONE, mutedTemplates: [muted(id)] } }, withFatal).find(
    isIt,
  )!;

  expect(feature(loud, 'fatal_count')).toBe(20);
  expect(feature(quiet, 'fatal_count')).toBe(0);
  expect(quiet.records).toBe(loud.records);
  expect(feature(quiet, 'new_template_count')).toBe(0);
  expect(quiet.score).toBeLessThan(loud.score);
});

test('an artifact that was tuned to nothing scores as before, under another version and schema', () => {
  const plain = smallArtifact();
  const tuned = { ...plain, tuning: NONE };

  expect(decodeArtifact((file) => filesOf(tuned).get(file))).toMatchObject({ tuning: NONE });
  expect(encodeArtifact(tuned).version).not.toBe(encodeArtifact(plain).version);
  expect(encodeArtifact(tuned).files.get('manifest.json')).toContain('"schemaVersion": 2');
  expect(loadArtifact((file) => filesOf(tuned).get(file)).probe).toEqual(plain.probe);
});

test('what was taught is held to the probe like all else', () => {
  const plain = smallArtifact();
  const muting = { ...NONE, mutedTemplates: plain.dictionary.templates.map(({ id }) => muted(id)) };
  const unproven = { ...plain, tuning: muting };
  const rows = scoreProbe({ ...unproven, version: '' }, plain.probe.lines, plain.probe.defaultSource);
  const proven = { ...unproven, probe: { ...plain.probe, rows } };

  expect(() => loadArtifact((file) => filesOf(unproven).get(file))).toThrow(/probe.json does not hold/);
  expect(loadArtifact((file) => filesOf(proven).get(file)).tuning).toEqual(muting);
});

test('a changed byte of what was taught is refused, and a threshold outside of 0 to 1 is never written', () => {
  const files = filesOf({ ...smallArtifact(), tuning: { ...NONE, thresholds: { api: 0.5 } } });
  const text = new TextDecoder().decode(files.get('tuning.json'));
  files.set('tuning.json', new TextEncoder().encode(text.replace('0.5', '0.6')));

  expect(() => decodeArtifact((file) => files.get(file))).toThrow(/tuning.json was changed/);
  expect(() => encodeArtifact({ ...smallArtifact(), tuning: { ...NONE, thresholds: { api: 1.5 } } })).toThrow(
    /'api' must lie in 0 to 1/,
  );
});
