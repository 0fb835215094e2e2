// Windows for detectors: feature vectors as a small, busy service would give them, scaled by what is usual for it.
import { declareFeatures } from '../features/features.js';
import { createScaler, learnScaling } from '../features/scale.js';
import { createRandom } from '../random.js';
import { type DetectorInput, type DetectorName, featureIndex, type FittedDetector } from './detector.js';
import { detectorByName } from './registry.js';

export const FEATURES = declareFeatures(300_000, [], false);
export const at = (name: string): number => featureIndex(FEATURES, name);

export interface Windows {
  readonly inputs: readonly DetectorInput[];
  /** A window like the first of them, changed in the features named. */
  probe(change?: Readonly<Record<string, number>>): DetectorInput;
}

/** Windows of one source with these raw vectors, one every 30 s. */
export function windowsOf(rows: readonly (readonly number[])[]): Windows {
  const vectors = rows.map((row) => ({ source: 'api', raw: Float64Array.from(row) }));
  const scaler = createScaler(FEATURES, learnScaling(FEATURES, vectors));
  const input = (raw: Float64Array, index: number): DetectorInput => ({
    source: 'api',
    startMs: index * 30_000,
    raw,
    scaled: scaler.scale('api', raw),
  });
  return {
    inputs: vectors.map(({ raw }, index) => input(raw, index)),
    probe: (change = {}) => {
      const raw = vectors[0]!.raw.slice();
      for (const [name, value] of Object.entries(change)) raw[at(name)] = value;
      return input(raw, rows.length);
    },
  };
}

/** Healthy windows: counts and rates that go up and down together, no error ever, a little of everything else. */
export function healthyRows(count: number, seed: string): readonly (readonly number[])[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const load = 40 + 10 * random.normal();
    const row = FEATURES.map(() => 0);
    const set = (name: string, value: number): void => {
      row[at(name)] = Math.max(0, value);
    };
    const warnings = random.poisson(1);
    set('log_count', Math.round(load));
    set('info_count', Math.round(load * 0.9));
    set('warn_count', warnings);
    set('warn_rate', warnings / load);
    set('warn_to_info_ratio', warnings / load);
    for (const statistic of ['mean', 'min', 'max', 'p95']) {
      set(`log_count_${statistic}_5m`, load + random.normal());
      set(`info_count_${statistic}_5m`, 0.9 * load + random.normal());
    }
    set('count_excess', random.exponential() / 3);
    set('tfidf_residual', 0.1 + 0.05 * random.next());
    set('tfidf_distance', 0.1 + 0.05 * random.next());
    return row;
  });
}

export function fitted(name: DetectorName, windows: Windows, seed = '1'): FittedDetector {
  const detector = detectorByName(name);
  return detector.create(FEATURES, detector.fit(FEATURES, windows.inputs, { seed }));
}
