// How a shadow model compares with the champion on the windows that both scored, in words: what would change for the people
// who are called at night.
import type { ModelView } from '../api-reports.js';
import { countOf } from './number-text.js';

export type Shadow = ModelView['shadows'][number];

/** Fewer windows than this, and the comparison is a beginning. An hour of one service in half-minute windows. */
const FEW_WINDOWS = 120;

/** `Alerts on the same 12 windows; 3 more, 1 fewer.` */
export function agreementWords(shadow: Shadow): string {
  const { windows, bothAlert, onlyChampion, onlyShadow } = shadow;
  if (windows === 0) return 'No window was scored by both yet.';
  if (onlyChampion === 0 && onlyShadow === 0)
    return bothAlert === 0 ? 'Neither alerted.' : `Both alerted on the same ${windowsOf(bothAlert)}.`;
  const more = onlyShadow === 0 ? '' : `alerts on ${windowsOf(onlyShadow)} that the champion passes`;
  const fewer = onlyChampion === 0 ? '' : `passes ${windowsOf(onlyChampion)} that the champion alerts on`;
  const differs = [more, fewer].filter((each) => each !== '').join(' and ');
  return `It ${differs}; both alert on ${bothAlert}.`;
}

export function isBeginning({ windows }: Shadow): boolean {
  return windows < FEW_WINDOWS;
}

/** What the rank correlation of the scores means; empty where there is none. */
export function correlationWords(correlation: number | null): string {
  if (correlation === null) return '';
  if (correlation > 0.9) return 'they rank the windows almost alike';
  if (correlation > 0.6) return 'they rank the windows much alike';
  if (correlation > 0.3) return 'they rank the windows somewhat alike';
  return 'they rank the windows differently';
}

function windowsOf(count: number): string {
  return countOf(count, 'window');
}
