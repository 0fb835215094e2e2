// HDFS, whose truth is by block: what windows can and cannot say about sessions. A window is the wrong unit for it,
// and this says how wrong.
import type { DetectorName } from '../../core/detector/detector.js';
import { ALL_SOURCES, DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import { prepareFit } from '../fit/fit.js';
import type { InputFile } from '../input/resolve-inputs.js';
import { type BlockFigures, blockFigures, windowKey } from './block-figures.js';
import { dataFile, readDataTable } from './data-files.js';
import { type Contender, fitRacers, HOLD_MS, NO_HOLD_MS, raceFitOptions, raceOverFile } from './race.js';
import { type BenchmarkReport, column } from './report.js';
import { splitTimeMs } from '../input/split-time.js';

export interface HdfsOptions {
  readonly seed: string;
  readonly onProgress?: (stage: string, done: number, total: number) => void;
}

const FITTED_SHARE = 0.3;
const DETECTORS: readonly DetectorName[] = [
  'combined',
  'tfidf-residual',
  'new-templates',
  'count-rate',
  'isolation-forest',
  'error-count',
  'random',
];
const CONTENDERS: readonly Contender[] = [
  ...DETECTORS.map((detector) => ({ detector, holdMs: NO_HOLD_MS })),
  { detector: 'combined', holdMs: HOLD_MS },
];
const GROUPINGS = ['all', 'service'] as const;

interface Result {
  readonly groupBy: (typeof GROUPINGS)[number];
  readonly label: string;
  readonly hold: string;
  readonly figures: BlockFigures;
}

/** @param folder `events.jsonl.gz`, whose records name their `block`, and `block_labels.csv` */
export async function benchmarkHdfs(folder: string, options: HdfsOptions): Promise<BenchmarkReport> {
  const file = dataFile(folder, 'events.jsonl.gz');
  const anomalousBlocks = new Set(
    readDataTable(folder, 'block_labels.csv').flatMap(({ block, anomaly }) =>
      anomaly === '1' ? [block!] : [],
    ),
  );
  const splitMs = await splitTimeMs([file], FITTED_SHARE, DEFAULT_WINDOW_SPEC.hopMs);
  const results: Result[] = [];
  for (const [index, groupBy] of GROUPINGS.entries()) {
    options.onProgress?.('hdfs', index, GROUPINGS.length);
    results.push(...(await judge(file, groupBy, splitMs, anomalousBlocks, options.seed)));
  }
  return tabulate(results, splitMs);
}

async function judge(
  file: InputFile,
  groupBy: Result['groupBy'],
  splitMs: number,
  anomalousBlocks: ReadonlySet<string>,
  seed: string,
): Promise<readonly Result[]> {
  const window = { ...DEFAULT_WINDOW_SPEC, groupBy };
  const options = raceFitOptions(seed, { window, untilMs: splitMs });
  const racers = fitRacers(await prepareFit([file], options, {}), options, CONTENDERS);
  const blocksOfWindow = new Map<string, Set<string>>();
  const raced = await raceOverFile(file, racers, ({ source, eventTimeMs, attributes }) => {
    const block = attributes?.['block'];
    if (typeof block !== 'string') return;
    const startMs = Math.floor(eventTimeMs / window.windowMs) * window.windowMs;
    const key = windowKey(groupBy === 'all' ? ALL_SOURCES : source, startMs);
    const blocks = blocksOfWindow.get(key);
    if (blocks) blocks.add(block);
    else blocksOfWindow.set(key, new Set([block]));
  });
  const truth = { blocksOfWindow, anomalousBlocks };
  const judged = raced.map((rows) => rows.filter(({ startMs }) => startMs >= splitMs));
  const volume = judged[0]!.map((row) => ({ ...row, score: row.records, alert: false }));
  return [
    ...CONTENDERS.map(({ detector, holdMs }, lane) => ({
      groupBy,
      label: detector,
      hold: holdMs === NO_HOLD_MS ? 'none' : '5 min',
      figures: blockFigures(judged[lane]!, truth),
    })),
    { groupBy, label: 'lines in the window', hold: 'none', figures: blockFigures(volume, truth) },
  ];
}

function tabulate(results: readonly Result[], splitMs: number): BenchmarkReport {
  const percent = (share: number | null): number | null => (share === null ? null : 100 * share);
  return {
    title: 'HDFS, labelled by block',
    tables: [
      {
        caption: `Fitted on the first ${100 * FITTED_SHARE} % of the time, anomalous blocks among it, judged from ${new Date(splitMs).toISOString()} on.`,
        columns: [
          column('group by'),
          column('detector'),
          column('hold'),
          column('window ROC'),
          column('window AP'),
          column('block ROC'),
          column('block AP'),
          column('alerting windows %', 1),
          column('anomalous blocks in them %', 1),
          column('in the others %', 1),
        ],
        rows: results.map(({ groupBy, label, hold, figures }) => [
          groupBy,
          label,
          hold,
          figures.windowRoc,
          figures.windowPrecision,
          figures.blockRoc,
          figures.blockPrecision,
          percent(figures.alertingShare),
          percent(figures.anomalousInside),
          percent(figures.anomalousOutside),
        ]),
      },
    ],
    notes: [
      'Windows of 30 s are the wrong unit here: the truth is by block, the lines of a block lie in many windows and a window holds those of many blocks. A detector of sessions would group by block.',
      'Window: does it hold a line of an anomalous block. Block: the highest score of the windows that its lines are in. Windows without a line count nowhere.',
      'Lines in the window is no detector: the more blocks a window holds, the likelier one of them is anomalous, so that what does not beat it has found nothing.',
    ],
  };
}
