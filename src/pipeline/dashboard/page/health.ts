// Whether the pipeline itself is well: a sentence first, then what is wrong and what to do, then the figures behind it.
import type { PipelineHealth } from '../api-reports.js';
import { healthProblems } from '../view/health-problems.js';
import { healthVerdict } from '../view/health-state.js';
import { type Child, element, fill } from './dom.js';
import { createHealthCharts } from './health-charts.js';
import { createHealthParts } from './health-parts.js';
import { createHealthStages } from './health-stages.js';
import { createLatest } from './latest.js';
import { createThrottle } from './pace.js';
import { createPanel } from './panel.js';
import { preparePlots } from './plot.js';
import type { View, ViewContext, ViewHandle } from './view.js';

/** Consumers tell of themselves every 10 s. */
const REFRESH_MS = 10_000;

export const healthView: View = { title: 'Pipeline health', mount };

function mount(root: HTMLElement, context: ViewContext): ViewHandle {
  preparePlots();
  const latest = createLatest(context.api);
  const state = createPanel('Pipeline');
  const verdict = element('div', { class: 'verdict', role: 'status' });
  const problems = element('ul', { class: 'problems' });
  state.body.append(verdict, problems);
  const flow = createPanel('Flow');
  const charts = createHealthCharts(context);
  flow.body.append(charts.root);
  const way = createPanel('From the line to the person, stage by stage');
  const stages = createHealthStages(context);
  way.body.append(stages.root);
  const who = createPanel('Who takes part');
  const parts = createHealthParts(context);
  who.body.append(parts.root);
  root.append(state.root, flow.root, way.root, who.root);
  // frames without figures would look like figures of nothing
  const figures = [flow.root, way.root, who.root];
  const setFilled = (isFilled: boolean): void => {
    state.body.hidden = !isFilled;
    for (const each of figures) each.hidden = !isFilled;
  };
  setFilled(false);

  let newest: PipelineHealth | undefined;
  const show = (health: PipelineHealth): void => {
    newest = health;
    setFilled(true);
    state.ready();
    showVerdict(verdict, problems, health, context);
    if (isUnheard(health))
      flow.empty('No consumer was heard of in this range.', 'Choose another range, or start one.');
    else {
      flow.ready();
      charts.show(health);
    }
    if (stages.show(health)) way.ready();
    else
      way.empty(
        'No stage was measured in this range.',
        'Times are kept for what is read as it is logged, not for history.',
      );
    who.ready();
    parts.show(health);
  };
  const load = (): void => {
    state.waiting();
    const { fromMs, toMs } = context.span();
    latest
      .ask<PipelineHealth>('/health', { from: fromMs, to: toMs })
      .then(show, (error: unknown) => state.failed(error, load));
  };
  const refresh = createThrottle(load, REFRESH_MS);
  // a consumer that stops pushes nothing, and just that is to be seen
  const timer = setInterval(() => refresh.ask(), REFRESH_MS);

  load();
  return {
    update: () => {
      // a stage that was chosen need not wait for newer figures
      if (newest !== undefined) show(newest);
      load();
    },
    onPushed: (name) => {
      if (name === 'status') refresh.ask();
    },
    unmount: () => {
      latest.abort();
      clearInterval(timer);
      refresh.stop();
      charts.drop();
      stages.drop();
    },
  };
}

function isUnheard({ series }: PipelineHealth): boolean {
  return Object.values(series).every((values) => values.every((value) => value === null));
}

function showVerdict(
  verdict: HTMLElement,
  list: HTMLElement,
  health: PipelineHealth,
  context: ViewContext,
): void {
  const problems = healthProblems(health, context.status(), context.nowMs());
  const { tone, title, detail, advice } = healthVerdict(context.status(), health, problems);
  verdict.className = `verdict tone-${tone}`;
  fill(
    verdict,
    element('p', { class: 'verdict-title' }, title),
    element('p', {}, detail),
    advice !== '' && element('p', {}, ...withCode(advice)),
  );
  list.hidden = problems.length === 0;
  fill(
    list,
    ...problems.map(({ severity, what, advice: todo }) =>
      element(
        'li',
        { class: `problem severity-${severity}` },
        element('span', { class: `tag severity-${severity}` }, severity),
        element('div', {}, element('p', {}, what), element('p', { class: 'hint' }, ...withCode(todo))),
      ),
    ),
  );
}

/** What stands in backquotes is a command. */
function withCode(sentence: string): Child[] {
  return sentence.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}
