// The artifact's proof: raw lines with the features and scores that they had at the fit. Whoever loads the artifact
// scores them again, and one differing bit means that this build would not score as the notebook did.
import { type Artifact, ArtifactError, type ProbeRow } from './artifact.js';
import { createRecordReader } from './format/reader.js';
import type { WindowRow } from './score-window.js';
import { createScorer } from './scorer.js';

/** What an artifact makes of raw lines, from fresh state. */
export function scoreProbe(
  artifact: Omit<Artifact, 'probe'>,
  lines: readonly string[],
  defaultSource: string,
): readonly ProbeRow[] {
  const rows: ProbeRow[] = [];
  const sink = {
    onRow: (row: WindowRow) => {
      const { source, startMs, records, score } = row;
      rows.push({ source, startMs, records, features: Array.from(row.features), score });
    },
  };
  const scorer = createScorer(artifact, { issue: 'final' });
  const reader = createRecordReader({ ...readerOptions(artifact), defaultSource });
  lines.forEach((text, index) =>
    reader.push({ text, number: index + 1, endOffsetBytes: 0, isTooLong: false }, (read) => {
      if (read.ok) scorer.push(read.record, sink);
    }),
  );
  reader.flush((read) => {
    if (read.ok) scorer.push(read.record, sink);
  });
  scorer.end(sink);
  return rows;
}

/** @throws ArtifactError at the first bit that differs */
export function verifyProbe(artifact: Artifact): void {
  const { lines, defaultSource, rows: wanted } = artifact.probe;
  const came = scoreProbe(artifact, lines, defaultSource);
  const refuse = (what: string): never => {
    throw new ArtifactError(
      `probe.json does not hold under this build: ${what}. The artifact would not score here as it did where it was fitted: refit it with this version.`,
    );
  };
  if (came.length !== wanted.length) refuse(`${wanted.length} windows wanted, ${came.length} came`);
  came.forEach((row, index) => {
    const want = wanted[index]!;
    const where = `window ${row.source} ${new Date(row.startMs).toISOString()}`;
    if (row.source !== want.source || row.startMs !== want.startMs || row.records !== want.records)
      refuse(`${where}: source, start or records differ from ${want.source} ${want.startMs}`);
    artifact.spec.features.forEach(({ name }, feature) => {
      if (!Object.is(row.features[feature], want.features[feature]))
        refuse(`${where}: ${name} wanted ${want.features[feature]}, came ${row.features[feature]}`);
    });
    if (!Object.is(row.score, want.score)) refuse(`${where}: score wanted ${want.score}, came ${row.score}`);
  });
}

function readerOptions({
  input,
}: Pick<Artifact, 'input'>): Omit<Parameters<typeof createRecordReader>[0], 'defaultSource'> {
  return input as Omit<Parameters<typeof createRecordReader>[0], 'defaultSource'>;
}
