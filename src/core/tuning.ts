// What people taught an artifact after its fit: where it may speak later, and which lines mean no harm. Part of the artifact,
// so that it is hashed, probed, promoted and rolled back like all the rest.
import type { Threshold } from './threshold.js';
import type { NewTemplate } from './window/add-to-pane.js';

/** Records of it count in the volume of their window and in nothing else: no severity, no line type, nothing new. */
export interface MutedTemplate {
  readonly templateId: string;
  /** As it was when it was muted; for people. */
  readonly text: string;
  readonly reason: string;
  readonly who: string;
  /** ms since epoch. */
  readonly atMs: number;
}

export interface Tuning {
  /** Version of the artifact that it was tuned from. */
  readonly parent: string;
  /** From which score on a window of a source alerts, in place of the artifact's threshold; each in [0, 1]. */
  readonly thresholds: Readonly<Record<string, number>>;
  readonly mutedTemplates: readonly MutedTemplate[];
}

/** @returns from which score on windows of a source alert */
export function createThresholds(
  general: Pick<Threshold, 'value'>,
  tuning: Tuning | undefined,
): (source: string) => number {
  const own = new Map(Object.entries(tuning?.thresholds ?? {}));
  return (source) => own.get(source) ?? general.value;
}

/** @param templateIds of the dictionary, by index @returns undefined where nothing is muted */
export function createMutes(
  templateIds: readonly string[],
  tuning: Tuning | undefined,
): ((template: NewTemplate | number) => boolean) | undefined {
  if (tuning === undefined || tuning.mutedTemplates.length === 0) return undefined;
  const ids = new Set(tuning.mutedTemplates.map(({ templateId }) => templateId));
  const indices = new Set(templateIds.flatMap((id, index) => (ids.has(id) ? [index] : [])));
  return (template) => (typeof template === 'number' ? indices.has(template) : ids.has(template.id));
}

/** @throws RangeError saying which threshold is none */
export function checkTuning({ thresholds }: Tuning): void {
  for (const [source, threshold] of Object.entries(thresholds))
    if (!(threshold >= 0 && threshold <= 1))
      throw new RangeError(`the threshold of '${source}' must lie in 0 to 1, got ${threshold}`);
}
