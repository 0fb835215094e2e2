// A window table from plain numbers: one source after the other, windows of 30 s without a gap, scaled as they are.
import type { FeatureDeclaration } from '../../core/features/feature-spec.js';
import { createScaler } from '../../core/features/scale.js';
import type { Explanation } from '../../core/alert.js';
import type { Label } from '../labels.js';
import type { WindowTable } from './window-table.js';

export const WINDOW_MS = 30_000;

/**
 * @param values by source, by feature, by window from time 0 on
 * @param explanations by source and number of the window
 */
export function fakeTable(
  values: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>,
  fitUntilMs = 0,
  explanations: Readonly<Record<string, Readonly<Record<number, Explanation>>>> = {},
): WindowTable {
  const names = Object.keys(Object.values(values)[0] ?? {});
  const features = names.map((name): FeatureDeclaration => ({ name, unit: 'bans', formula: 'as given' }));
  const pooled = { median: names.map(() => 0), spread: names.map(() => 1) };
  return {
    artifact: {} as WindowTable['artifact'],
    features,
    scaler: createScaler(features, { pooled, bySource: [] }),
    fitUntilMs,
    sources: Object.entries(values).map(([source, byFeature]) => ({
      source,
      startMs: 0,
      windowMs: WINDOW_MS,
      rows: byFeature[names[0]!]!.map((_, window) => {
        const explanation = explanations[source]?.[window];
        return {
          source,
          startMs: window * WINDOW_MS,
          endMs: (window + 1) * WINDOW_MS,
          revision: 0,
          records: 1,
          features: Float64Array.from(names, (name) => byFeature[name]![window]!),
          score: 0,
          threshold: 1,
          alert: explanation !== undefined,
          ...(explanation && { explanation }),
        };
      }),
    })),
  };
}

/** A label of one service, in numbers of windows. */
export function fakeLabel(kind: string, service: string, fromWindow: number, toWindow: number): Label {
  return {
    id: `${kind}-${fromWindow}`,
    kind,
    category: 'point',
    startMs: fromWindow * WINDOW_MS,
    endMs: toWindow * WINDOW_MS,
    onsetMs: fromWindow * WINDOW_MS,
    services: [service],
    rootService: service,
    strength: 0.5,
  };
}
