// When the source of an alert for a fall began to say far too little, and what it said before: what told of it first knows.
import { STILL_LOW } from '../../../core/alert-life-fall.js';
import { fallBeganMs, usualBeforeFall } from '../../../core/fall-begin.js';
import type { AlertDetail } from '../api-alerts.js';
import type { AlertEventRecord, AlertRecord } from '../reader.js';

/** Start of the first window that held so little, ms; undefined of an alert for anything else. */
export function readFellMs(
  { explanation }: Pick<AlertRecord, 'explanation'>,
  events: readonly AlertEventRecord[],
): number | undefined {
  const opened = events.find(({ event }) => event.type === 'opened')?.event;
  return opened && fallBeganMs(opened.explanation ?? explanation);
}

/** @param spec lengths, ms */
export function fallOfAlert(
  { explanation }: Pick<AlertRecord, 'explanation'>,
  spec: { readonly windowMs: number; readonly hopMs: number },
): Pick<AlertDetail, 'fall'> {
  const usualRecords = usualBeforeFall(explanation, spec);
  return usualRecords === undefined ? {} : { fall: { usualRecords, endsAbove: STILL_LOW * usualRecords } };
}
