// The model that decides what is an alert: what it is, what another threshold would have meant, how its shadows compare, and
// which came before it.
import type { ModelView } from '../api-reports.js';
import { showUnsafe } from '../../../core/unsafe-characters.js';
import { element, fill } from './dom.js';
import { createLatest } from './latest.js';
import { comingWords } from '../view/model-words.js';
import { modelFacts, modelName, tuningParts } from './model-card.js';
import { createModelPreview } from './model-preview.js';
import { showShadows } from './model-shadows.js';
import { createThrottle } from './pace.js';
import { createPanel } from './panel.js';
import { preparePlots } from './plot.js';
import { timeElement } from './time.js';
import type { View, ViewContext, ViewHandle } from './view.js';

const REFRESH_MS = 30_000;
/** While another model is about to take over. */
const COMING_MS = 5000;

export const modelView: View = { title: 'Model', mount };

function mount(root: HTMLElement, context: ViewContext): ViewHandle {
  preparePlots();
  const latest = createLatest(context.api);
  const champion = createPanel('Champion');
  const preview = createModelPreview(context);
  const shadows = createPanel('Shadows');
  const switches = createPanel('Switches');
  const shadowList = element('div', { class: 'shadows' });
  const switchList = element('ol', { class: 'switches' });
  shadows.body.append(shadowList);
  switches.body.append(switchList);
  root.append(champion.root, preview.root, shadows.root, switches.root);
  for (const each of [preview.root, shadows.root, switches.root]) each.hidden = true;

  const show = (model: ModelView): void => {
    if (model.champion === null) {
      champion.empty(
        'No model has scored anything yet.',
        element(
          'p',
          {},
          'Fit one with ',
          element('code', {}, 'loghorn fit'),
          ' and run it with ',
          element('code', {}, 'loghorn consume'),
          '.',
        ),
      );
    } else {
      champion.ready();
      fill(
        champion.body,
        element(
          'p',
          { class: 'champion-name' },
          modelName(model.champion),
          model.coming !== null && ' speaks',
        ),
        model.coming !== null && comingPart(model.coming),
        modelFacts(model.champion, context),
        ...tuningParts(model.champion, context),
      );
    }
    preview.root.hidden = model.champion === null;
    shadows.root.hidden = switches.root.hidden = false;
    showShadowPart(model);
    showSwitches(model);
  };
  const comingPart = (coming: NonNullable<ModelView['coming']>): HTMLElement =>
    element(
      'p',
      { class: 'coming', role: 'status' },
      modelName(coming),
      ' takes over from the window of ',
      timeElement(coming.atMs, context),
      ` (${comingWords(coming.atMs, context.nowMs())})`,
    );
  const showShadowPart = (model: ModelView): void => {
    if (model.shadows.length > 0) {
      shadows.ready();
      showShadows(shadowList, model.shadows, context);
    } else
      shadows.empty(
        'No shadow scores beside the champion.',
        element(
          'p',
          {},
          'Try a newer model without alerting anybody: ',
          element('code', {}, 'loghorn consume --shadow <folder>'),
          '.',
        ),
      );
  };
  const showSwitches = (model: ModelView): void => {
    if (model.switches.length === 0) {
      switches.empty('This stream has had one model since it began.');
      return;
    }
    switches.ready();
    fill(
      switchList,
      ...[...model.switches]
        .sort((a, b) => b.atMs - a.atMs)
        .map(({ atMs, from, to, who, isInEffect }) =>
          element(
            'li',
            {},
            timeElement(atMs, context),
            ' ',
            from && modelName(from),
            from ? (isInEffect ? ' gave way to ' : ' will give way to ') : ' began with ',
            modelName(to),
            who !== null && ` — ${showUnsafe(who)}`,
          ),
        ),
    );
  };
  let previewed: string | undefined;
  let soon: ReturnType<typeof setTimeout> | undefined;
  const load = (isPreviewed: boolean): void => {
    champion.waiting();
    const { fromMs, toMs } = context.span();
    latest.ask<ModelView>('/model', { from: fromMs, to: toMs }).then(
      (model) => {
        show(model);
        clearTimeout(soon);
        if (model.coming !== null) soon = setTimeout(() => load(false), COMING_MS);
        const { champion: now } = model;
        const isAnother = now !== null && previewed !== undefined && now.version !== previewed;
        if (now === null || (!isPreviewed && !isAnother)) return;
        previewed = now.version;
        preview.show(now.threshold);
      },
      (error: unknown) => champion.failed(error, () => load(isPreviewed)),
    );
  };
  // the preview asks all of the range, and what it says of the past hardly changes with one more window
  const refresh = createThrottle(() => load(false), REFRESH_MS);

  load(true);
  return {
    update: () => {
      if (!preview.isChoosing()) load(true);
    },
    onPushed: (name) => {
      if (name === 'windows') refresh.ask();
    },
    unmount: () => {
      latest.abort();
      refresh.stop();
      clearTimeout(soon);
      preview.drop();
    },
  };
}
