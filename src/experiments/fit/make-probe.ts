// Takes the first raw lines of the fit's own input along as the artifact's probe.
import type { Artifact } from '../../core/artifact.js';
import { scoreProbe } from '../../core/probe.js';
import { readLines } from '../input/read-lines.js';
import type { InputFile } from '../input/resolve-inputs.js';

/** Enough for several windows of several sources, and still small. */
const MAX_LINES = 300;
/** Longer lines would only make the artifact heavy. */
const MAX_CHARACTERS = 2000;

export interface ProbeLines {
  readonly lines: readonly string[];
  readonly defaultSource: string;
}

export async function readProbeLines(file: InputFile): Promise<ProbeLines> {
  const lines: string[] = [];
  for await (const batch of readLines(file.path, {})) {
    for (const { text } of batch)
      if (text.length <= MAX_CHARACTERS && lines.length < MAX_LINES) lines.push(text);
    if (lines.length >= MAX_LINES) break;
  }
  return { lines, defaultSource: file.defaultSource };
}

export function withProbe(
  artifact: Omit<Artifact, 'probe' | 'version'>,
  probe: ProbeLines,
): Omit<Artifact, 'version'> {
  const rows = scoreProbe({ ...artifact, version: '' }, probe.lines, probe.defaultSource);
  return { ...artifact, probe: { ...probe, rows } };
}
