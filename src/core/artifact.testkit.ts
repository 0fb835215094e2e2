// A small artifact as files in memory, its probe scored, for the tests of what is refused.
import { type Artifact, encodeArtifact } from './artifact.js';
import { plainLog } from './log-like.testkit.js';
import { scoreProbe } from './probe.js';
import { createRandom } from './random.js';
import { fitSmall } from './scorer.testkit.js';

export function smallArtifact(): Omit<Artifact, 'version'> {
  const { version: _version, ...fitted } = fitSmall();
  const lines = plainLog(80, createRandom('probe')).map(({ eventTimeMs, source, severity, body }) =>
    JSON.stringify({
      time: new Date(eventTimeMs).toISOString(),
      service: source,
      level: severity < 13 ? 'info' : 'error',
      msg: body,
    }),
  );
  const probe = { lines, defaultSource: 'probe' };
  return { ...fitted, probe: { ...probe, rows: scoreProbe({ ...fitted, version: '' }, lines, 'probe') } };
}

export type Files = Map<string, Uint8Array>;

export function filesOf(artifact: Omit<Artifact, 'version'>): Files {
  const encoder = new TextEncoder();
  return new Map([...encodeArtifact(artifact).files].map(([file, text]) => [file, encoder.encode(text)]));
}
