// Precision-recall and ROC side by side, chance as a dotted line in each.
import type { Labels } from '../labels.js';
import type { Figure } from '../notebook/figure.js';
import { COLOUR } from '../notebook/figure-style.js';
import type { Compared } from './compare-detectors.js';
import { contestantStyles } from './contestant-style.js';
import { windowCurves } from './window-curves.js';

/** @param labels that the contestants were judged by */
export function curveFigure(compared: readonly Compared[], labels: Labels): Figure {
  const styles = contestantStyles(compared.map(({ name }) => name));
  const data = compared.flatMap(({ name, windows, evaluation }) => {
    const { colour, dash } = styles.get(name)!;
    const { roc, precisionRecall } = windowCurves(windows, labels);
    const line = { color: colour, dash };
    const trace = { type: 'scatter', mode: 'lines', name, legendgroup: name, line };
    return [
      {
        ...trace,
        // between two scores nothing is measured: a straight line would promise precision that is not there
        line: { ...line, shape: 'vh' },
        name: `${name} ${figure(evaluation.windows.prAuc)}`,
        x: precisionRecall.map(({ recall }) => recall),
        y: precisionRecall.map(({ precision }) => precision),
      },
      {
        ...trace,
        showlegend: false,
        x: roc.map(({ falsePositiveRate }) => falsePositiveRate),
        y: roc.map(({ truePositiveRate }) => truePositiveRate),
        xaxis: 'x2',
        yaxis: 'y2',
      },
    ];
  });
  const baseRate = compared[0]?.evaluation.windows.baseRate ?? 0;
  return {
    data: [...data, chance([baseRate, baseRate], 'x', 'y'), chance([0, 1], 'x2', 'y2')],
    layout: {
      title: { text: 'Windows: precision and recall (left), ROC (right)' },
      grid: { rows: 1, columns: 2, pattern: 'independent', xgap: 0.16 },
      xaxis: { title: { text: 'recall' }, range: [0, 1.01] },
      yaxis: { title: { text: 'precision' }, range: [0, 1.02] },
      xaxis2: { title: { text: 'false positive rate' }, range: [-0.01, 1.01] },
      yaxis2: { title: { text: 'true positive rate' }, range: [0, 1.02] },
      legend: { title: { text: 'PR-AUC' } },
    },
  };
}

function chance(y: readonly [number, number], xaxis: string, yaxis: string): object {
  const line = { color: COLOUR.threshold, width: 1, dash: 'dot' };
  return {
    type: 'scatter',
    mode: 'lines',
    x: [0, 1],
    y,
    line,
    xaxis,
    yaxis,
    showlegend: false,
    hoverinfo: 'skip',
  };
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}
