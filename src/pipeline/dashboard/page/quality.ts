// How well the running detector does, measured and not guessed: anomalies that were planted with a label, and what became of
// them. The canary stands apart, since what it measures is the way and not the services.
import type { Quality, QualityFigures } from '../api-reports.js';
import { type Child, element, fill } from './dom.js';
import { createLatest } from './latest.js';
import { createThrottle } from './pace.js';
import { createPanel, type Panel } from './panel.js';
import { createAnomalyTable } from './quality-anomalies.js';
import { qualityTiles, quickCount } from './quality-figures.js';
import type { View, ViewContext, ViewHandle } from './view.js';

const REFRESH_MS = 15_000;

export const qualityView: View = { title: 'Live quality', mount };

function mount(root: HTMLElement, context: ViewContext): ViewHandle {
  const latest = createLatest(context.api);
  const injected = createPart('Injected anomalies', context);
  const canary = createPart('Canary', context);
  canary.panel.root.hidden = true;
  root.append(injected.panel.root, canary.panel.root);

  const show = ({ real, canary: ofCanary }: Quality): void => {
    injected.show(
      real,
      'No labels in this range, so there is nothing to measure against.',
      howToLabel(context.status().hasLabels),
    );
    canary.panel.root.hidden = false;
    canary.show(ofCanary, 'No canary in this range.', howToCanary());
  };
  const load = (): void => {
    injected.panel.waiting();
    const { fromMs, toMs } = context.span();
    latest
      .ask<Quality>('/quality', { from: fromMs, to: toMs })
      .then(show, (error: unknown) => injected.panel.failed(error, load));
  };
  const refresh = createThrottle(load, REFRESH_MS);

  load();
  return {
    update: load,
    onPushed: (name) => {
      if (name === 'windows' || name === 'alert') refresh.ask();
    },
    unmount: () => {
      latest.abort();
      refresh.stop();
    },
  };
}

function createPart(
  title: string,
  context: ViewContext,
): {
  readonly panel: Panel;
  show(figures: QualityFigures | null, sentence: string, hint: HTMLElement): void;
} {
  const panel = createPanel(title);
  const tiles = element('div', { class: 'tiles' });
  const count = element('p', { class: 'hint' });
  const table = createAnomalyTable(`${title}, worst first`, context);
  panel.tools.append(count);
  panel.body.hidden = true;
  panel.body.append(tiles, table.root);
  return {
    panel,
    show: (figures, sentence, hint) => {
      count.hidden = figures === null;
      if (figures === null) {
        panel.empty(sentence, hint);
        return;
      }
      panel.ready();
      fill(count, quickCount(figures));
      fill(tiles, ...qualityTiles(figures));
      table.root.hidden = figures.anomalies.length === 0;
      table.show(figures.anomalies);
    },
  };
}

function howToLabel(hasLabels: boolean): HTMLElement {
  if (hasLabels) return paragraph('There are labels of other times: choose a longer range.');
  return paragraph(
    'Synthetic traffic brings its labels along: try ',
    element('code', {}, 'npm start'),
    '. For real services, judge alerts as real or false on their own pages, and let the canary measure the way.',
  );
}

function howToCanary(): HTMLElement {
  return paragraph(
    'Labelled anomalies under a name of their own, through the running pipeline: start it with ',
    element('code', {}, '--canary'),
    ', and this part says how many were caught and how soon.',
  );
}

function paragraph(...children: readonly Child[]): HTMLElement {
  return element('p', {}, ...children);
}
