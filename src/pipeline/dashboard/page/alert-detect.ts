// How fast it was found: the time from the start of the first window to the person, stage by stage.
import type { AlertDetail } from '../api-alerts.js';
import { detectBar } from '../view/detect-bar.js';
import { durationText } from '../view/time-text.js';
import { element } from './dom.js';

const TONES = 7;

/** Whatever takes less is no part of why somebody waited. */
function stageText(ms: number): string {
  return ms < 1 ? '< 1 ms' : durationText(ms);
}

export function detectFigure(detail: AlertDetail): HTMLElement {
  const bar = detectBar(detail.timeToDetect);
  if (!bar)
    return element(
      'p',
      { class: 'hint' },
      'Found in records that were history already: nobody could have been told sooner.',
    );
  const strip = element('div', { class: 'detect-strip', 'aria-hidden': 'true' });
  const list = element('ol', { class: 'detect-list' });
  bar.parts.forEach(({ what, ms, share }, index) => {
    const tone = `tone-${index % TONES}`;
    const piece = element('span', { class: tone, title: `${what}: ${durationText(ms)}` });
    piece.style.setProperty('flex-grow', String(Math.max(share, 0.004)));
    strip.append(piece);
    list.append(
      element(
        'li',
        {},
        element('i', { class: tone, 'aria-hidden': 'true' }),
        element('span', {}, what),
        element('strong', {}, stageText(ms)),
      ),
    );
  });
  return element(
    'div',
    { class: 'detect' },
    element(
      'p',
      {},
      element('strong', { class: 'detect-total' }, durationText(bar.totalMs)),
      ` ${beginWords(detail)} to the person`,
    ),
    strip,
    list,
    bar.unknown.length > 0 && element('p', { class: 'hint' }, `Not known: ${bar.unknown.join('; ')}.`),
  );
}

function beginWords({ lastLine, fellMs }: Pick<AlertDetail, 'lastLine' | 'fellMs'>): string {
  if (fellMs !== undefined) return 'from the first window with far too little';
  if (lastLine === undefined) return 'at most, from the first line';
  return `${lastLine.toMs > lastLine.fromMs ? 'at most, ' : ''}from the last line`;
}
