// What was caught of what was planted, as three figures with their intervals: how much of it, how little else, how soon.
import type { QualityFigures } from '../api-reports.js';
import { countOf } from '../view/number-text.js';
import {
  detectTileWords,
  intervalWords,
  isWide,
  percent,
  precisionWords,
  recallWords,
  type Interval,
} from '../view/quality-words.js';
import { durationText } from '../view/time-text.js';
import { type Child, element, svg } from './dom.js';

const BAR_WIDTH = 200;
const BAR_HEIGHT = 14;

export function qualityTiles(figures: QualityFigures): Child[] {
  const { timeToDetectMs, recall, precision } = figures;
  return [
    shareTile('Recall', 'of what was injected, this much was caught', recall, recallWords(figures)),
    shareTile(
      'Precision',
      'of the alerts, this many were about something injected',
      precision,
      precisionWords(figures),
    ),
    tile(
      'Time to detect',
      'from its first record to its alert',
      timeToDetectMs === null ? '—' : durationText(timeToDetectMs.p50),
      element('p', {}, detectTileWords(figures)),
    ),
  ];
}

function shareTile(title: string, meaning: string, share: Interval | null, words: string): HTMLElement {
  if (share === null) return tile(title, meaning, '—', element('p', {}, words));
  return tile(
    title,
    meaning,
    percent(share.value),
    intervalBar(share),
    element('p', {}, words),
    element(
      'p',
      { class: 'hint' },
      `95 % interval ${intervalWords(share)}${isWide(share) ? ': too few to rely upon' : ''}`,
    ),
  );
}

function tile(title: string, meaning: string, figure: string, ...more: readonly Child[]): HTMLElement {
  return element(
    'div',
    { class: 'tile' },
    element('h3', {}, title),
    element('p', { class: 'tile-figure' }, figure),
    element('p', { class: 'hint' }, meaning),
    ...more,
  );
}

/** From 0 to 100 %: the interval as a band, the figure as a mark. Its words stand below it. */
function intervalBar({ value, low, high }: Interval): SVGElement {
  const middle = BAR_HEIGHT / 2;
  return svg(
    'svg',
    {
      class: 'interval',
      viewBox: `0 0 ${BAR_WIDTH} ${BAR_HEIGHT}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    svg('rect', { class: 'interval-track', x: 0, y: middle - 3, width: BAR_WIDTH, height: 6 }),
    svg('rect', {
      class: 'interval-band',
      x: low * BAR_WIDTH,
      y: middle - 3,
      width: Math.max(1, (high - low) * BAR_WIDTH),
      height: 6,
    }),
    svg('rect', {
      class: 'interval-value',
      x: Math.min(BAR_WIDTH - 3, value * BAR_WIDTH),
      y: 0,
      width: 3,
      height: BAR_HEIGHT,
    }),
  );
}

/** `12 injected, 10 caught, 1 missed` for a heading's side. */
export function quickCount({ injected, caught, missed }: QualityFigures): string {
  return `${countOf(injected, 'anomaly', 'anomalies')} injected, ${caught} caught, ${missed} missed`;
}
