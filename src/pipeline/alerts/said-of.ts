// What people said of an alert that is about to be told where they look anyway: it is told all the same, marked with who
// silenced it or has it in hand. Nothing of it is waited for long: an alert that is told unmarked is better than none.
import type { AlertEvent } from '../../core/alert-event.js';
import type { Explanation } from '../../core/alert.js';
import type { AlertNote, Desk, Silence } from '../desk/desk.js';
import { within } from '../partitions/within.js';
import type { Clock } from '../ports.js';
import { matchingSilence } from '../sinks/matching-silence.js';

export interface SaidOf {
  /** That holds now. */
  readonly silence?: Silence | undefined;
  readonly acknowledgedBy?: string | undefined;
}

export type AskSaidOf = (
  event: Pick<AlertEvent, 'alertId' | 'source' | 'type' | 'explanation'>,
) => Promise<SaidOf>;

const ASK_WITHIN_MS = 1000;

/** @param desk undefined where nobody can say anything, as of a store in memory */
export function createAskSaidOf(desk: Pick<Desk, 'silences' | 'notes'> | undefined, clock: Clock): AskSaidOf {
  if (desk === undefined) return async () => ({});
  /** Of the alerts that are on: their end has no reasons of its own as a rule, and a silence may be for these. */
  const told = new Map<string, Explanation>();
  return async ({ alertId, source, type, explanation }) => {
    const reasons = explanation ?? told.get(alertId);
    if (type === 'resolved') told.delete(alertId);
    else if (reasons !== undefined) told.set(alertId, reasons);
    const found: { -readonly [name in keyof SaidOf]: SaidOf[name] } = {};
    const ask = async (): Promise<void> => {
      const silences = await desk.silences({ activeAtMs: clock.nowMs() });
      found.silence = matchingSilence({ source, ...(reasons && { explanation: reasons }) }, silences);
      found.acknowledgedBy = acknowledgedBy(await desk.notes({ alertId }));
    };
    await within(ASK_WITHIN_MS, clock, ask());
    return found;
  };
}

/** @param notes of one alert, in their order @returns who has it in hand now */
export function acknowledgedBy(notes: readonly AlertNote[]): string | undefined {
  const last = notes.findLast(({ action: { type } }) => type === 'acknowledged' || type === 'unacknowledged');
  return last?.action.type === 'acknowledged' ? last.who : undefined;
}
