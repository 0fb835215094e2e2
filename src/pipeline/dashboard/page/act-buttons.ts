// The buttons of an alert or an incident: what one does about it, and the three answers to whether it was right.
import type { Verdict } from '../../desk/desk.js';
import { VERDICT_WORDS } from '../view/alert-words.js';
import { acknowledge, comment, judge, manyWords, matchesOf, type Target } from './alert-acts.js';
import { element } from './dom.js';
import type { ViewContext } from './view.js';

const VERDICTS: readonly Verdict[] = ['real', 'false', 'not-mine'];

export interface ActButtons {
  readonly root: HTMLElement;
  update(target: Target): void;
}

/** @param done after each that reached the server */
export function createActButtons(context: ViewContext, first: Target, done: () => void): ActButtons {
  let target = first;
  const take = element('button', { type: 'button', class: 'act', 'data-act': 'acknowledge' });
  const silence = element('button', { type: 'button', class: 'act', 'data-act': 'silence' }, 'Silence…');
  const write = element('button', { type: 'button', class: 'act', 'data-act': 'comment' }, 'Comment…');
  const verdicts = VERDICTS.map((verdict) => {
    const button = element(
      'button',
      { type: 'button', class: 'act', 'data-act': verdict },
      VERDICT_WORDS[verdict],
    );
    button.addEventListener('click', () => void judge(context, target, verdict, done));
    return [verdict, button] as const;
  });
  take.addEventListener('click', () => void acknowledge(context, target, done));
  silence.addEventListener('click', () =>
    context.openSilence({ source: target.source, kind: target.kind, incident: matchesOf(target) }),
  );
  write.addEventListener('click', () => comment(context, target, done));

  const update = (next: Target): void => {
    target = next;
    take.hidden = target.state === 'resolved';
    take.textContent = target.isTaken ? 'Acknowledged' : 'Acknowledge';
    take.setAttribute('aria-pressed', String(target.isTaken));
    for (const [verdict, button] of verdicts) {
      const isGiven = verdict === target.verdict;
      button.setAttribute('aria-pressed', String(isGiven));
      const meant = manyWords(target.alerts.length);
      const toGive = meant === '' ? '' : `${VERDICT_WORDS[verdict]}${meant} of this incident`;
      button.title = isGiven ? `Click again to take it back${meant}` : toGive;
    }
    take.title = target.alerts.length > 1 ? 'All open alerts of this incident' : '';
  };
  update(first);
  const root = element(
    'div',
    { class: 'acts writes' },
    element('span', { class: 'act-group' }, take, silence, write),
    element(
      'span',
      { class: 'act-group', role: 'group', 'aria-label': 'Was it right?' },
      element('span', { class: 'act-question', 'aria-hidden': 'true' }, 'Was it right?'),
      ...verdicts.map(([, button]) => button),
    ),
  );
  return { root, update };
}
