// Offline replay: inputs through the one scorer, each window shown once it is final.
import type { Artifact } from '../core/artifact.js';
import type { Read } from '../core/record.js';
import { sourceForArtifact } from '../core/source-name.js';
import type { WindowRow } from '../core/score-window.js';
import { createScorer, type Scorer, type ScorerSink, type ScorerSnapshot } from '../core/scorer.js';
import { readRecords, type ReadRecordsOptions } from './input/read-records.js';
import type { InputFile } from './input/resolve-inputs.js';
import { createTally, type Tally, type TallySnapshot } from './input/tally.js';

export interface ScoreOptions extends ReadRecordsOptions {
  /** Each input starts from fresh state. */
  readonly perFile: boolean;
  readonly onRow: (row: WindowRow, file: InputFile | undefined) => void;
}

/** Where a stopped replay stood; plain JSON. */
export interface ReplayPosition {
  readonly run: number;
  /** Reads of that run that were taken. */
  readonly reads: number;
  readonly scorer: ScorerSnapshot;
  readonly tally: TallySnapshot;
}

export interface Replay {
  readonly tally: Tally;
  /** Set when the signal stopped it before the end. */
  readonly stoppedAt: ReplayPosition | undefined;
}

/** @param from where an earlier replay of the same inputs and artifact stopped */
export async function replay(
  files: readonly InputFile[],
  artifact: Artifact,
  options: ScoreOptions,
  from?: ReplayPosition,
): Promise<Replay> {
  const tally = createTally(from?.tally);
  const named = files.map((file) => ({
    ...file,
    defaultSource: sourceForArtifact(artifact, file.defaultSource),
  }));
  const runs = options.perFile ? named.map((file) => [file]) : [named];
  for (let run = from?.run ?? 0; run < runs.length; run++) {
    const restored = run === from?.run ? from : undefined;
    const inputs = runs[run]!;
    const file = options.perFile ? inputs[0] : undefined;
    const scorer: Scorer = createScorer(artifact, { issue: 'final' }, restored?.scorer);
    const sink: ScorerSink = {
      onRow: (row) => options.onRow(row, file),
      onRefused: (record, reason) => tally.onRefused(record, reason),
    };
    let reads = 0;
    const skip = restored?.reads ?? 0;
    await readRecords(inputs, { ...artifact.input, ...options }, (read: Read, input) => {
      // after the signal what was read already is left for the next run
      if (options.signal?.aborted || reads++ < skip) return;
      tally.onRead(read, input.path);
      if (read.ok) scorer.push(read.record, sink);
    });
    if (options.signal?.aborted) {
      const stoppedAt = {
        run,
        reads: Math.max(reads, skip),
        scorer: scorer.snapshot(),
        tally: tally.snapshot(),
      };
      return { tally: tally.tally(), stoppedAt };
    }
    scorer.end(sink);
  }
  return { tally: tally.tally(), stoppedAt: undefined };
}
