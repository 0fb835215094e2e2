// When the source of an alert for a fall began to say far too little: what told of it first knows.
import { fallBeganMs } from '../../../core/fall-begin.js';
import type { AlertEventRecord, AlertRecord } from '../reader.js';

/** Start of the first window that held so little, ms; undefined of an alert for anything else. */
export function readFellMs(
  { explanation }: Pick<AlertRecord, 'explanation'>,
  events: readonly AlertEventRecord[],
): number | undefined {
  const opened = events.find(({ event }) => event.type === 'opened')?.event;
  return opened && fallBeganMs(opened.explanation ?? explanation);
}
