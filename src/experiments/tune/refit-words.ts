// The words of the `loghorn fit` that would learn the same model anew with further logs: windows, detector and budget as they
// were, so that the new one can take the place of the former.
import type { Artifact } from '../../core/artifact.js';

export interface RefitOptions {
  /** Logs to be added; those of the former fit come before them, by the names that it knew. */
  readonly logs: readonly string[];
  readonly labelsPath: string;
  readonly modelsFolder: string;
}

export function refitWords(
  { name, input, spec, dictionary, detector, threshold, provenance }: Artifact,
  { logs, labelsPath, modelsFolder }: RefitOptions,
): readonly string[] {
  const { windowMs, hopMs, groupBy, allowedLatenessMs } = spec.window;
  const seconds = (ms: number): string => `${ms / 1000}s`;
  const words: readonly (readonly [string, string | undefined])[] = [
    ['--labels', labelsPath],
    ['--name', name],
    ['--detector', detector.name],
    ['--miner', dictionary.miner],
    ['--budget', `${threshold.budgetPerDay}/day`],
    ['--group-by', groupBy],
    ['--window', seconds(windowMs)],
    ['--hop', hopMs === windowMs ? undefined : seconds(hopMs)],
    ['--lateness', seconds(allowedLatenessMs)],
    ['--rolling', seconds(spec.rollingMs)],
    ['--hold', seconds(detector.holdMs)],
    ['--seed', provenance.seed],
    ['--format', input.format],
    ['--pattern', input.pattern],
    ['--time-format', input.timeFormat],
    ['--zone', input.zoneOffsetMinutes === undefined ? undefined : zoneText(input.zoneOffsetMinutes)],
    ['--models', modelsFolder],
  ];
  return [
    'fit',
    ...provenance.inputs.map((each) => each.name),
    ...logs,
    ...words.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
    ...(spec.seasonality ? ['--seasonality'] : []),
    ...(provenance.options['perFile'] === true ? ['--per-file'] : []),
  ];
}

function zoneText(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
