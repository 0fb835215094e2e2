// The views there are, in the order of the page's menu; the code of one is fetched when it is first shown.
import type { ViewName } from '../view/view-state.js';
import type { View } from './view.js';

export interface ViewEntry {
  readonly name: ViewName;
  /** In the menu; undefined for one that is reached from others. */
  readonly label: string | undefined;
  load(): Promise<View>;
}

export const VIEWS: readonly ViewEntry[] = [];
