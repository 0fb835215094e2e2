// Fields of a JSON body, checked: as with the query, a wrong one is refused with a sentence.
import { BadRequest } from './params.js';

export type Body = Readonly<Record<string, unknown>>;

const LATEST_MS = 8.64e15;

/**
 * Without spaces around it; undefined where it may be left out and was.
 *
 * @throws BadRequest when it is missing, empty, too long, or no text
 */
export function textOfBody(
  body: Body,
  name: string,
  { most, isOptional = false }: { readonly most: number; readonly isOptional?: boolean },
): string | undefined {
  const value = body[name];
  if (isOptional && (value === undefined || value === null || value === '')) return undefined;
  if (typeof value !== 'string') throw new BadRequest(`${name} must be a text of 1 to ${most} characters`);
  const text = value.trim();
  if (text === '' || text.length > most)
    throw new BadRequest(`${name} has ${text.length} characters: give 1 to ${most}`);
  return text;
}

/** Undefined where it was left out. @throws BadRequest unless it is whole ms since epoch */
export function timeOfBody(body: Body, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!Number.isSafeInteger(value) || Math.abs(value as number) > LATEST_MS)
    throw new BadRequest(`${name} must be milliseconds since 1970, a whole number`);
  return value as number;
}

/** Objects of a list. @throws BadRequest unless there are 1 to `most` */
export function listOfBody(body: Body, name: string, most: number): readonly Body[] {
  const value = body[name];
  const isList = Array.isArray(value) && value.length > 0 && value.length <= most;
  if (!isList || !value.every((each) => typeof each === 'object' && each !== null))
    throw new BadRequest(`${name} must be a list of 1 to ${most} objects`);
  return value as readonly Body[];
}

/** @throws BadRequest listing what there is */
export function choiceOfBody<T extends string>(body: Body, name: string, choices: readonly T[]): T {
  const choice = choices.find((each) => each === body[name]);
  if (choice === undefined) throw new BadRequest(`${name} must be one of ${choices.join(', ')}`);
  return choice;
}
