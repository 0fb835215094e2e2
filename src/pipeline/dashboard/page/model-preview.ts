// What another threshold would have meant: a slider along the thresholds that make a difference, the curve of alerts a day, and
// what would have been lost and spared. It asks the past alone; nothing changes by it.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { ThresholdPreview } from '../api-reports.js';
import {
  isLongEnough,
  nearestStep,
  perDay,
  previewWords,
  sliderSteps,
  thresholdForBudget,
  thresholdWords,
} from '../view/model-preview.js';
import { countText } from '../view/number-text.js';
import { durationText } from '../view/time-text.js';
import type { Span } from '../view/view-state.js';
import { element, fill } from './dom.js';
import { createLatest } from './latest.js';
import { drawCurve } from './model-curve.js';
import { createDebounce } from './pace.js';
import { createPanel } from './panel.js';
import { createTable } from './plain-table.js';
import { dropPlot } from './plot.js';
import type { ViewContext } from './view.js';

const QUIET_MS = 200;

export interface ModelPreview {
  readonly root: HTMLElement;
  /** @param ownThreshold of the champion; asks for the past range */
  show(ownThreshold: number): void;
  /** While it writes its own threshold into the address: nothing else changed then. */
  isChoosing(): boolean;
  drop(): void;
}

export function createModelPreview(context: ViewContext): ModelPreview {
  const latest = createLatest(context.api);
  const panel = createPanel('Alert budget: another threshold, asked of the past');
  let own = 0;
  // one stretch for all that a slider asks: what moves with time would be another question at each step
  let past: Span = { fromMs: 0, toMs: 0 };
  let steps: readonly number[] = [];
  let preview: ThresholdPreview | undefined;
  let isChoosing = false;

  const slider = element('input', { type: 'range', id: 'preview-threshold', min: 0, step: 1 });
  const value = element('output', { for: 'preview-threshold', class: 'preview-threshold' });
  const budget = element('input', {
    type: 'number',
    id: 'preview-budget',
    min: 0,
    step: 'any',
    inputmode: 'decimal',
  });
  const budgetField = element(
    'div',
    { class: 'field' },
    element('label', { for: 'preview-budget' }, 'Or at most so many a day'),
    budget,
  );
  const sentence = element('p', { class: 'preview-words', role: 'status' });
  const about = element('p', { class: 'hint' });
  const plot = element('div', { class: 'chart-plot preview-plot' });
  const table = createTable<ThresholdPreview['bySource'][number]>(
    'Alerts by service, as given and with this threshold',
    [
      { title: 'Service', cell: ({ source }) => [element('bdi', {}, showUnsafe(source))] },
      { title: 'As given', isNumber: true, cell: ({ alertsNow }) => [countText(alertsNow)] },
      { title: 'With this threshold', isNumber: true, cell: ({ alerts }) => [countText(alerts)] },
    ],
    ({ source }) => source,
  );
  const reset = element(
    'button',
    { type: 'button', class: 'quiet', onclick: () => choose(own) },
    'Back to its own',
  );

  panel.body.hidden = true;
  panel.body.append(
    element(
      'div',
      { class: 'preview-controls' },
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'preview-threshold' }, 'Threshold, from lax to strict'),
        element('div', { class: 'preview-slider' }, slider, value, reset),
      ),
      budgetField,
    ),
    sentence,
    about,
    element('div', { class: 'preview-evidence' }, plot, table.root),
  );

  const wanted = (): number => {
    const given = Number(context.state().own['threshold'] ?? Number.NaN);
    return given >= 0 && given <= 1 ? given : own;
  };
  const ask = (): void => {
    const { fromMs, toMs } = past;
    panel.waiting();
    latest
      .ask<ThresholdPreview>('/model/preview', { threshold: wanted(), from: fromMs, to: toMs })
      .then(show, (error: unknown) => panel.failed(error, ask));
  };
  let chosen = 0;
  // browsers refuse an address that changes at every step of a slider
  const settling = createDebounce(() => {
    const { threshold: _, ...rest } = context.state().own;
    isChoosing = true;
    // the address holds only what differs from the model's own
    context.navigate({ own: chosen === own ? rest : { ...rest, threshold: String(chosen) } }, 'replace');
    isChoosing = false;
    ask();
  }, QUIET_MS);
  const choose = (threshold: number): void => {
    chosen = threshold;
    showChosen(threshold);
    settling.ask();
  };

  const showChosen = (threshold: number): void => {
    const words = thresholdWords(threshold, steps);
    const isOwn = threshold === own;
    value.textContent = isOwn ? `${words}, its own` : words;
    slider.value = String(nearestStep(steps, threshold));
    const point = preview?.curve.find((each) => each.threshold === threshold);
    slider.setAttribute(
      'aria-valuetext',
      point === undefined ? value.textContent : `${value.textContent}, ${countText(point.alerts)} alerts`,
    );
    reset.disabled = isOwn;
  };
  const show = (answer: ThresholdPreview): void => {
    preview = answer;
    // of less than an hour no rate is told, and none can be asked for
    budgetField.hidden = !isLongEnough(answer.coveredMs);
    if (answer.curve.length === 0 || answer.coveredMs === 0) {
      panel.empty('No window was scored in this range.', 'Choose a longer one.');
      return;
    }
    panel.ready();
    steps = sliderSteps(answer.curve, own);
    slider.max = String(steps.length - 1);
    showChosen(answer.threshold);
    if (document.activeElement !== budget) budget.value = perDay(answer.alertsPerDay).replace(/[^\d.]/g, '');
    fill(sentence, previewWords(answer), '.');
    fill(
      about,
      `Over ${durationText(answer.coveredMs)}: from the first to the last window that is stored of this range. Nothing changes by looking. ${answer.note}`,
    );
    table.show([...answer.bySource].sort((a, b) => b.alerts - a.alerts || b.alertsNow - a.alertsNow));
    drawCurve(plot, answer, own).catch((error: unknown) => console.error(error));
  };
  slider.addEventListener('input', () => choose(steps[Number(slider.value)] ?? own));
  budget.addEventListener('change', () => {
    const { curve = [], coveredMs = 0 } = preview ?? {};
    const threshold = thresholdForBudget(curve, Number(budget.value), coveredMs);
    if (budget.value === '' || threshold === undefined) {
      context.announce('No threshold of this range keeps to that budget');
      fill(sentence, `No threshold keeps to ${budget.value || 'that'} alerts a day in this range.`);
      return;
    }
    choose(threshold);
  });
  return {
    root: panel.root,
    show: (ownThreshold) => {
      own = ownThreshold;
      past = context.span();
      ask();
    },
    isChoosing: () => isChoosing,
    drop: () => {
      latest.abort();
      settling.stop();
      dropPlot(plot);
    },
  };
}
