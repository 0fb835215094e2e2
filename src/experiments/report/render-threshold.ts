// What other thresholds would have done, how well the scores rank windows, and how long detection took.
import { barChart } from './bar-chart.js';
import { decadeAxis, shareAxis } from './chart-axis.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { type Html, markup } from './html.js';
import { number, table } from './html-table.js';
import { lineChart } from './line-chart.js';
import { showDuration, showFigure, showFixed, showShare } from './show-figures.js';

export function renderThreshold({ sweep, curves, evaluation }: ErrorAnalysis): Html {
  return markup`<div class="pair">
<figure>
${sweepChart(sweep)}
<figcaption>Each step is a threshold. <span class="key dot bad">the chosen one</span></figcaption>
</figure>
<figure>
${curveChart(
  'pr',
  'Precision against recall, by window',
  'recall',
  'precision',
  curves.precisionRecall.map(({ recall, precision }) => [recall, precision]),
  [
    [0, evaluation.windows.baseRate ?? 0],
    [1, evaluation.windows.baseRate ?? 0],
  ],
)}
<figcaption>
<span class="key main">detector</span> <span class="key dashed quiet">chance</span>; area
${showFixed(evaluation.windows.prAuc, 3)}
</figcaption>
</figure>
<figure>
${curveChart(
  'roc',
  'True against false positive rate, by window',
  'false positive rate',
  'true positive rate',
  curves.roc.map(({ falsePositiveRate, truePositiveRate }) => [falsePositiveRate, truePositiveRate]),
  [
    [0, 0],
    [1, 1],
  ],
)}
<figcaption>
<span class="key main">detector</span> <span class="key dashed quiet">chance</span>; area
${showFixed(evaluation.windows.rocAuc, 3)}
</figcaption>
</figure>
<figure>
${delayChart(evaluation.labels.flatMap(({ delayMs }) => delayMs ?? []))}
<figcaption>
From the first unusual record to the end of the window that alerts; allowed lateness and transport
come on top.
</figcaption>
</figure>
</div>
<details class="bulk">
<summary>All thresholds as a table</summary>
${table(
  'Alerts of all sources together',
  [
    { name: 'Threshold' },
    number('Alerts a day'),
    number('False a day'),
    number('Caught'),
    number('Right alerts'),
    number('Median delay'),
  ],
  sweep.map((row) => [
    `${showFixed(row.threshold, 4)}${row.isChosen ? ' (chosen)' : ''}`,
    showFigure(row.alertsADay),
    showFigure(row.falseAlertsADay),
    showShare(row.eventRecall),
    showShare(row.eventPrecision),
    showDuration(row.medianDelayMs),
  ]),
)}
</details>`;
}

function sweepChart(sweep: ErrorAnalysis['sweep']): Html {
  const points = sweep.flatMap(({ alertsADay, eventRecall, isChosen, threshold }) =>
    alertsADay === null || alertsADay <= 0 || eventRecall === null
      ? []
      : [{ x: alertsADay, y: eventRecall, isChosen, threshold }],
  );
  const rates = points.map(({ x }) => x);
  const chosen = points.filter(({ isChosen }) => isChosen);
  return lineChart({
    id: 'sweep',
    title: 'Alerts a day against share of anomalies caught',
    description:
      chosen.length === 0
        ? 'More alerts catch more anomalies; at the chosen threshold nothing alerts.'
        : `More alerts catch more anomalies; the chosen threshold gives ${showFigure(chosen[0]!.x)} alerts a day and catches ${showShare(chosen[0]!.y)}.`,
    height: 240,
    x: decadeAxis('alerts a day', Math.min(...rates, 1), Math.max(...rates, 1)),
    y: shareAxis('caught'),
    series: [{ points: points.map(({ x, y }) => [x, y] as const), tone: 'main' }],
    marks: chosen.map(({ x, y, threshold }) => ({
      x,
      y,
      tone: 'bad',
      text: `threshold ${showFixed(threshold, 4)}: ${showFigure(x)} alerts a day, ${showShare(y)} caught`,
    })),
  });
}

type Points = readonly (readonly [x: number, y: number])[];

function curveChart(
  id: string,
  title: string,
  xLabel: string,
  yLabel: string,
  points: Points,
  chance: Points,
): Html {
  return lineChart({
    id,
    title,
    description:
      points.length === 0
        ? 'There is no curve: one of the two classes is missing.'
        : `The detector's curve over all thresholds, beside that of chance.`,
    height: 240,
    x: shareAxis(xLabel),
    y: shareAxis(yLabel),
    series: [
      { points: chance, tone: 'quiet', isDashed: true },
      { points, tone: 'main' },
    ],
  });
}

const DELAY_BINS_MS = [30, 60, 120, 300, 600, 1200, 3600].map((seconds) => seconds * 1000);

function delayChart(delaysMs: readonly number[]): Html {
  const bars = [...DELAY_BINS_MS, Infinity].map((toMs, index) => {
    const fromMs = DELAY_BINS_MS[index - 1] ?? -1;
    return {
      category: toMs === Infinity ? 'more' : String(toMs / 60_000),
      parts: [{ tone: 'main' as const, value: delaysMs.filter((ms) => ms > fromMs && ms <= toMs).length }],
    };
  });
  return barChart({
    id: 'delays',
    title: 'Detection delay of the anomalies that were caught',
    description:
      delaysMs.length === 0
        ? 'None was caught.'
        : `${bars.map(({ category, parts }) => `${category}: ${parts[0]!.value}`).join('; ')}.`,
    height: 240,
    xLabel: 'minutes, up to',
    yLabel: 'anomalies',
    bars,
  });
}
