// The page's first sentence, as it stands, with what to type where that would help.
import { bannerOf } from '../view/banner.js';
import { element, fill } from './dom.js';
import type { ViewContext } from './view.js';

const SIGNS = { firing: '●', quiet: '✓', ended: '■', stopped: '▲', empty: '○' } as const;

export function createBannerBar(): { readonly root: HTMLElement; update(context: ViewContext): void } {
  const root = element('section', { class: 'banner', 'aria-label': 'State' });
  let shown = '';
  return {
    root,
    update: (context) => {
      const banner = bannerOf(context.status(), context.state().zone, context.nowMs());
      // the same words are not set again: a selection in them would be lost
      if (JSON.stringify(banner) === shown) return;
      shown = JSON.stringify(banner);
      root.className = `banner ${banner.tone}`;
      fill(
        root,
        element('span', { class: 'banner-sign', 'aria-hidden': 'true' }, SIGNS[banner.tone]),
        element('strong', {}, banner.headline),
        element('span', { class: 'banner-detail' }, banner.detail),
        banner.command !== undefined && element('code', {}, banner.command),
      );
    },
  };
}
