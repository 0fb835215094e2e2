// Silences taken back: at once where they were a slip, or from their list.
import type { Silence } from '../../desk/desk.js';
import type { LiftRequest } from '../api-alerts.js';
import { countOf } from '../view/number-text.js';
import { MOST_SILENCES, sendInParts } from '../view/send-in-parts.js';
import type { ViewContext } from './view.js';

/** Told either way. */
export async function liftSilences(context: ViewContext, silences: readonly Silence[]): Promise<void> {
  const who = await context.askWho();
  if (who === undefined) return;
  const ids = silences.map(({ id }) => id);
  try {
    await sendInParts(ids, MOST_SILENCES, (part) => {
      const request: LiftRequest = { ids: part, who };
      return context.api.post<readonly Silence[]>('/silences/lift', request);
    });
    context.notify('Lifted: what matches is sent again.');
  } catch (error) {
    context.notify(error instanceof Error ? error.message : String(error));
  }
}

export function tellSilenced(context: ViewContext, silences: readonly Silence[]): void {
  const many =
    silences.length > 1 ? `: ${countOf(silences.length, 'silence')}, one for each service and kind` : '';
  context.notify(`Silenced${many}. See Silences to lift it.`, () => void liftSilences(context, silences));
}
