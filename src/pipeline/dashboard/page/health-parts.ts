// Who takes part in the stream and how they are: consumers, services that fell silent, the store, the broker, the sinks.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { PipelineHealth } from '../api-reports.js';
import { bytesText, countText } from '../view/number-text.js';
import { durationText } from '../view/time-text.js';
import { type Child, element, fill } from './dom.js';
import { createTable } from './plain-table.js';
import { ageElement } from './time.js';
import type { ViewContext } from './view.js';

export interface HealthParts {
  readonly root: HTMLElement;
  show(health: PipelineHealth): void;
}

/** As many of a random id as tell a few of them apart. */
const ID_CHARACTERS = 8;
const STORE_NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const;

export function createHealthParts(context: ViewContext): HealthParts {
  const consumers = createTable<PipelineHealth['consumers'][number]>(
    'Consumers',
    [
      {
        title: 'Consumer',
        cell: ({ id }) => [
          element('code', { title: showUnsafe(id) }, showUnsafe(id.slice(0, ID_CHARACTERS))),
        ],
      },
      { title: 'State', cell: ({ state }) => [badge(state, state)] },
      { title: 'Last heard of', cell: ({ lastHeardMs }) => [ageElement(lastHeardMs, context)] },
      { title: 'Started', cell: ({ startedMs }) => [ageElement(startedMs, context)] },
      { title: 'Memory', isNumber: true, cell: ({ residentBytes }) => [bytesText(residentBytes)] },
      { title: 'Reads', className: 'wrap', cell: ({ streams }) => [showUnsafe(streams.join(', '))] },
    ],
    ({ id }) => id,
  );
  const silent = createTable<PipelineHealth['silentSources'][number]>(
    'Services that fell silent, and how long they usually are at most',
    [
      { title: 'Service', cell: ({ source }) => [element('bdi', {}, showUnsafe(source))] },
      { title: 'Last record', cell: ({ lastRecordMs }) => [ageElement(lastRecordMs, context)] },
      {
        title: 'Usually at most',
        isNumber: true,
        cell: ({ usualGapMs }) => [usualGapMs === null ? 'not known' : durationText(usualGapMs)],
      },
    ],
    ({ source }) => source,
  );
  const sinks = createTable<PipelineHealth['sinks'][number]>(
    'Where alerts are sent',
    [
      { title: 'Sink', cell: ({ sink }) => [showUnsafe(sink)] },
      { title: 'State', cell: (sink) => [sinkState(sink)] },
      {
        title: 'Waiting',
        isNumber: true,
        cell: ({ waiting, oldestWaitingMs }) => [
          countText(waiting),
          oldestWaitingMs !== null && element('small', {}, ' since ', ageElement(oldestWaitingMs, context)),
        ],
      },
      { title: 'Sent', isNumber: true, cell: ({ sent }) => [countText(sent)] },
      { title: 'Given up', isNumber: true, cell: ({ givenUp }) => [countText(givenUp)] },
      {
        title: 'Last sent',
        cell: ({ lastSentMs }) => [lastSentMs === null ? 'nothing yet' : ageElement(lastSentMs, context)],
      },
      {
        title: 'Last error',
        className: 'wrap',
        cell: ({ lastError }) => [lastError === null ? '—' : showUnsafe(lastError)],
      },
    ],
    ({ sink }) => sink,
  );
  const consumersPart = part('Consumers', consumers.root);
  const silentPart = part('Silent services', silent.root);
  const sinksPart = part('Sinks', sinks.root);
  const storePart = part('Store and broker', element('dl', { class: 'facts' }));
  return {
    root: element(
      'div',
      { class: 'health-parts' },
      consumersPart.root,
      sinksPart.root,
      silentPart.root,
      storePart.root,
    ),
    show: (health) => {
      consumers.show(health.consumers);
      consumersPart.say(health.consumers.length === 0 ? 'None was heard of in this range.' : '');
      silent.show(health.silentSources);
      silentPart.say(health.silentSources.length === 0 ? noneSilent(context) : '');
      sinks.show(health.sinks);
      sinksPart.say(
        health.sinks.length === 0 ? 'None: alerts are shown here and on the consumer’s terminal alone.' : '',
      );
      fill(storePart.body, ...storeFacts(health));
    },
  };
}

/** Nobody is there to notice who fell silent while nothing is read. */
function noneSilent(context: ViewContext): string {
  return context.status().consumer === 'running'
    ? 'None: every service logs as it usually does.'
    : 'Not known while nothing is read.';
}

function part(
  title: string,
  body: HTMLElement,
): { readonly root: HTMLElement; readonly body: HTMLElement; say(sentence: string): void } {
  const sentence = element('p', { class: 'hint', hidden: true });
  return {
    root: element('section', { class: 'health-part' }, element('h3', {}, title), sentence, body),
    body,
    say: (text) => {
      sentence.textContent = text;
      sentence.hidden = text === '';
      body.hidden = text !== '';
    },
  };
}

function storeFacts({ store, broker }: PipelineHealth): Child[] {
  const fact = (name: string, ...children: Child[]): Child =>
    element('div', {}, element('dt', {}, name), element('dd', {}, ...children));
  return [
    fact(
      'Store',
      `${STORE_NAMES[store.kind]} `,
      store.isWritable ? badge('running', 'writable') : badge('silent', 'not writable'),
    ),
    fact('Answered in', durationText(store.answeredMs)),
    fact('Size', store.bytes === null ? 'not known' : bytesText(store.bytes)),
    fact(
      'Broker',
      ...(broker === null
        ? ['none: read without one']
        : [
            element('code', {}, showUnsafe(broker.address)),
            ' ',
            broker.isReachable ? badge('running', 'reachable') : badge('silent', 'does not answer'),
          ]),
    ),
  ];
}

function sinkState({ waiting, lastError }: PipelineHealth['sinks'][number]): Child {
  if (lastError !== null && waiting > 0) return badge('silent', 'failing');
  return waiting > 0 ? badge('ended', 'sending') : badge('running', 'well');
}

/** The state as a word; its colour only underlines it. */
function badge(state: 'running' | 'ended' | 'silent', text: string): Child {
  return element('span', { class: `tag state-${state}` }, text);
}
