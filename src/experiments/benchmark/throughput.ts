// How many records a second go through, beside a bare loop of JSON.parse over the same lines: ratios travel from one
// machine to another, absolute rates do not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Artifact } from '../../core/artifact.js';
import { createMatcher } from '../../core/template/miner.js';
import { isLineTypeClass } from '../../core/window/add-to-pane.js';
import { severityClassOf } from '../../core/window/pane.js';
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import { readArtifact } from '../artifact-folder.js';
import { finishFit, prepareFit } from '../fit/fit.js';
import { spanMsFor } from '../generator/options.js';
import { writeDataset } from '../generator/write-dataset.js';
import { readLines } from '../input/read-lines.js';
import { readRecords } from '../input/read-records.js';
import { type InputFile, resolveInputs } from '../input/resolve-inputs.js';
import { replay } from '../score.js';
import { raceFitOptions } from './race.js';
import { type Clocks, measureRates, type Stage, type StageRate } from './rates.js';
import { type BenchmarkReport, column } from './report.js';
import { splitTimeMs } from '../input/split-time.js';

export interface ThroughputOptions {
  /** NDJSON to read; generated when there is none. */
  readonly path?: string | undefined;
  /** How many records are generated. */
  readonly records: number;
  readonly rounds: number;
  readonly seed: string;
  /** Folder of the artifact to score with; without it one is fitted on the first part of the time. */
  readonly model?: string | undefined;
  readonly clocks: Clocks;
  readonly onProgress?: (stage: string, done: number, total: number) => void;
}

/** The generator's clean part: what comes later has anomalies in it. */
const FITTED_SHARE = 0.4;
const KIB_PER_MIB = 1024;

export async function benchmarkThroughput(options: ThroughputOptions): Promise<BenchmarkReport> {
  if (options.path !== undefined) return measure(resolveInputs([options.path])[0]!, options);
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-throughput-'));
  try {
    const { seed, records } = options;
    const { logsPath } = await writeDataset({ seed, records, durationMs: spanMsFor(records) }, folder, {
      onProgress: (done) => options.onProgress?.('generating', done.records, records),
    });
    return await measure(resolveInputs([logsPath])[0]!, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(file: InputFile, options: ThroughputOptions): Promise<BenchmarkReport> {
  const artifact = options.model === undefined ? await fitted(file, options) : readArtifact(options.model);
  let windows = 0;
  let records = 0;
  const rates = await measureRates(
    stagesOver(file, artifact, (counts) => {
      ({ windows, records } = counts);
    }),
    options.rounds,
    options.clocks,
    (done, total) => options.onProgress?.('rounds', done, total),
  );
  return tabulate(rates, file, records, windows, options.rounds);
}

async function fitted(file: InputFile, { seed, onProgress }: ThroughputOptions): Promise<Artifact> {
  const fit = raceFitOptions(seed, {
    perFile: false,
    untilMs: await splitTimeMs([file], FITTED_SHARE, DEFAULT_WINDOW_SPEC.hopMs),
  });
  const data = await prepareFit([file], fit, {
    onStage: (stage, done, total) => onProgress?.(`fit: ${stage}`, done, total),
  });
  return { ...finishFit(data, fit), version: '' };
}

function stagesOver(
  file: InputFile,
  artifact: Artifact,
  onScored: (counts: { records: number; windows: number }) => void,
): readonly Stage[] {
  const matcher = createMatcher(artifact.dictionary);
  return [
    {
      name: 'JSON.parse',
      run: async () => {
        let parsed = 0;
        for await (const lines of readLines(file.path, {})) {
          for (const { text } of lines) if (JSON.parse(text) !== null) parsed++;
        }
        return parsed;
      },
    },
    {
      name: 'records',
      run: async () => {
        let records = 0;
        await readRecords([file], {}, (read) => {
          if (read.ok) records++;
        });
        return records;
      },
    },
    {
      name: 'records, templates',
      run: async () => {
        let records = 0;
        let indices = 0;
        await readRecords([file], {}, (read) => {
          if (!read.ok) return;
          records++;
          // as the scorer does: line types are looked at from INFO on
          if (isLineTypeClass(severityClassOf(read.record.severity)))
            indices += matcher.match(read.record.body);
        });
        // the sum is looked at, so that no compiler may leave the matching out
        return Number.isNaN(indices) ? 0 : records;
      },
    },
    {
      name: 'score',
      run: async () => {
        let windows = 0;
        const { tally } = await replay([file], artifact, { perFile: false, onRow: () => void windows++ });
        onScored({ records: tally.records.read, windows });
        return tally.records.read;
      },
    },
  ];
}

function tabulate(
  rates: readonly StageRate[],
  file: InputFile,
  records: number,
  windows: number,
  rounds: number,
): BenchmarkReport {
  const peakMib = process.resourceUsage().maxRSS / KIB_PER_MIB;
  return {
    title: 'Records a second, one process, one thread',
    tables: [
      {
        caption: `${records.toLocaleString('en-US')} records, ${(file.bytes / records).toFixed(0)} bytes a record on disk; median of ${rounds} rounds in turn.`,
        columns: [
          column('work'),
          column('records/s', 0),
          column('slowest round', 0),
          column('fastest round', 0),
          column('ratio to JSON.parse'),
          column('by processor time'),
        ],
        rows: rates.map(({ name, recordsPerSecond, range, ratio, cpuRatio }) => [
          name,
          recordsPerSecond,
          range[0],
          range[1],
          ratio,
          cpuRatio,
        ]),
      },
    ],
    notes: [
      `Peak memory of the whole process, all rounds and a fit, if there was one, in it: ${peakMib.toFixed(0)} MiB resident.`,
      'JSON.parse: every line parsed and dropped, read and split by the same reader. Score: everything that `loghorn score` does but the writing of its lines.',
      `Score closed ${windows.toLocaleString('en-US')} windows; the fewer records a window holds, the more of the time goes into windows.`,
      `Node ${process.versions.node}.`,
    ],
  };
}
