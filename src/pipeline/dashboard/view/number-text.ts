// Numbers as the page writes them: those of the core, and what only a page has.
import { countText, significant } from '../../../core/number-text.js';

export { countOf, countText, shareText, valueText } from '../../../core/number-text.js';

/** A score or a threshold, 0 to 1, to three places, and never 1 where it is less. */
export function scoreText(score: number): string {
  if (score === 0 || score === 1) return String(score);
  return score >= 0.9995 ? '> 0.999' : score.toFixed(3);
}

/** Of something that goes on, a second: `0.14`, `3.6`, `12`, `1,461`. */
export function rateText(perSecond: number): string {
  return perSecond >= 10 ? countText(perSecond) : significant(perSecond, 2);
}

/** `640 B`, `12.3 KiB`, `1.4 GiB`. */
export function bytesText(bytes: number): string {
  const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let amount = bytes;
  let step = 0;
  while (amount >= 1024 && step < names.length - 1) {
    amount /= 1024;
    step++;
  }
  return `${step === 0 ? amount : significant(amount, 3)} ${names[step]}`;
}
