// The views there are, in the order of the page's menu; the code of one is fetched when it is first shown.
import type { ViewName } from '../view/view-state.js';
import type { View } from './view.js';

export interface ViewEntry {
  readonly name: ViewName;
  /** In the menu; undefined for one that is reached from others. */
  readonly label: string | undefined;
  load(): Promise<View>;
}

export const VIEWS: readonly ViewEntry[] = [
  {
    name: 'overview',
    label: 'Overview',
    load: async () => (await import('./overview.js')).overviewView,
  },
  {
    name: 'alert',
    label: undefined,
    load: async () => (await import('./alert.js')).alertView,
  },
  {
    name: 'templates',
    label: 'Templates',
    load: async () => (await import('./templates.js')).templatesView,
  },
  {
    name: 'health',
    label: 'Pipeline',
    load: async () => (await import('./health.js')).healthView,
  },
  {
    name: 'quality',
    label: 'Quality',
    load: async () => (await import('./quality.js')).qualityView,
  },
  {
    name: 'model',
    label: 'Model',
    load: async () => (await import('./model.js')).modelView,
  },
  {
    name: 'silences',
    label: 'Silences',
    load: async () => (await import('./silences.js')).silencesView,
  },
];
