// Lines of an alert that its store did not keep, from the log file that the stream was read from.
import { existsSync, statSync } from 'node:fs';
import { type Artifact, ArtifactError } from '../../core/artifact.js';
import type { LogRecord } from '../../core/record.js';
import { createScorer } from '../../core/scorer.js';
import { sourceForArtifact, sourceOfPath } from '../../core/source-name.js';
import { ALL_SOURCES } from '../../core/window/window-spec.js';
import { readRecords } from '../input/read-records.js';

export interface FileLinesQuestion {
  /** Of the log: it is read from its beginning. */
  readonly path: string;
  /** A service, or `*` for all together. */
  readonly source: string;
  /** Start of the first window that is to come out as it was, and end of the last one, ms. */
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface FileLines {
  /** In the order of the file. */
  readonly records: readonly LogRecord[];
  /** Of the source's latest record before those, ms; null where there is none. */
  readonly earlierMs: number | null;
}

/** Records behind the last window say which ones before them came too late. */
const AFTER_MS = 3_600_000;

/** @throws ArtifactError when the file is not there, InputError when it cannot be read */
export async function readFileLines(
  artifact: Artifact,
  { path, source, fromMs, untilMs }: FileLinesQuestion,
): Promise<FileLines> {
  if (!existsSync(path))
    throw new ArtifactError(
      `the log '${path}' is not there any more: set logFile (LOGHORN_LOG_FILE) to where its lines are now`,
    );
  const { groupBy } = artifact.spec.window;
  const isAsked = (record: LogRecord): boolean =>
    record.source === source || (groupBy === 'all' && source === ALL_SOURCES);
  const firstMs = fromMs - createScorer(artifact, { issue: 'final' }).reachMs;
  const records: LogRecord[] = [];
  let earlierMs = Number.NEGATIVE_INFINITY;
  const file = {
    path,
    bytes: statSync(path).size,
    defaultSource: sourceForArtifact(artifact, sourceOfPath(path)),
  };
  await readRecords([file], artifact.input, (read) => {
    if (!read.ok || !isAsked(read.record)) return;
    const { eventTimeMs } = read.record;
    if (eventTimeMs < firstMs) earlierMs = Math.max(earlierMs, eventTimeMs);
    else if (eventTimeMs < untilMs + AFTER_MS) records.push(read.record);
  });
  return { records, earlierMs: Number.isFinite(earlierMs) ? earlierMs : null };
}
