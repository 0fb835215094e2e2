// How large the page is read: at a desk, or on a wall from across the room; and how large its type is then, for what is not
// placed by the style sheet.
import type { Screen } from '../view/lane-room.js';
import type { Size } from '../view/view-state.js';

/** Type of a desk, px: what sizes in pixels were chosen beside. */
const DESK_REM_PX = 14;

export function applySize(size: Size): void {
  if (size === 'normal') delete document.documentElement.dataset['size'];
  else document.documentElement.dataset['size'] = size;
}

export function screenNow(): Screen {
  return {
    widthPx: window.innerWidth,
    heightPx: window.innerHeight,
    typeScale: typeScale(),
    isWall: document.documentElement.dataset['size'] === 'wall',
  };
}

/** Of the page's type against that of a desk: 1 there, more on a wall or where the viewer's browser has larger type. */
export function typeScale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / DESK_REM_PX || 1;
}
