// What comes in with a request, taken apart and checked: a wrong value is refused with a sentence, never guessed at.
import type { TimeRange } from './reader.js';

/** Answered with 400 and its sentence. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

export type Query = Readonly<Record<string, string | undefined>>;

/** Dates that JavaScript can show. */
const LATEST_MS = 8.64e15;
const MOST_RANGE_MS = 400 * 86_400_000;
const MOST_TEXT_CHARACTERS = 500;

/** @throws BadRequest */
export function timeOfQuery(query: Query, name: string): number {
  const timeMs = wholeOf(query[name], name, 'milliseconds since 1970, for example 1767225600000');
  if (Math.abs(timeMs) > LATEST_MS) throw new BadRequest(`${name} is ${timeMs}: no date lies so far away`);
  return timeMs;
}

/** @throws BadRequest unless `from` lies before `to`, and not more than 400 days before it */
export function rangeOfQuery(query: Query): TimeRange {
  const [fromMs, toMs] = [timeOfQuery(query, 'from'), timeOfQuery(query, 'to')];
  if (fromMs >= toMs) throw new BadRequest(`from (${fromMs}) must lie before to (${toMs})`);
  if (toMs - fromMs > MOST_RANGE_MS)
    throw new BadRequest('from and to are more than 400 days apart: ask for less at once');
  return { fromMs, toMs };
}

/** @throws BadRequest for anything but a whole number within the bounds, both included */
export function numberOfQuery(
  query: Query,
  name: string,
  { least, most, fallback }: { readonly least: number; readonly most: number; readonly fallback: number },
): number {
  const text = query[name];
  if (text === undefined) return fallback;
  const value = wholeOf(text, name, `a whole number from ${least} to ${most}`);
  if (value < least || value > most)
    throw new BadRequest(`${name} is ${value}: give a whole number from ${least} to ${most}`);
  return value;
}

/** @throws BadRequest for anything but a number from 0 to 1 */
export function shareOfQuery(query: Query, name: string): number {
  const value = Number(query[name] || NaN);
  if (!(value >= 0 && value <= 1)) throw new BadRequest(`${name} must be a number from 0 to 1`);
  return value;
}

/** Undefined where it was not given, or is empty. @throws BadRequest when it is too long */
export function textOfQuery(query: Query, name: string, most = MOST_TEXT_CHARACTERS): string | undefined {
  const text = query[name];
  if (text === undefined || text === '') return undefined;
  if (text.length > most)
    throw new BadRequest(`${name} has ${text.length} characters: ${most} are the most that is looked for`);
  return text;
}

/** @throws BadRequest listing what there is */
export function choiceOfQuery<T extends string>(
  query: Query,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = query[name];
  if (text === undefined || text === '') return undefined;
  const choice = choices.find((each) => each === text);
  if (choice === undefined) throw new BadRequest(`${name} is not known: give one of ${choices.join(', ')}`);
  return choice;
}

function wholeOf(text: string | undefined, name: string, wanted: string): number {
  if (text === undefined) throw new BadRequest(`${name} is missing: give ${wanted}`);
  const value = Number(text);
  if (!/^-?\d{1,16}$/.test(text) || !Number.isSafeInteger(value))
    throw new BadRequest(`${name} is '${text.slice(0, 40)}': give ${wanted}`);
  return value;
}
