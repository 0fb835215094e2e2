// From the last windows of a source to the feature vector of the newest, and to the templates behind it.
// Pure: the same windows give the same bits, whoever asks and whatever was asked before.
import type { TemplateDictionary } from '../template/template.js';
import type { LineTypeKeys } from '../window/line-type.js';
import type { Pane } from '../window/pane.js';
import { compileVocabularies, type CompiledVocabulary } from './compiled-vocabulary.js';
import { fallOf } from './fall.js';
import type { FeatureSpec } from './feature-spec.js';
import { rememberPanes } from './pane-memory.js';
import { presenceVector } from './presence.js';
import { silenceSurprise } from './silence.js';
import { countSurprise } from './surprise.js';
import { criticalCount, ROLLING_STATISTICS, rollingStatistics, volumesAndRates } from './volume.js';

/** Line types in fewer healthy windows than this share are rare. */
export const RARE_SHARE = 0.05;

export interface Featurizer {
  /** Windows that the rolling horizon holds, the newest included. */
  readonly rollingWindows: number;
  /**
   * @param history the source's windows, oldest first, the newest last; at most `rollingWindows`, at least one
   * @param endMs end of the newest window
   * @returns one finite number a feature, in the order of `spec.features`
   */
  vector(source: string, history: readonly Pane[], endMs: number): Float64Array;
  /** Whether a line type is known for its source. */
  isKnown(source: string, key: number): boolean;
  vocabulary(source: string): CompiledVocabulary;
}

export function createFeaturizer(
  spec: FeatureSpec,
  dictionary: TemplateDictionary,
  keys: LineTypeKeys,
): Featurizer {
  const rollingWindows = Math.max(1, Math.floor(spec.rollingMs / spec.window.hopMs));
  const vocabularyOf = compileVocabularies(spec, dictionary, keys);
  // specs of before falls were looked at have vectors without it
  const isFallDeclared = spec.features.some(({ name }) => name === 'fall');
  const digestOf = rememberPanes(rollingWindows, digestPane);

  return {
    rollingWindows,
    vocabulary: vocabularyOf,
    isKnown: (source, key) => vocabularyOf(source).isKnown(key),
    vector: (source, history, endMs) => {
      const window = history[history.length - 1];
      if (!window) throw new RangeError('a feature vector needs at least one window');
      const vocabulary = vocabularyOf(source);
      const past = history.map((each) => digestOf(vocabulary, each));
      const { volumes, known } = past[past.length - 1]!;
      const vector = new Float64Array(spec.features.length);
      let next = 0;
      const add = (value: number): void => {
        // a negative zero would not survive JSON
        vector[next++] = value + 0;
      };

      volumes.forEach(add);
      for (let index = 0; index < volumes.length; index++) {
        const series = past.map((each) => each.volumes[index]!);
        // most services log no error in any window: the vector has zeros there already
        if (series.every((value) => value === 0)) next += ROLLING_STATISTICS.length;
        else rollingStatistics(series).forEach(add);
      }

      const novelty = noveltyOf(vocabulary, window);
      let rareSpike = 0;
      let excess = 0;
      for (const [position, count] of known) {
        const type = vocabulary.types[position]!;
        const surprise = countSurprise(count, type.counts);
        if (surprise > excess) excess = surprise;
        if (surprise > rareSpike && isRare(vocabulary, position)) rareSpike = surprise;
      }
      const presence = presenceVector(
        known.map(([position]) => position),
        (position) => vocabulary.types[position]!.idf,
      );
      add(novelty.types);
      add(novelty.records);
      add(rareSpike);
      add(history.length < rollingWindows ? 0 : gonePositions(vocabulary, past).length);
      add(excess);
      add(silenceSurprise(vocabulary.silence, history));
      add(vocabulary.critical ? countSurprise(criticalCount(window), vocabulary.critical) : 0);
      add(vocabulary.volume ? countSurprise(window.records, vocabulary.volume) : 0);
      if (isFallDeclared) add(fallOf(vocabulary.fall, history)?.bans ?? 0);
      add(vocabulary.presence.distance(presence));
      add(vocabulary.presence.residual(presence, novelty.types));
      addFamilyShares(vocabulary, known, vector.subarray(next, (next += spec.families.length)));
      if (spec.seasonality) {
        const turn = ((endMs % DAY_MS) / DAY_MS) * 2 * Math.PI;
        add(Math.sin(turn));
        add(Math.cos(turn));
      }
      return vector;
    },
  };
}

const DAY_MS = 86_400_000;

/** What a vector needs of each window that it looks back on. */
interface PaneDigest {
  readonly volumes: readonly number[];
  readonly known: KnownPositions;
}

function digestPane(vocabulary: CompiledVocabulary, pane: Pane): PaneDigest {
  return { volumes: volumesAndRates(pane), known: knownPositions(vocabulary, pane) };
}

type KnownPositions = readonly (readonly [position: number, count: number])[];

/** Known line types of a window with their counts, by ascending position. */
export function knownPositions(vocabulary: CompiledVocabulary, window: Pane): KnownPositions {
  const found: [number, number][] = [];
  for (const [key, count] of window.lineTypes) {
    const position = vocabulary.positions.get(key);
    if (position !== undefined) found.push([position, count]);
  }
  // in the spec's order, so that sums do not depend on which line came first
  return found.sort((a, b) => a[0] - b[0]);
}

function noveltyOf(vocabulary: CompiledVocabulary, window: Pane): { types: number; records: number } {
  let types = window.newTemplates.size + (window.newTemplateOverflow > 0 ? 1 : 0);
  let records = window.newTemplateOverflow;
  for (const each of window.newTemplates.values()) records += each.count;
  for (const [key, count] of window.lineTypes) {
    if (vocabulary.isKnown(key)) continue;
    types++;
    records += count;
  }
  return { types, records };
}

export function isRare(vocabulary: CompiledVocabulary, position: number): boolean {
  return vocabulary.types[position]!.windows < RARE_SHARE * vocabulary.windows;
}

/** Steady line types that none of the windows holds. */
export function disappearedPositions(
  vocabulary: CompiledVocabulary,
  history: readonly Pane[],
): readonly number[] {
  return gonePositions(
    vocabulary,
    history.map((each) => digestPane(vocabulary, each)),
  );
}

function gonePositions(vocabulary: CompiledVocabulary, past: readonly PaneDigest[]): readonly number[] {
  const isSeen = new Uint8Array(vocabulary.types.length);
  for (const { known } of past) for (const [position] of known) isSeen[position] = 1;
  return vocabulary.steady.filter((position) => isSeen[position] === 0);
}

function addFamilyShares(vocabulary: CompiledVocabulary, known: KnownPositions, shares: Float64Array): void {
  let total = 0;
  for (const [position, count] of known) {
    const weight = Math.log1p(count) * vocabulary.types[position]!.idf;
    const family = vocabulary.familyOf[position]!;
    total += weight;
    if (family >= 0) shares[family] = shares[family]! + weight;
  }
  if (total === 0) return;
  for (let i = 0; i < shares.length; i++) shares[i] = shares[i]! / total;
}
