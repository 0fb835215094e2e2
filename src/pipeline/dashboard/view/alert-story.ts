// Everything that happened to an alert, by its consumer, its sinks and people, as one list in the order of time.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { AlertAction } from '../../desk/desk.js';
import type { AlertDetail } from '../api-alerts.js';
import { VERDICT_WORDS } from './alert-words.js';
import { countOf, scoreText } from './number-text.js';

export interface StoryStep {
  readonly atMs: number;
  readonly sign: 'life' | 'sent' | 'trouble' | 'person';
  readonly text: string;
  /** Longer words of a person, shown below. */
  readonly quote?: string;
}

const EVENT_WORDS: Readonly<Record<string, string>> = {
  opened: 'Opened',
  updated: 'Still on',
  resolved: 'Resolved',
};

const ACTION_WORDS = {
  acknowledged: 'acknowledged it',
  unacknowledged: 'took the acknowledgement back',
  commented: 'wrote',
  unjudged: 'took the verdict back',
} as const;

/** An alert that was updated, and why. */
const UPDATE_WORDS: Readonly<Record<string, string>> = {
  changed: 'Still on, for other reasons now',
  'more lines': 'Still on, with more lines of errors',
};

/** Oldest first. What still waits, and what has no time, comes last. */
export function alertStory({
  events,
  deliveries,
  notes,
  silences,
}: Pick<AlertDetail, 'events' | 'deliveries' | 'notes' | 'silences'>): {
  readonly steps: readonly StoryStep[];
  readonly waiting: readonly string[];
} {
  const steps: StoryStep[] = [];
  for (const { type, atMs, score, reason } of events) {
    steps.push({ atMs, sign: 'life', text: `${eventWords(type, reason)}, score ${scoreText(score)}` });
  }
  const waiting: string[] = [];
  for (const delivery of deliveries) {
    const { state, atMs } = delivery;
    const text = deliveryWords(delivery);
    if (atMs === null || state === 'waiting') waiting.push(text);
    else steps.push({ atMs, sign: state === 'given-up' ? 'trouble' : 'sent', text });
  }
  for (const { action, who, atMs } of notes) {
    const said = wordsOf(action);
    const quote = 'text' in action && action.text ? { quote: showUnsafe(action.text, '\n') } : {};
    steps.push({ atMs, sign: 'person', text: `${showUnsafe(who)} ${said}`, ...quote });
  }
  for (const { who, atMs, reason, lifted } of silences) {
    steps.push({
      atMs,
      sign: 'person',
      text: `${showUnsafe(who)} silenced it`,
      quote: showUnsafe(reason, '\n'),
    });
    if (lifted)
      steps.push({ atMs: lifted.atMs, sign: 'person', text: `${showUnsafe(lifted.who)} lifted the silence` });
  }
  return { steps: steps.sort((a, b) => a.atMs - b.atMs), waiting };
}

function eventWords(type: string, reason: string | undefined): string {
  if (type === 'opened' && reason === 'reopened') return 'Opened again';
  if (type === 'updated' && reason !== undefined && Object.hasOwn(UPDATE_WORDS, reason))
    return UPDATE_WORDS[reason]!;
  const words = Object.hasOwn(EVENT_WORDS, type) ? EVENT_WORDS[type]! : showUnsafe(type);
  return reason === undefined ? words : `${words} (${showUnsafe(reason)})`;
}

function deliveryWords({ sink, state, attempts, error }: AlertDetail['deliveries'][number]): string {
  const tried = attempts > 1 ? ` after ${countOf(attempts, 'attempt')}` : '';
  const trouble = error === null ? '' : `: ${showUnsafe(error)}`;
  const name = showUnsafe(sink);
  switch (state) {
    case 'sent':
      return `Sent to ${name}${tried}`;
    case 'silenced':
      return `Not sent to ${name}: silenced`;
    case 'history':
      return `Not sent to ${name}: it was history when it was found`;
    case 'given-up':
      return `Given up sending to ${name}${tried}${trouble}`;
    default:
      return `Waiting for ${name}${tried}${trouble}`;
  }
}

function wordsOf(action: AlertAction): string {
  if (action.type === 'judged') return `judged it: ${VERDICT_WORDS[action.verdict].toLowerCase()}`;
  return ACTION_WORDS[action.type];
}
