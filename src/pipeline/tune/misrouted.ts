// Alerts that were right and somebody else's: nothing to tune, but somebody to tell.
import type { ToldAlert } from './judged-alerts.js';

export interface Misrouted {
  readonly source: string;
  readonly alerts: number;
  /** How many alerts of the source were judged at all. */
  readonly judged: number;
  /** Who said so, by name. */
  readonly who: readonly string[];
}

/** The most first. */
export function misroutedAlerts(told: readonly ToldAlert[]): readonly Misrouted[] {
  const sources = [
    ...new Set(told.filter(({ verdict }) => verdict === 'not-mine').map(({ source }) => source)),
  ];
  return sources
    .map((source) => {
      const judged = told.filter((alert) => alert.source === source && alert.verdict !== null);
      const notMine = judged.filter(({ verdict }) => verdict === 'not-mine');
      const who = [...new Set(notMine.flatMap((alert) => alert.who ?? []))].sort();
      return { source, alerts: notMine.length, judged: judged.length, who };
    })
    .sort((a, b) => b.alerts - a.alerts || (a.source < b.source ? -1 : 1));
}
