// The words of the `loghorn fit` that writes the very artifact which a notebook wrote: how somebody without a notebook,
// a nightly job for example, makes it again.
import type { FitOptions } from '../fit/fit.js';

export interface FitWords {
  readonly logsPaths: readonly string[];
  readonly modelsFolder: string;
  /** `70%` or an ISO time. */
  readonly until: string;
  readonly options: Pick<
    FitOptions,
    'name' | 'detector' | 'seed' | 'budgetPerDay' | 'labelsPath' | 'window' | 'input'
  >;
}

const DEFAULT_WINDOW_MS = 30_000;

export function fitWords({ logsPaths, modelsFolder, until, options }: FitWords): readonly string[] {
  const { name, detector, seed, budgetPerDay, labelsPath, window, input } = options;
  const zone = input.zoneOffsetMinutes;
  const chosen: readonly (readonly [string, string | undefined])[] = [
    ['--labels', labelsPath],
    ['--until', until],
    ['--name', name],
    ['--detector', detector],
    ['--budget', `${budgetPerDay}/day`],
    ['--window', window.windowMs === DEFAULT_WINDOW_MS ? undefined : `${window.windowMs / 1000}s`],
    ['--seed', seed],
    ['--format', input.format],
    ['--pattern', input.pattern],
    ['--time-format', input.timeFormat],
    ['--zone', zone === undefined ? undefined : zoneText(zone)],
    ['--models', modelsFolder],
  ];
  return [
    'fit',
    ...logsPaths,
    ...chosen.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
  ];
}

function zoneText(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
