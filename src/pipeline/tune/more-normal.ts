// What was judged false as normal data of the next fit: everything else that alerted is marked, so that the fit leaves it out,
// and what was judged false is then a part of what is usual.
import type { ToldAlert } from './judged-alerts.js';

/** Shape of the `labels.json` that `loghorn fit --labels` reads. */
export interface NormalLabels {
  readonly version: 1;
  readonly startMs: number;
  readonly endMs: number;
  readonly labels: readonly {
    readonly id: string;
    readonly kind: string;
    readonly category: 'collective';
    readonly startMs: number;
    readonly endMs: number;
    readonly onsetMs: number;
    readonly services: readonly string[];
    readonly rootService: string;
    readonly strength: number;
  }[];
  readonly benign: readonly {
    readonly kind: string;
    readonly startMs: number;
    readonly endMs: number;
    readonly services: readonly string[];
  }[];
}

/** Undefined where nothing was judged false. @param range of the past that was looked at */
export function normalLabels(
  told: readonly ToldAlert[],
  range: { readonly startMs: number; readonly endMs: number },
): NormalLabels | undefined {
  const isFalse = ({ verdict }: ToldAlert): boolean => verdict === 'false';
  if (!told.some(isFalse)) return undefined;
  return {
    version: 1,
    ...range,
    labels: told
      .filter((alert) => !isFalse(alert))
      .map(({ alertId, kind, sinceMs, untilMs, source }) => ({
        id: alertId,
        kind,
        category: 'collective',
        startMs: sinceMs,
        endMs: untilMs,
        onsetMs: sinceMs,
        services: [source],
        rootService: source,
        strength: 1,
      })),
    benign: told.filter(isFalse).map(({ sinceMs, untilMs, source }) => ({
      kind: 'judged false',
      startMs: sinceMs,
      endMs: untilMs,
      services: [source],
    })),
  };
}
