// How long the source of an alert for silence has said nothing. The features look back on a few minutes only: beyond those
// their surprise wears off, though nothing is better.
import type { OpenAlert } from './alert-life-open.js';
import type { WindowRow } from './score-window.js';

/**
 * With a window of the alert's source, in order or corrected: one without a record goes on with the silence, whatever it
 * scores; one with records ends it there.
 *
 * @param isOwn whether it alerts, and for what the alert is about
 */
export function withSilence(open: OpenAlert, row: WindowRow, isOwn: boolean, hopMs: number): OpenAlert {
  const { startMs, records, explanation } = row;
  const { silence } = open;
  if (records > 0) {
    if (!silence || startMs < silence.sinceMs || startMs > silence.untilMs) return open;
    const { silence: _, ...rest } = open;
    return startMs === silence.sinceMs
      ? rest
      : { ...rest, silence: { ...silence, untilMs: startMs - hopMs } };
  }
  if (silence && startMs === silence.untilMs + hopMs)
    return { ...open, silence: { ...silence, untilMs: startMs } };
  const isForSilence = isOwn && explanation?.features.some(({ feature }) => feature === 'silence') === true;
  if (!isForSilence || (silence && startMs <= silence.untilMs)) return open;
  return { ...open, silence: { sinceMs: startMs, untilMs: startMs } };
}
