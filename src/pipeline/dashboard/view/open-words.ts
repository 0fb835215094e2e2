// What still goes on, in words: what fires counts apart from what is in somebody's hands, and both from what is silenced.
import type { Status } from '../api.js';
import { countOf } from './number-text.js';

/** `2 incidents firing, 1 acknowledged, 1 silenced`; empty where nothing goes on. */
export function openWords({
  firing,
  acknowledged,
  silenced,
}: Pick<Status, 'firing' | 'acknowledged' | 'silenced'>): string {
  const parts = [
    [firing, 'firing'],
    [acknowledged, 'acknowledged'],
    [silenced, 'silenced'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, state], index) => `${index === 0 ? countOf(count, 'incident') : count} ${state}`)
    .join(', ');
}
