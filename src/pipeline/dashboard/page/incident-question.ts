// What the list of incidents is asked for, as the address has it, and what is said where the answer is empty.
import { element } from './dom.js';
import type { Parameters } from './http.js';
import type { ViewContext } from './view.js';

export function incidentQuestion(context: ViewContext): Parameters {
  const { source, states, severities, text } = context.state();
  const { fromMs, toMs } = context.span();
  return {
    from: Math.floor(fromMs),
    to: Math.ceil(toMs),
    source,
    state: states.join(','),
    severity: severities.join(','),
    q: text,
  };
}

/** Nothing found is good news only where somebody looked and nothing was left out. */
export function nothingFound(
  context: ViewContext,
  wasRead: boolean | undefined,
): [sentence: string, hint?: Node] {
  const { states, severities, text, source, focus } = context.state();
  if (states.length > 0 || severities.length > 0 || text !== '' || source !== null || focus !== null) {
    const clear = element('button', { type: 'button' }, 'Clear the filters');
    clear.addEventListener('click', () =>
      context.navigate({ states: [], severities: [], text: '', source: null, focus: null }),
    );
    return ['No incident matches these filters.', clear];
  }
  if (wasRead === false) return ['Nothing was read in this range, so nothing is known of incidents.'];
  if (wasRead === true && context.status().consumer === 'running')
    return ['No incident in this range: every window was read, and none was strange enough to alert.'];
  return ['No incident is known in this range.'];
}
