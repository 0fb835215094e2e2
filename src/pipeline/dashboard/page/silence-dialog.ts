// Silencing in one dialog: what, for how long, why. Opened from an incident, a template or the list of silences.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { Silence, SilenceMatch } from '../../desk/desk.js';
import { KIND_WORDS, kindWords } from '../view/alert-words.js';
import { longText } from '../view/long-text.js';
import { MOST_SILENCES, sendInParts } from '../view/send-in-parts.js';
import { requestSilence } from '../view/silence-form.js';
import { field, openDialog } from './dialog.js';
import { element } from './dom.js';
import type { SilenceOffer } from './silence-offer.js';
import type { ViewContext } from './view.js';

const DURATIONS = ['30m', '1h', '2h', '4h', '8h', '1d', '3d', '7d'];

/**
 * @param what words for the template, which has only an id otherwise
 * @param done told with what now holds
 */
export function openSilenceDialog(
  context: ViewContext,
  offer: SilenceOffer,
  what: string | undefined,
  done: (silences: readonly Silence[]) => void,
): void {
  const source = element('select', {}, element('option', { value: '' }, 'any service'));
  for (const name of context.status().sources)
    source.append(element('option', { value: name }, showUnsafe(name)));
  source.value = offer.source ?? '';
  const kind = element('select', {}, element('option', { value: '' }, 'any kind'));
  for (const [name, words] of Object.entries(KIND_WORDS))
    kind.append(element('option', { value: name }, words));
  kind.value = offer.kind ?? '';
  const template = element('input', { type: 'checkbox' });
  template.checked = offer.templateId !== undefined && offer.source === undefined;
  const { incident = [] } = offer;
  const isWhole = element('input', { type: 'checkbox' });
  isWhole.checked = incident.length > 1;
  const part = element('div', { class: 'field-row' }, field('Service', source), field('Kind', kind));
  const effect = element('p', { class: 'hint' });
  const showPart = (): void => {
    part.hidden = isWhole.checked;
    effect.textContent = isWhole.checked
      ? 'Alerts of any of these are shown here but not sent.'
      : 'Alerts that match all of this are shown here but not sent.';
  };
  isWhole.addEventListener('change', showPart);
  showPart();
  const duration = element('input', { type: 'text', value: '2h', list: 'silence-durations', required: true });
  const durations = element('datalist', { id: 'silence-durations' });
  durations.append(...DURATIONS.map((value) => element('option', { value })));
  const cause = element(
    'select',
    {},
    element('option', { value: 'silence' }, 'Known, being worked on'),
    element('option', { value: 'maintenance' }, 'Planned maintenance'),
  );
  const reason = element('textarea', { rows: 2, maxlength: 1000, required: true });

  openDialog({
    title: 'Silence alerts',
    submit: 'Silence',
    fields: [
      effect,
      incident.length > 1 && element('label', { class: 'check' }, isWhole, incidentWords(incident)),
      part,
      offer.templateId !== undefined &&
        element(
          'label',
          { class: 'check' },
          template,
          element(
            'span',
            {},
            'Only with the template ',
            element('code', {}, longText(what ?? offer.templateId)),
          ),
        ),
      element(
        'div',
        { class: 'field-row' },
        field('For', duration, 'such as 30m, 2h or 1d'),
        field('Because of', cause),
      ),
      durations,
      field('Reason', reason),
    ],
    send: async () => {
      const form = {
        source: source.value,
        kind: kind.value,
        incident: isWhole.checked ? incident : [],
        templateId: template.checked ? (offer.templateId ?? '') : '',
        duration: duration.value,
        cause: cause.value === 'maintenance' ? ('maintenance' as const) : ('silence' as const),
        reason: reason.value,
      };
      // what is missing is said before anybody is asked for a name
      const tried = requestSilence(form, '', context.nowMs());
      if (!tried.ok) return tried.sentence;
      const who = await context.askWho();
      if (who === undefined) return 'A name is needed: colleagues see who silenced what.';
      const answer = requestSilence(form, who, context.nowMs());
      if (!answer.ok) return answer.sentence;
      const { matches, ...terms } = answer.request;
      const silences = await sendInParts(matches, MOST_SILENCES, (part) =>
        context.api.post<readonly Silence[]>('/silences', { ...terms, matches: part }),
      );
      done(silences);
      return undefined;
    },
  });
}

/** `All of this incident: errors of payments; volume of checkout` */
function incidentWords(matches: readonly SilenceMatch[]): HTMLElement {
  return element(
    'span',
    {},
    'All of this incident: ',
    ...matches.flatMap(({ source = '', kind = '' }, index) => [
      index > 0 && '; ',
      `${kindWords(kind)} of `,
      element('bdi', {}, showUnsafe(source)),
    ]),
  );
}
