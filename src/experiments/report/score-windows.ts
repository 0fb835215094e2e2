// The first reading of the inputs: every window as it is judged, the fit's own span left out, and what the
// suitability of the data is read from. No feature vector is kept, so that millions of windows fit into memory.
import type { Artifact } from '../../core/artifact.js';
import { detectorByName } from '../../core/detector/registry.js';
import { featureIndex } from '../../core/detector/detector.js';
import { type ScoredWindow, scoredWindowOf } from '../evaluate/scored-window.js';
import type { ReadRecordsOptions } from '../input/read-records.js';
import type { InputFile } from '../input/resolve-inputs.js';
import type { Tally } from '../input/tally.js';
import { replay } from '../score.js';

/** A judged window, and what an error counter would have made of it. */
export interface ReportWindow extends ScoredWindow {
  /** Score of the error-count baseline for this window alone, without a hold, in [0, 1]. */
  readonly errorScore: number;
}

/** Sums over all scored windows, the fit's own span left out. */
export interface WindowTotals {
  readonly windows: number;
  readonly emptyWindows: number;
  readonly records: number;
  /** Records of line types (INFO and above) that the fit never saw. */
  readonly newRecords: number;
  /** Windows that were left out because they began before the end of the fit. */
  readonly leftOut: number;
}

export interface ScoredInputs {
  readonly windows: readonly ReportWindow[];
  readonly totals: WindowTotals;
  readonly tally: Tally;
}

export interface ScoreWindowsOptions extends ReadRecordsOptions {
  readonly perFile: boolean;
  /** Windows that begin earlier are left out, ms since epoch; -Infinity keeps all. */
  readonly fromMs: number;
}

/** @returns undefined when the signal stopped it */
export async function scoreWindows(
  files: readonly InputFile[],
  artifact: Artifact,
  options: ScoreWindowsOptions,
): Promise<ScoredInputs | undefined> {
  const { features } = artifact.spec;
  const errorCounter = detectorByName('error-count').create(features, null);
  const newRecordsIndex = featureIndex(features, 'new_template_records');
  const windows: ReportWindow[] = [];
  let [emptyWindows, totalRecords, newRecords, leftOut] = [0, 0, 0, 0];
  const { tally, stoppedAt } = await replay(files, artifact, {
    ...options,
    onRow: (row, file) => {
      const { source, startMs, records, features: raw } = row;
      if (startMs < options.fromMs) {
        leftOut++;
        return;
      }
      windows.push({
        ...scoredWindowOf(row, file),
        // an error counter looks at the raw values alone
        errorScore: errorCounter.scoreOne({ source, startMs, raw, scaled: raw }),
      });
      if (records === 0) emptyWindows++;
      totalRecords += records;
      newRecords += raw[newRecordsIndex]!;
    },
  });
  if (stoppedAt) return undefined;
  const totals = { windows: windows.length, emptyWindows, records: totalRecords, newRecords, leftOut };
  return { windows, totals, tally };
}
