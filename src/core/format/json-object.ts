// A parsed JSON object and safe looks into it, for all who read log objects.
// Whatever a line holds, none of these throws.
export type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON object, or undefined: arrays, numbers, strings and everything broken are no log records. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Also of a value that is no object. Only own keys that are asked for by name here, so no prototype is ever met. */
export function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined;
}
