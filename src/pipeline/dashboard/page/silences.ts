// What is silenced, until when, why and by whom; planned maintenance too. Lifting one takes a click.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { Silence } from '../../desk/desk.js';
import { kindWords } from '../view/alert-words.js';
import { silencePhase } from '../view/silence-phase.js';
import { durationText } from '../view/time-text.js';
import { type Child, element, fill } from './dom.js';
import { createPanel } from './panel.js';
import { timeElement } from './time.js';
import type { View, ViewContext } from './view.js';

const HEADS = ['State', 'Silenced', 'From', 'Until', 'Reason', 'By', ''];

export const silencesView: View = {
  title: 'Silences',
  mount: (root, context) => {
    const panel = createPanel('Silences and maintenance');
    const add = element('button', { type: 'button', class: 'primary' }, 'New silence…');
    add.addEventListener('click', () => context.openSilence({ ...sourceOf(context) }));
    if (context.mayWrite()) panel.tools.append(add);
    fill(root, panel.root);
    let asking: AbortController | undefined;

    const refresh = (): void => {
      asking?.abort();
      asking = new AbortController();
      panel.waiting();
      context.api
        .get<readonly Silence[]>('/silences', {}, asking.signal)
        .then(show)
        .catch((error: unknown) => panel.failed(error, refresh));
    };
    const lift = (silence: Silence): void => {
      void (async () => {
        const who = await context.askWho();
        if (who === undefined) return;
        try {
          await context.api.post<Silence>(`/silences/${silence.id}/lift`, { who });
          context.notify('Lifted: what matches is sent again.');
        } catch (error) {
          context.notify(error instanceof Error ? error.message : String(error));
        }
        refresh();
      })();
    };
    const show = (silences: readonly Silence[]): void => {
      if (silences.length === 0)
        return panel.empty(
          'Nothing is silenced: every alert is sent.',
          'Silence from an incident, an alert or a template, or plan maintenance here.',
        );
      panel.ready();
      const newestFirst = [...silences].sort((a, b) => order(a, context) - order(b, context) || b.id - a.id);
      const table = element(
        'table',
        {},
        element('thead', {}, element('tr', {}, ...HEADS.map((head) => headCell(head)))),
        element('tbody', {}, ...newestFirst.map((silence) => silenceRow(silence, context, lift))),
      );
      fill(
        panel.body,
        element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Silences' }, table),
      );
    };
    refresh();
    return {
      update: refresh,
      onPushed: (name) => {
        if (name === 'silences') refresh();
      },
      unmount: () => asking?.abort(),
    };
  },
};

function headCell(head: string): HTMLElement {
  return head === ''
    ? element('th', { scope: 'col' }, element('span', { class: 'visually-hidden' }, 'Lift'))
    : element('th', { scope: 'col' }, head);
}

function silenceRow(silence: Silence, context: ViewContext, lift: (silence: Silence) => void): HTMLElement {
  const { match, fromMs, untilMs, cause, reason, who, lifted } = silence;
  const phase = silencePhase(silence, context.nowMs());
  const isOpen = phase === 'active' || phase === 'planned';
  const button = element('button', { type: 'button' }, 'Lift');
  button.addEventListener('click', () => lift(silence));
  const parts: Child[] = [
    match.source !== undefined && element('bdi', {}, showUnsafe(match.source)),
    match.kind !== undefined && element('span', {}, kindWords(match.kind)),
    match.templateId !== undefined && element('code', {}, `template ${showUnsafe(match.templateId)}`),
  ];
  return element(
    'tr',
    { class: `silence ${phase}` },
    element(
      'td',
      {},
      element('span', { class: `phase ${phase}` }, phase),
      cause === 'maintenance' && element('small', {}, ' maintenance'),
    ),
    element('td', {}, element('span', { class: 'match' }, ...parts)),
    element('td', {}, timeElement(fromMs, context)),
    element(
      'td',
      {},
      timeElement(untilMs, context),
      phase === 'active' && element('small', {}, ` ${durationText(untilMs - context.nowMs())} left`),
    ),
    element('td', { class: 'reason' }, showUnsafe(reason, '\n')),
    element(
      'td',
      {},
      element('bdi', {}, showUnsafe(who)),
      lifted && element('small', {}, ' lifted by ', element('bdi', {}, showUnsafe(lifted.who))),
    ),
    element('td', { class: 'number' }, isOpen && context.mayWrite() && button),
  );
}

/** What holds or will hold stands before what is over. */
function order(silence: Silence, context: ViewContext): number {
  return ['active', 'planned', 'over', 'lifted'].indexOf(silencePhase(silence, context.nowMs()));
}

function sourceOf(context: ViewContext): { source?: string } {
  const { source } = context.state();
  return source === null ? {} : { source };
}
