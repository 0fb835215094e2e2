// The head of an alert: its reason in a line, how it stands, and which model says so.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { AlertDetail } from '../api-alerts.js';
import { kindWords, SEVERITY_WORDS, STATE_SIGNS, STATE_WORDS, statesOf } from '../view/alert-words.js';
import { scoreText } from '../view/number-text.js';
import { durationText } from '../view/time-text.js';
import { sharedState } from '../view/shared-state.js';
import { copyLinkButton } from './copy-link.js';
import { type Child, element } from './dom.js';
import { modelName, shortVersion } from './model-card.js';
import { ageElement, timeElement } from './time.js';
import type { ViewContext } from './view.js';

/** @returns the summary, then what stands at the right of the title */
export function alertHead(detail: AlertDetail, context: ViewContext): [HTMLElement, ...Child[]] {
  const { artifact, sinceMs, untilMs, state, severity, kind, peakScore, threshold } = detail;
  const fact = (name: string, ...value: readonly Child[]): HTMLElement =>
    element('div', {}, element('dt', {}, name), element('dd', {}, ...value));
  const isOpen = state !== 'resolved';
  const summary = element(
    'div',
    { class: 'alert-summary' },
    element('p', { class: 'alert-headline' }, element('bdi', {}, showUnsafe(detail.headline))),
    element(
      'dl',
      { class: 'facts' },
      fact(
        'State',
        ...statesOf(detail).flatMap((each) => [
          element('span', { class: `badge ${each}` }, `${STATE_SIGNS[each]} ${STATE_WORDS[each]}`),
          ' ',
        ]),
      ),
      fact('Severity', element('span', { class: `badge ${severity}` }, SEVERITY_WORDS[severity])),
      fact('Kind', kindWords(kind)),
      fact('Since', timeElement(sinceMs, context), ' · ', ageElement(sinceMs, context)),
      fact(isOpen ? 'For' : 'Lasted', durationText((isOpen ? context.nowMs() : untilMs) - sinceMs)),
      detail.lastLine && fact('Last line', ...lastLineOf(detail.lastLine, context)),
      detail.fellMs !== undefined &&
        fact('Fell', timeElement(detail.fellMs, context), ' · ', ageElement(detail.fellMs, context)),
      fact(
        'Peak score',
        scoreText(peakScore),
        element('small', {}, ` threshold ${scoreText(threshold)}${ownWords(detail)}`),
      ),
      fact(
        'Model',
        modelName(artifact),
        ...(detail.heirs ?? []).flatMap((heir) => [
          element('br', {}),
          modelName(heir.artifact),
          element('small', {}, ' speaks since ', timeElement(heir.fromMs, context)),
        ]),
      ),
    ),
  );
  return [
    summary,
    element(
      'a',
      {
        href: context.linkTo({
          view: 'overview',
          alertId: null,
          source: detail.source,
          focus: { fromMs: sinceMs, toMs: untilMs },
        }),
        'data-link': true,
      },
      'Show in the overview',
    ),
    element(
      'a',
      { href: `/api/alerts/${encodeURIComponent(detail.alertId)}/notebook`, download: true },
      'Notebook that rebuilds this alert',
    ),
    copyLinkButton('Copy link to this alert', 'Copy link', {
      address: () => context.linkTo(sharedState(context.state(), context.wholeSpan())),
      said: 'Link to this alert copied.',
      context: () => context,
    }),
  ];
}

/** A stretch where only the window is known that the last line fell into. */
function lastLineOf({ fromMs, toMs }: NonNullable<AlertDetail['lastLine']>, context: ViewContext): Child[] {
  if (fromMs === toMs) return [timeElement(fromMs, context), ' · ', ageElement(fromMs, context)];
  return ['between ', timeElement(fromMs, context), ' and ', timeElement(toMs, context)];
}

/** `, its own of v2; others 0.90`: a threshold that differs from that of all others says so. */
function ownWords({ generalThreshold }: AlertDetail): string {
  if (generalThreshold === undefined) return '';
  const { value, version } = generalThreshold;
  return `, its own of ${showUnsafe(shortVersion(version))}; others ${scoreText(value)}`;
}
