// How a log is read, from what its owner wrote into the first cell of a notebook; an empty text leaves it to looking.
import type { InputOptions } from '../../core/artifact.js';
import { zoneOffset } from '../../core/calendar.js';

export interface InputTexts {
  /** `<Date> <Time> <Level> <Content>` for lines that are not understood by looking. */
  readonly pattern: string;
  /** strptime style, of the pattern's time fields. */
  readonly timeFormat: string;
  /** Of time stamps that name none: `UTC`, `+02:00`. */
  readonly zone: string;
}

/** @throws RangeError on a zone that cannot be read */
export function chosenInput({ pattern, timeFormat, zone }: InputTexts): InputOptions {
  const zoneOffsetMinutes = zone === '' ? undefined : zoneOffset(zone);
  if (zone !== '' && zoneOffsetMinutes === undefined)
    throw new RangeError(`'${zone}' is no zone: write for example +02:00, -0500 or UTC`);
  return {
    ...(pattern === '' ? {} : { pattern }),
    ...(timeFormat === '' ? {} : { timeFormat }),
    ...(zoneOffsetMinutes === undefined ? {} : { zoneOffsetMinutes }),
  };
}
