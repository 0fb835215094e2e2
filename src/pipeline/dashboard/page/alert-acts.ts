// What a viewer does about alerts: acknowledge, judge, comment, silence. Each one click, told, and taken back where the
// store can: everything is kept with who and when.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { AlertAction, AlertNote, SilenceMatch, Verdict } from '../../desk/desk.js';
import type { AlertState, AlertSummary } from '../api.js';
import type { NotesRequest } from '../api-alerts.js';
import { statesOf, VERDICT_WORDS } from '../view/alert-words.js';
import { MOST_NOTES, sendInParts } from '../view/send-in-parts.js';
import { field, openDialog } from './dialog.js';
import { element } from './dom.js';
import type { ViewContext } from './view.js';

/** An alert, or the alerts of an incident, which are dealt with as one. */
export interface Target {
  readonly alerts: readonly Pick<
    AlertSummary,
    'alertId' | 'verdict' | 'state' | 'isAlsoAcknowledged' | 'source' | 'kind'
  >[];
  readonly source: string;
  readonly kind: string;
  readonly state: AlertState;
  /** Whether all of it that goes on is acknowledged. */
  readonly isTaken: boolean;
  readonly verdict: Verdict | null;
}

/** @param done when the server has it: show it */
export async function acknowledge(context: ViewContext, target: Target, done: () => void): Promise<void> {
  const { isTaken } = target;
  const open = target.alerts.filter(
    (alert) => alert.state !== 'resolved' && statesOf(alert).includes('acknowledged') === isTaken,
  );
  const type = isTaken ? 'unacknowledged' : 'acknowledged';
  const back = isTaken ? 'acknowledged' : 'unacknowledged';
  if (!(await post(context, open, () => ({ type })))) return;
  done();
  const said = isTaken ? 'No longer acknowledged' : 'Acknowledged';
  context.notify(`${said}${open.length > 1 ? `: ${open.length} open alerts` : ''}.`, () => {
    void post(context, open, () => ({ type: back })).then(done);
  });
}

/** The verdict that was given already is taken back by it. */
export async function judge(
  context: ViewContext,
  target: Target,
  verdict: Verdict,
  done: () => void,
): Promise<void> {
  const isTakenBack = target.verdict === verdict;
  // where an incident was judged in part, the others were not
  const alerts = target.alerts.filter((alert) => !isTakenBack || alert.verdict !== null);
  const action: AlertAction = isTakenBack ? { type: 'unjudged' } : { type: 'judged', verdict };
  if (!(await post(context, alerts, () => action))) return;
  done();
  const words = isTakenBack
    ? `Verdict taken back${manyWords(alerts.length)}: nobody has judged it now.`
    : `${VERDICT_WORDS[verdict]}${manyWords(alerts.length)}: thank you. Tuning learns from it.`;
  context.notify(words, () => {
    const asBefore = (alert: { readonly verdict: Verdict | null }): AlertAction =>
      alert.verdict === null ? { type: 'unjudged' } : { type: 'judged', verdict: alert.verdict };
    void post(context, alerts, asBefore).then(done);
  });
}

/** What is silenced with all of it: each service with what its alerts are about, of those that go on where any does. */
export function matchesOf({ alerts }: Target): readonly SilenceMatch[] {
  const open = alerts.filter(({ state }) => state !== 'resolved');
  const matches = (open.length > 0 ? open : alerts).map(({ source, kind }) => ({ source, kind }));
  return [...new Map(matches.map((match) => [JSON.stringify(match), match])).values()];
}

/** `, all 4 alerts`, since each of them is dealt with; nothing where there is but one. */
export function manyWords(alerts: number): string {
  return alerts > 1 ? `, all ${alerts} alerts` : '';
}

export function comment(context: ViewContext, target: Target, done: () => void): void {
  const text = element('textarea', { rows: 4, maxlength: 4000, required: true });
  openDialog({
    title: 'Comment',
    submit: 'Comment',
    fields: [field(`On ${showUnsafe(target.source)}`, text)],
    send: async () => {
      if (text.value.trim() === '') return 'Write something: an empty comment helps nobody.';
      const who = await context.askWho();
      if (who === undefined) return 'A name is needed: colleagues see who wrote it.';
      const first = target.alerts.slice(0, 1);
      await postAs(context, who, first, () => ({ type: 'commented', text: text.value.trim() }));
      done();
      return undefined;
    },
  });
}

async function post<Alert extends { readonly alertId: string }>(
  context: ViewContext,
  alerts: readonly Alert[],
  action: (alert: Alert) => AlertAction,
): Promise<boolean> {
  const who = await context.askWho();
  if (who === undefined) return false;
  try {
    await postAs(context, who, alerts, action);
    return true;
  } catch (error) {
    context.notify(error instanceof Error ? error.message : String(error));
    return false;
  }
}

async function postAs<Alert extends { readonly alertId: string }>(
  context: ViewContext,
  who: string,
  alerts: readonly Alert[],
  action: (alert: Alert) => AlertAction,
): Promise<void> {
  const notes = alerts.map((alert) => ({ alertId: alert.alertId, action: action(alert) }));
  await sendInParts(notes, MOST_NOTES, (part) => {
    const request: NotesRequest = { notes: part, who };
    return context.api.post<readonly AlertNote[]>('/notes', request);
  });
}
