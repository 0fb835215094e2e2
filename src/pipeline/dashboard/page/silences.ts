// What is silenced, until when, why and by whom; planned maintenance too. Lifting one takes a click.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { Silence } from '../../desk/desk.js';
import type { ListedSilence } from '../api-alerts.js';
import { kindWords } from '../view/alert-words.js';
import { longText } from '../view/long-text.js';
import { silencePhase } from '../view/silence-phase.js';
import { durationText } from '../view/time-text.js';
import { element, fill } from './dom.js';
import { createPanel } from './panel.js';
import { createTable, type PlainTable } from './plain-table.js';
import { liftSilences } from './silence-lift.js';
import { timeElement } from './time.js';
import type { View, ViewContext } from './view.js';

export const silencesView: View = {
  title: 'Silences',
  mount: (root, context) => {
    const panel = createPanel('Silences and maintenance');
    const add = element('button', { type: 'button', class: 'primary writes' }, 'New silence…');
    add.addEventListener('click', () => context.openSilence({ ...sourceOf(context) }));
    panel.tools.append(add);
    const table = silenceTable(context, (silence) => lift(silence));
    panel.body.append(table.root);
    fill(root, panel.root);
    let asking: AbortController | undefined;

    const refresh = (): void => {
      asking?.abort();
      asking = new AbortController();
      panel.waiting();
      context.api
        .get<readonly ListedSilence[]>('/silences', {}, asking.signal)
        .then(show)
        .catch((error: unknown) => panel.failed(error, refresh));
    };
    const lift = (silence: Silence): void => {
      void liftSilences(context, [silence]).then(refresh);
    };
    const show = (silences: readonly ListedSilence[]): void => {
      if (silences.length === 0)
        return panel.empty(
          'Nothing is silenced: every alert is sent.',
          'Silence from an incident, an alert or a template, or plan maintenance here.',
        );
      panel.ready();
      const newestFirst = [...silences].sort((a, b) => order(a, context) - order(b, context) || b.id - a.id);
      table.show(newestFirst);
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

function silenceTable(context: ViewContext, lift: (silence: Silence) => void): PlainTable<ListedSilence> {
  const phaseOf = (silence: Silence): string => silencePhase(silence, context.nowMs());
  return createTable<ListedSilence>(
    'Silences and maintenance',
    [
      { title: 'Silenced', className: 'wrap', cell: (silence) => [matchWords(silence)] },
      {
        title: 'State',
        cell: (silence) => [
          element('span', { class: `phase ${phaseOf(silence)}` }, phaseOf(silence)),
          silence.cause === 'maintenance' && element('small', {}, ' maintenance'),
        ],
      },
      { title: 'From', cell: ({ fromMs }) => [timeElement(fromMs, context)] },
      {
        title: 'Until',
        cell: (silence) => [
          timeElement(silence.untilMs, context),
          phaseOf(silence) === 'active' &&
            element('small', {}, ` ${durationText(silence.untilMs - context.nowMs())} left`),
        ],
      },
      { title: 'Reason', className: 'wrap reason', cell: ({ reason }) => [showUnsafe(reason, '\n')] },
      {
        title: 'By',
        cell: ({ who, lifted }) => [
          element('bdi', {}, showUnsafe(who)),
          lifted && element('small', {}, ' lifted by ', element('bdi', {}, showUnsafe(lifted.who))),
        ],
      },
      {
        title: 'Action',
        cell: (silence) => [
          ['active', 'planned'].includes(phaseOf(silence)) &&
            element('button', { type: 'button', class: 'writes', onclick: () => lift(silence) }, 'Lift'),
        ],
      },
    ],
    ({ id }) => String(id),
    { rowClass: (silence) => `silence ${phaseOf(silence)}` },
  );
}

function matchWords({ match: { source, kind, templateId }, templateText }: ListedSilence): HTMLElement {
  return element(
    'span',
    { class: 'match' },
    source !== undefined && element('bdi', {}, showUnsafe(source)),
    kind !== undefined && element('span', {}, kindWords(kind)),
    templateId !== undefined &&
      element(
        'code',
        { title: `template ${showUnsafe(templateId)}` },
        templateText === undefined
          ? `template ${showUnsafe(templateId)}`
          : longText(templateText, MOST_CHARACTERS),
      ),
  );
}

/** As much as tells a line from others. */
const MOST_CHARACTERS = 160;

/** What holds or will hold stands before what is over. */
function order(silence: Silence, context: ViewContext): number {
  return ['active', 'planned', 'over', 'lifted'].indexOf(silencePhase(silence, context.nowMs()));
}

function sourceOf(context: ViewContext): { source?: string } {
  const { source } = context.state();
  return source === null ? {} : { source };
}
