// How long each stage of the way takes, from the line to the person: every stage in a row with its newest figures and its p95
// as a small drawing; the one that is chosen is drawn large, with p50, p95 and p99 over time.
import type { PipelineHealth } from '../api-reports.js';
import { durationAxis } from '../view/health-axis.js';
import { lastOf, seriesWords, summarizeSeries } from '../view/health-series.js';
import { durationText, minuteText } from '../view/time-text.js';
import { element } from './dom.js';
import { createTable } from './plain-table.js';
import { sparkline } from './sparkline.js';
import { createTimeChart } from './time-chart.js';
import type { ViewContext } from './view.js';

type Stage = PipelineHealth['stages'][number];

export interface HealthStages {
  readonly root: HTMLElement;
  /** @returns whether there is a stage to show */
  show(health: PipelineHealth): boolean;
  drop(): void;
}

export function createHealthStages(context: ViewContext): HealthStages {
  const chart = createTimeChart('', context, { inWords: durationText, axis: durationAxis });
  let timesMs: readonly number[] = [];
  let chosen: string | undefined;

  const choose = ({ stage }: Stage): void =>
    context.navigate({ own: { ...context.state().own, stage } }, 'replace');
  const table = createTable<Stage>(
    'Time that each stage takes, newest figures',
    [
      {
        title: 'Stage',
        cell: (stage) => [
          element(
            'button',
            {
              type: 'button',
              class: 'stage-choice',
              'aria-pressed': String(stage.stage === chosen),
              onclick: () => choose(stage),
            },
            stage.what,
          ),
        ],
      },
      { title: 'p50', isNumber: true, cell: ({ p50Ms }) => [newest(p50Ms)] },
      { title: 'p95', isNumber: true, cell: ({ p95Ms }) => [newest(p95Ms)] },
      { title: 'p99', isNumber: true, cell: ({ p99Ms }) => [newest(p99Ms)] },
      {
        title: 'p95 over time',
        className: 'stage-trend',
        cell: ({ p95Ms }) => [
          sparkline(
            p95Ms.map((value) => value ?? 0),
            seriesWords(summarizeSeries(timesMs, p95Ms), durationText, (timeMs) =>
              minuteText(timeMs, context.state().zone, context.nowMs()),
            ),
          ),
        ],
      },
    ],
    ({ stage }) => stage,
  );
  return {
    root: element('div', { class: 'stages' }, table.root, chart.root),
    show: ({ timesMs: times, stages }) => {
      timesMs = times;
      const known = stages.filter(({ p50Ms }) => lastOf(p50Ms) !== null);
      const wanted = context.state().own['stage'];
      const stage = known.find((each) => each.stage === wanted) ?? slowest(known);
      chosen = stage?.stage;
      table.show(known);
      for (const button of table.root.querySelectorAll('tr[data-key] button'))
        button.setAttribute('aria-pressed', String(button.closest('tr')?.dataset['key'] === chosen));
      if (stage === undefined) return false;
      chart.show(
        timesMs,
        [
          { name: 'p50', colour: '--accent', values: stage.p50Ms },
          { name: 'p95', colour: '--warning', dash: 'dash', values: stage.p95Ms },
          { name: 'p99', colour: '--critical', dash: 'dot', values: stage.p99Ms },
        ],
        stage.what,
      );
      return true;
    },
    drop: () => chart.drop(),
  };
}

/** Where the most time goes is what somebody who chose nothing wants to see. */
function slowest(stages: readonly Stage[]): Stage | undefined {
  return stages.reduce<Stage | undefined>(
    (slowest, stage) =>
      slowest !== undefined && (lastOf(slowest.p95Ms) ?? 0) >= (lastOf(stage.p95Ms) ?? 0) ? slowest : stage,
    undefined,
  );
}

function newest(values: readonly (number | null)[]): string {
  const value = lastOf(values);
  return value === null ? '—' : durationText(value);
}
