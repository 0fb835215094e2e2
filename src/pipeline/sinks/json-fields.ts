// Settings from JSON that a person wrote: every field is asked for by its kind, and what nobody asked for is a mistake
// that is told.
import { parseDuration } from '../../core/duration.js';
import { readSecret, type SecretName, type SecretPlaces } from './secret.js';

export interface JsonFields {
  text(name: string): string | undefined;
  flag(name: string): boolean | undefined;
  /** `30s`, `5m`; ms. */
  duration(name: string): number | undefined;
  texts(name: string): readonly string[] | undefined;
  /** An object whose values are text. */
  textMap(name: string): Readonly<Record<string, string>> | undefined;
  objects(name: string): readonly JsonFields[] | undefined;
  /** @param mayBePlain whether it may stand there itself */
  secret(name: string, mayBePlain?: boolean): string | undefined;
  /** Where these fields stand, for errors. */
  readonly where: string;
  /** @throws RangeError naming a field that was not asked for */
  checkAllKnown(): void;
}

/** @param where such as `sinks.json` @throws RangeError when it is no object; so do the others on what they cannot take */
export function jsonFields(value: unknown, where: string, places: SecretPlaces): JsonFields {
  if (!isObject(value)) throw new RangeError(`${where} must be an object in braces, got ${kindOf(value)}`);
  const asked = new Set<string>();
  const take = <T>(name: string, wanted: string, isRight: (each: unknown) => each is T): T | undefined => {
    asked.add(name);
    const each = Object.hasOwn(value, name) ? value[name] : undefined;
    if (each === undefined) return undefined;
    if (!isRight(each)) throw new RangeError(`${where}: "${name}" must be ${wanted}, got ${kindOf(each)}`);
    return each;
  };
  const text = (name: string): string | undefined => take(name, 'text', isText);
  return {
    where,
    text,
    flag: (name) => take(name, 'true or false', (each) => typeof each === 'boolean'),
    duration: (name) => {
      const written = text(name);
      if (written === undefined) return undefined;
      try {
        return parseDuration(written);
      } catch (cause) {
        throw new RangeError(`${where}: "${name}": ${(cause as Error).message}`, { cause });
      }
    },
    texts: (name) =>
      take(
        name,
        'a list of texts',
        (each): each is string[] => Array.isArray(each) && each.length > 0 && each.every(isText),
      ),
    textMap: (name) =>
      take(
        name,
        'an object whose values are texts',
        (each): each is Record<string, string> => isObject(each) && Object.values(each).every(isText),
      ),
    objects: (name) =>
      take(name, 'a list of objects', (each): each is object[] => Array.isArray(each))?.map((each, index) =>
        jsonFields(each, `${where}: "${name}" number ${index + 1}`, places),
      ),
    secret: (name, mayBePlain = false) => {
      const wanted = `{"env": "NAME"} or {"file": "/path"}${mayBePlain ? ' or text' : ''}`;
      const found = take(
        name,
        wanted,
        (each): each is SecretName | string => (mayBePlain && isText(each)) || isSecretName(each),
      );
      if (found === undefined || typeof found === 'string') return found;
      return readSecret(found, `${where}: "${name}"`, places);
    },
    checkAllKnown: () => {
      const unknown = Object.keys(value).find((name) => !asked.has(name));
      if (unknown !== undefined)
        throw new RangeError(
          `${where} has "${unknown}", which means nothing here: it may have ${[...asked].map((name) => `"${name}"`).join(', ')}`,
        );
    },
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSecretName(value: unknown): value is SecretName {
  if (!isObject(value) || Object.keys(value).length !== 1) return false;
  return isText(value['env']) || isText(value['file']);
}

/** Never the value: it may be a secret in the wrong place. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === '') return 'an empty text';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}
