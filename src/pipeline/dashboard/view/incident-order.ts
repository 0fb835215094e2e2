// The order in which the services of an incident first deviated, as the list shows it: the likely root first.
import type { AlertState } from '../api.js';
import type { Incident } from '../api-alerts.js';

export interface IncidentStep {
  readonly source: string;
  /** After the first. */
  readonly afterMs: number;
  /** Too close to the root to say which of them was first. */
  readonly isTied: boolean;
}

/** Most urgent first. */
const STATES: readonly AlertState[] = ['firing', 'acknowledged', 'silenced', 'resolved'];

/**
 * The alert that somebody who opens the incident wants to see: one that still goes on before one that is over, and of several
 * the service's that deviated first.
 *
 * @param incident with at least one alert, as they deviated
 */
export function tellingAlert({
  rootSource,
  alerts,
}: Pick<Incident, 'rootSource' | 'alerts'>): Incident['alerts'][number] {
  const rank = ({ state, source }: Incident['alerts'][number]): number =>
    2 * STATES.indexOf(state) + Number(source !== rootSource);
  return alerts.reduce((best, each) => (rank(each) < rank(best) ? each : best));
}

/** Each service once, where it first deviated. */
export function orderOf({
  rootSource,
  tied,
  alerts,
}: Pick<Incident, 'rootSource' | 'tied' | 'alerts'>): readonly IncidentStep[] {
  const first = new Map<string, number>();
  for (const { source, deviatedMs } of alerts) {
    const known = first.get(source);
    if (known === undefined || deviatedMs < known) first.set(source, deviatedMs);
  }
  const rootMs = first.get(rootSource) ?? Math.min(...first.values());
  return [...first]
    .map(([source, deviatedMs]) => ({
      source,
      afterMs: Math.max(0, deviatedMs - rootMs),
      isTied: source !== rootSource && tied.includes(source),
    }))
    .sort(
      (a, b) =>
        Number(b.source === rootSource) - Number(a.source === rootSource) ||
        Number(b.isTied) - Number(a.isTied) ||
        a.afterMs - b.afterMs,
    );
}

/** Services that deviated at one time: nobody can say which of them was first. */
export interface IncidentStage {
  readonly sources: readonly string[];
  /** After the first stage. */
  readonly afterMs: number;
}

/** @param steps as `orderOf` has them: the root and those tied with it make the first stage */
export function stagesOf(steps: readonly IncidentStep[]): readonly IncidentStage[] {
  const stages: { readonly sources: string[]; readonly afterMs: number }[] = [];
  for (const { source, afterMs, isTied } of steps) {
    const last = stages.at(-1);
    if (last && (isTied || last.afterMs === afterMs)) last.sources.push(source);
    else stages.push({ sources: [source], afterMs });
  }
  return stages;
}
