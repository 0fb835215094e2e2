// Every window of a data set with its feature vector: fitted on the healthy beginning, then replayed through the one
// scorer, so that what is looked at here are the numbers that the stream computes.
import type { Artifact } from '../../core/artifact.js';
import type { FeatureDeclaration } from '../../core/features/feature-spec.js';
import { createScaler, type Scaler } from '../../core/features/scale.js';
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import type { WindowRow } from '../../core/score-window.js';
import { finishFit, type FitOptions, prepareFit } from '../fit/fit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { replay } from '../score.js';

/** One source's windows, in order of time and without a gap. */
export interface SourceWindows {
  readonly source: string;
  readonly startMs: number;
  readonly windowMs: number;
  readonly rows: readonly WindowRow[];
}

export interface WindowTable {
  readonly artifact: Omit<Artifact, 'version'>;
  readonly features: readonly FeatureDeclaration[];
  /** From raw vectors to robust z-values, and the usual band of a feature. */
  readonly scaler: Scaler;
  /** By name of the source. */
  readonly sources: readonly SourceWindows[];
  /** Records before it were fitted on, ms since epoch. */
  readonly fitUntilMs: number;
}

/**
 * Keeps every vector: for some hundred thousand windows.
 *
 * @throws InputError when the inputs cannot be read, RangeError when the beginning is too short to learn from
 */
export async function tabulateWindows(
  inputs: readonly string[],
  fitUntilMs: number,
  seed: string,
): Promise<WindowTable> {
  const files = resolveInputs(inputs);
  const options: FitOptions = {
    name: 'features',
    // it alone names the templates of every kind of template event
    detector: 'combined',
    miner: 'shape',
    seed,
    budgetPerDay: 0.5,
    window: DEFAULT_WINDOW_SPEC,
    rollingMs: 300_000,
    holdMs: 300_000,
    seasonality: false,
    perFile: false,
    input: {},
    untilMs: fitUntilMs,
  };
  const artifact = finishFit(await prepareFit(files, options, {}), options);
  const bySource = new Map<string, WindowRow[]>();
  await replay(
    files,
    { ...artifact, version: '' },
    {
      perFile: false,
      onRow: (row) => {
        const own = bySource.get(row.source);
        if (own) own.push(row);
        else bySource.set(row.source, [row]);
      },
    },
  );
  const { spec } = artifact;
  return {
    artifact,
    features: spec.features,
    scaler: createScaler(spec.features, spec.scaling),
    sources: [...bySource]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([source, rows]) => ({
        source,
        startMs: rows[0]!.startMs,
        windowMs: spec.window.windowMs,
        rows,
      })),
    fitUntilMs,
  };
}
