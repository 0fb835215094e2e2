// When the source of an alert for silence last said something: to the millisecond where the lines around the alert were kept,
// otherwise by the window that it fell into.
import { gunzipSync } from 'node:zlib';
import { kindOf } from '../../../core/alert-kind.js';
import type { StoredWindow } from '../../ports.js';
import type { AlertDetail } from '../api-alerts.js';
import type { AlertEventRecord, AlertRecord, DashboardReader } from '../reader.js';

/** Unpacked; more than a service says within minutes. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * @param windows of its source around the alert, by start
 * @returns undefined of an alert for anything else, and where nothing is known of the time before it
 */
export async function readLastLine(
  reader: Pick<DashboardReader, 'linesOf'>,
  { artifact, alert, explanation }: AlertRecord,
  events: readonly AlertEventRecord[],
  windows: readonly StoredWindow[],
): Promise<AlertDetail['lastLine']> {
  const opened = events.find(({ event }) => event.type === 'opened')?.event;
  const reasons = opened?.explanation ?? explanation;
  if (opened === undefined || kindOf(reasons) !== 'silence') return undefined;
  // what fell without falling silent goes on to say something
  if ((reasons?.fall?.records ?? 0) > 0) return undefined;
  // the window that told of it is one without a record
  const spoken = windows.findLast(({ startMs, records }) => startMs < opened.startMs && records > 0);
  if (spoken === undefined) return undefined;
  const kept = await reader.linesOf(alert.alertId, artifact);
  const times = kept === undefined ? [] : timesOf(kept.lines.packed);
  const lastMs = times.reduce(
    (last, timeMs) => (timeMs >= spoken.startMs && timeMs < spoken.endMs ? Math.max(last, timeMs) : last),
    -Infinity,
  );
  if (lastMs > -Infinity) return { fromMs: lastMs, toMs: lastMs };
  return { fromMs: spoken.startMs, toMs: spoken.endMs };
}

/** None where they are more than is worth the wait. */
function timesOf(packed: string): readonly number[] {
  try {
    const text = gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: MOST_BYTES }).toString();
    return [...text.matchAll(/^\{"eventTimeMs":(-?\d+),/gm)].map(([, timeMs]) => Number(timeMs));
  } catch {
    return [];
  }
}
