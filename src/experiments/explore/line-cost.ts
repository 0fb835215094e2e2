// What a line costs on its way to TF-IDF, step by step, on this machine; and, to weigh it against embeddings without
// having one, what a single small matrix product costs in the same process.
import { createRecordReader } from '../../core/format/reader.js';
import type { FeatureSpec } from '../../core/features/feature-spec.js';
import { createFeaturizer, knownPositions } from '../../core/features/featurizer.js';
import { presenceVector } from '../../core/features/presence.js';
import type { TrainingWindow } from '../../core/features/training-window.js';
import type { Line } from '../../core/lines.js';
import type { LogRecord } from '../../core/record.js';
import { createMatcher } from '../../core/template/miner.js';
import type { TemplateDictionary } from '../../core/template/template.js';
import { createLineTypeKeys } from '../../core/window/line-type.js';
import { createWindowCollector } from '../fit/collect-windows.js';
import { featurizerOf, vectorsOf } from '../fit/learn-spec.js';
import { readLines } from '../input/read-lines.js';

export interface LineCost {
  readonly step: string;
  /** µs for each unit; the least of the rounds, which is the one that was disturbed least. */
  readonly us: number;
  readonly unit: 'line' | 'window' | 'product';
}

export interface LineCostOptions {
  readonly spec: FeatureSpec;
  readonly dictionary: TemplateDictionary;
  /** A clock: ms, monotone. */
  readonly nowMs: () => number;
  /** Lines that are measured on. Default 50,000. */
  readonly lines?: number;
  /** Default 5. */
  readonly rounds?: number;
}

/** Width of the hidden layers of the smallest text encoders in common use. */
export const ENCODER_WIDTH = 384;

/** @throws RangeError when there is no line */
export async function measureLineCost(path: string, options: LineCostOptions): Promise<readonly LineCost[]> {
  const { spec, dictionary, nowMs, lines: maxLines = 50_000, rounds = 5 } = options;
  const lines = await firstLines(path, maxLines);
  if (lines.length === 0) throw new RangeError(`${path} holds no line: there is nothing to measure on`);
  const matcher = createMatcher(dictionary);
  const keys = createLineTypeKeys(dictionary.templates.length, []);
  const usOf = (units: number, run: () => void): number => leastMs(run, rounds, nowMs) * (1000 / units);

  let records: LogRecord[] = [];
  const read = usOf(lines.length, () => {
    const reader = createRecordReader({ defaultSource: 'log' });
    records = [];
    for (const line of lines) reader.push(line, (each) => each.ok && records.push(each.record));
    reader.flush((each) => each.ok && records.push(each.record));
  });
  const match = usOf(records.length, () => {
    for (const { body } of records) matcher.match(body);
  });

  const collector = createWindowCollector(spec.window, matcher, keys, () => {});
  for (const record of records) collector.add(record);
  collector.endRun();
  const windows = collector.windows();
  const inputs = { ...spec, dictionary, keys };
  const features = usOf(windows.length, () => {
    vectorsOf(windows, [...windows.keys()], featurizerOf(spec, inputs));
  });
  const tfidf = usOf(windows.length, () => void sumOfTextFeatures(windows, options, keys));

  return [
    { step: 'read: find the fields of a line', us: read, unit: 'line' },
    { step: 'match: scan the message, find its template', us: match, unit: 'line' },
    { step: `features: all ${spec.features.length} of them`, us: features, unit: 'window' },
    { step: 'of these, TF-IDF distance and residual', us: tfidf, unit: 'window' },
    {
      step: `for comparison: one matrix of ${ENCODER_WIDTH} × ${ENCODER_WIDTH} times a vector`,
      us: usOf(PRODUCTS, multiply(ENCODER_WIDTH)),
      unit: 'product',
    },
  ];
}

function leastMs(run: () => void, rounds: number, nowMs: () => number): number {
  let least = Infinity;
  // the first round also warms up
  for (let round = 0; round <= rounds; round++) {
    const startedMs = nowMs();
    run();
    least = Math.min(least, nowMs() - startedMs);
  }
  return least;
}

async function firstLines(path: string, count: number): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for await (const batch of readLines(path, {})) {
    lines.push(...batch);
    if (lines.length >= count) break;
  }
  return lines.slice(0, count);
}

/** A sum, so that the work cannot be left out as unused. */
function sumOfTextFeatures(
  windows: readonly TrainingWindow[],
  { spec, dictionary }: LineCostOptions,
  keys: ReturnType<typeof createLineTypeKeys>,
): number {
  const featurizer = createFeaturizer(spec, dictionary, keys);
  let sum = 0;
  for (const { source, window } of windows) {
    const own = featurizer.vocabulary(source);
    const presence = presenceVector(
      knownPositions(own, window).map(([position]) => position),
      (position) => own.types[position]!.idf,
    );
    sum += own.presence.distance(presence) + own.presence.residual(presence, 0);
  }
  return sum;
}

const PRODUCTS = 200;

/** Products of one matrix with vectors that depend on each other, in 32-bit floats. */
function multiply(width: number): () => void {
  const matrix = Float32Array.from({ length: width * width }, (_, index) => ((index % 7) - 3) / (3 * width));
  const vector = new Float32Array(width).fill(1);
  const product = new Float32Array(width);
  return () => {
    for (let i = 0; i < PRODUCTS; i++) {
      for (let row = 0; row < width; row++) {
        // four sums at once: a single one would wait for each addition before the next
        let [a, b, c, d] = [0, 0, 0, 0];
        const at = row * width;
        for (let column = 0; column < width; column += 4) {
          a += matrix[at + column]! * vector[column]!;
          b += matrix[at + column + 1]! * vector[column + 1]!;
          c += matrix[at + column + 2]! * vector[column + 2]!;
          d += matrix[at + column + 3]! * vector[column + 3]!;
        }
        product[row] = a + b + c + d;
      }
      vector.set(product);
    }
  };
}
