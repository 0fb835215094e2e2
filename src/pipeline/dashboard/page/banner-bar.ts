// The page's first sentence, as it stands, with what to type where that would help.
import { type Banner, bannerOf, type Blindness } from '../view/banner.js';
import { readOnlyWords } from '../view/read-only.js';
import { element, fill } from './dom.js';
import type { ViewContext } from './view.js';

const SIGNS: Readonly<Record<Banner['tone'], string>> = {
  firing: '●',
  taken: '◐',
  quiet: '✓',
  behind: '◔',
  ended: '■',
  stopped: '▲',
  blind: '✕',
  empty: '○',
};

export interface BannerBar {
  readonly root: HTMLElement;
  update(context: ViewContext): void;
  /** Since when what is shown may be old, or that it is not. */
  setBlindness(blindness: Blindness | undefined): void;
}

export function createBannerBar(): BannerBar {
  const root = element('section', { class: 'banner', 'aria-label': 'State' });
  let shown = '';
  let blindness: Blindness | undefined;
  return {
    root,
    update: (context) => {
      const banner = bannerOf(context.status(), context.state().zone, context.nowMs(), blindness);
      // the same words are not set again: a selection in them would be lost
      const readOnly = readOnlyWords(context.status());
      const told = JSON.stringify([banner, readOnly]);
      if (told === shown) return;
      shown = told;
      root.className = `banner ${banner.tone}`;
      fill(
        root,
        element(
          'strong',
          {},
          element('span', { class: 'banner-sign', 'aria-hidden': 'true' }, SIGNS[banner.tone]),
          banner.headline,
        ),
        element('span', { class: 'banner-detail' }, banner.detail),
        banner.command !== undefined && element('code', {}, banner.command),
        readOnly !== undefined && element('span', { class: 'tag read-only' }, readOnly),
      );
    },
    setBlindness: (now) => {
      blindness = now;
    },
  };
}
