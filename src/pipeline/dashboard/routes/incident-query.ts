// What a list of incidents is asked for, by the page and by whoever takes it away.
import type { IncidentQuery } from '../answers/incidents.js';
import { BadRequest, type Query, rangeOfQuery, textOfQuery } from '../params.js';

const STATES = ['firing', 'acknowledged', 'resolved', 'silenced'] as const;
const SEVERITIES = ['critical', 'warning', 'info'] as const;

/** @throws BadRequest */
export function incidentQueryOf(query: Query): Omit<IncidentQuery, 'after' | 'limit'> {
  return {
    ...rangeOfQuery(query),
    source: textOfQuery(query, 'source'),
    states: choicesOf(query, 'state', STATES),
    severities: choicesOf(query, 'severity', SEVERITIES),
    text: textOfQuery(query, 'q'),
  };
}

/** Several with commas between. @throws BadRequest listing what there is */
function choicesOf<T extends string>(query: Query, name: string, choices: readonly T[]): readonly T[] {
  const text = textOfQuery(query, name);
  if (text === undefined) return [];
  return text.split(',').map((each) => {
    const choice = choices.find((one) => one === each);
    if (choice === undefined)
      throw new BadRequest(`${name} is not known: give one or more of ${choices.join(', ')}`);
    return choice;
  });
}
