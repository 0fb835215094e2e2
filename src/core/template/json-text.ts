// What to scan of a body that is itself a JSON object: the message in it, or else the names of its keys.
// Keys come in any order and values in any number; neither may make a template.

/** Where structured loggers keep the sentence, most telling first. */
const MESSAGE_KEYS = [
  'message',
  'msg',
  'log',
  'text',
  'event',
  'error',
  'err',
  'reason',
  'action',
  'type',
  'name',
];
const MAX_JSON_CHARS = 65_536;
const MAX_KEYS = 32;
/** A message can itself be JSON in a string (container logs): so many layers are unwrapped. */
const MAX_LAYERS = 4;

/**
 * @returns the first message-like string in the object; failing that `key=0 key=0 …`, sorted, so that each
 *   key reads as a key with a variable value; `undefined` if the body is no JSON object
 */
export function textOfJson(body: string, layers: number = MAX_LAYERS): string | undefined {
  if (body.length > MAX_JSON_CHARS || !/^[ \t\r\n]*\{/.test(body) || !body.trimEnd().endsWith('}'))
    return undefined;
  const object = parseObject(body);
  if (object === undefined) return undefined;
  for (const key of MESSAGE_KEYS) {
    const value = object.get(key);
    if (typeof value !== 'string' || value.trim() === '') continue;
    return layers > 1 ? (textOfJson(value, layers - 1) ?? value) : value;
  }
  const keys = [...object.keys()].sort().slice(0, MAX_KEYS);
  return keys.length === 0 ? '{}' : keys.map((key) => `${key}=0`).join(' ');
}

function parseObject(text: string): Map<string, unknown> | undefined {
  try {
    // a map, so that keys named __proto__ or constructor are keys like any other
    return new Map(Object.entries(JSON.parse(text) as object));
  } catch {
    // not JSON: a message that happens to stand in braces
    return undefined;
  }
}
