// Durations and rates as people write them on a command line and in a setting.

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * `30s`, `5m`, `1.5h`, `2d`, `250ms`, or several: `1h30m`; `0` needs no unit.
 *
 * @returns whole milliseconds
 * @throws RangeError saying what a duration looks like
 */
export function parseDuration(text: string): number {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/gy)];
  const length = parts.reduce((sum, part) => sum + part[0].length, 0);
  if (text.trim() === '0') return 0;
  if (parts.length === 0 || length !== text.trim().length)
    throw new RangeError(`'${text}' is no duration: write for example 30s, 5m, 1h30m or 2d`);
  return Math.round(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit!]!, 0));
}

/**
 * `2/day`, `0.5/h`, `10/week`: how often, as times a day.
 *
 * @throws RangeError saying what a rate looks like
 */
export function parsePerDay(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*\/\s*(h|hour|d|day|w|week)$/.exec(text.trim());
  if (!match) throw new RangeError(`'${text}' is no rate: write for example 2/day, 0.5/hour or 10/week`);
  const perUnit = Number(match[1]);
  const unit = match[2]![0];
  const perDay = unit === 'h' ? perUnit * 24 : unit === 'w' ? perUnit / 7 : perUnit;
  if (perDay <= 0) throw new RangeError(`'${text}' allows nothing: give a rate above 0`);
  return perDay;
}
