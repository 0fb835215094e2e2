// The lines that did it: templates that are new, too many or gone, each with a raw line. Log text is shown as what it is,
// with every character that hides or turns others made visible.
import type { TemplateEvidence } from '../../../core/alert.js';
import { showUnsafe } from '../../../core/unsafe-characters.js';
import { usualWords } from '../../../core/usual-words.js';
import type { AlertDetail } from '../api-alerts.js';
import { longText } from '../view/long-text.js';
import { countText } from '../view/number-text.js';
import { element } from './dom.js';
import type { ViewContext } from './view.js';

const EVENT_WORDS: Readonly<Record<TemplateEvidence['event'], string>> = {
  new: 'new',
  spike: 'too many',
  disappeared: 'gone',
};

export function templateList({ templates }: AlertDetail, context: ViewContext): HTMLElement {
  const list = element('ul', { class: 'evidence' });
  for (const { event, templateId, text, service, severity, count, usual, example } of templates) {
    const amount =
      event === 'new'
        ? `${countText(count)} in a window`
        : `${countText(count)} in a window, usually ${usualWords(usual)}`;
    const silence = element('button', { type: 'button', class: 'act writes' }, 'Silence…');
    silence.addEventListener('click', () => context.openSilence({ templateId }, text));
    silence.setAttribute('aria-label', `Silence alerts with the template ${showUnsafe(text).slice(0, 80)}`);
    list.append(
      element(
        'li',
        { class: `evidence-item ${event}` },
        element(
          'p',
          { class: 'evidence-head' },
          element('span', { class: `event ${event}` }, EVENT_WORDS[event]),
          element('span', { class: `level ${severity.toLowerCase()}` }, severity),
          element('bdi', {}, showUnsafe(service)),
          element('span', { class: 'amount' }, amount),
          silence,
        ),
        element('pre', { class: 'template', dir: 'ltr' }, longText(text)),
        example !== '' &&
          element(
            'details',
            {},
            element('summary', {}, 'A raw line'),
            element('pre', { class: 'raw', dir: 'ltr', tabindex: 0 }, longText(example)),
          ),
      ),
    );
  }
  return list;
}
