// The anomalies that were planted, each with what became of it, worst first: a missed one is where to learn something.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import { type Anomaly, detectWords, worstFirst } from '../view/quality-words.js';
import { scoreText } from '../view/number-text.js';
import { element } from './dom.js';
import { createTable, type PlainTable } from './plain-table.js';
import { ageElement } from './time.js';
import type { ViewContext } from './view.js';

export function createAnomalyTable(caption: string, context: ViewContext): PlainTable<Anomaly> {
  const table = createTable<Anomaly>(
    caption,
    [
      { title: 'Kind', cell: ({ kind }) => [showUnsafe(kind)] },
      {
        title: 'Outcome',
        cell: ({ outcome }) => [element('span', { class: `tag outcome-${outcome}` }, outcome)],
      },
      { title: 'Service', cell: ({ source }) => [element('bdi', {}, showUnsafe(source))] },
      {
        title: 'Strength',
        isNumber: true,
        className: 'minor',
        cell: ({ strength }) => [scoreText(strength).replace(/(\.\d\d)\d$/, '$1')],
      },
      { title: 'Began', cell: ({ startMs }) => [ageElement(startMs, context)] },
      {
        title: 'Time to detect',
        isNumber: true,
        cell: (anomaly) => [detectWords(anomaly)],
      },
      { title: 'Look', cell: (anomaly) => [lookLink(anomaly, context)] },
    ],
    ({ id }) => id,
  );
  return { root: table.root, show: (anomalies) => table.show(worstFirst(anomalies)) };
}

/** At what caught it, or at the time and place where nothing did. */
function lookLink({ alertId, startMs, source, kind }: Anomaly, context: ViewContext): HTMLElement {
  const where =
    alertId === null
      ? ({
          view: 'overview',
          source,
          focus: null,
          range: { fromMs: startMs - AROUND_MS, toMs: startMs + AROUND_MS },
        } as const)
      : ({ view: 'alert', alertId } as const);
  const text = alertId === null ? 'Windows' : 'Alert';
  return element(
    'a',
    {
      href: context.linkTo(where),
      'data-link': true,
      'aria-label': `${text}: ${showUnsafe(kind)} of ${showUnsafe(source)}`,
    },
    text,
  );
}

const AROUND_MS = 30 * 60_000;
