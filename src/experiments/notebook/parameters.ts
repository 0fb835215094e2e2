// A notebook's parameters: named in its first cell with their defaults, and settable from outside as LOGHORN_<NAME>.

/** @returns the environment's LOGHORN_<NAME> if set, otherwise the default */
export function textParameter(name: string, byDefault: string): string {
  return process.env[parameterVariable(name)] ?? byDefault;
}

/** @throws RangeError when the environment holds something else than a whole number of at least `least` */
export function countParameter(name: string, byDefault: number, least = 1): number {
  const text = process.env[parameterVariable(name)];
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least)
    throw new RangeError(
      `${parameterVariable(name)} must be a whole number of at least ${least}, got "${text}"`,
    );
  return value;
}

/** `alertBudget` is set by LOGHORN_ALERT_BUDGET. */
export function parameterVariable(name: string): string {
  return `LOGHORN_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
}
