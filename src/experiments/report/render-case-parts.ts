// What the cards of missed labels and of false alerts share: the score around it, the features, templates and lines.
import type { FeatureEvidence, TemplateEvidence } from '../../core/alert.js';
import { SEVERITY_CLASSES, severityClassOf } from '../../core/window/pane.js';
import type { CaseLines } from './case-lines.js';
import { clockAxis, shareAxis } from './chart-axis.js';
import { type Html, markup } from './html.js';
import { number, table } from './html-table.js';
import { lineChart } from './line-chart.js';
import { type MovedFeature, OUTSIDE_Z } from './moved-features.js';
import type { ScorePoint } from './score-history.js';
import { showClock, showFigure, showFixed } from './show-figures.js';

/** An element that is named by the heading within it. */
export function namedBy(id: string | undefined): Html | null {
  return id === undefined ? null : markup` id="${id}" aria-labelledby="${id}-h"`;
}

/** The heading that names it. */
export function idOf(id: string | undefined): Html | null {
  return id === undefined ? null : markup` id="${id}-h"`;
}

export interface HistoryView {
  readonly id: string;
  readonly source: string;
  readonly history: readonly ScorePoint[];
  readonly threshold: number;
  /** What is marked behind the line, and what it is. */
  readonly span: { readonly startMs: number; readonly endMs: number };
  readonly spanName: 'label' | 'alert';
}

export function renderHistory({ id, source, history, threshold, span, spanName }: HistoryView): Html {
  const [first, last] = [history[0], history.at(-1)];
  if (first === undefined || last === undefined) return markup``;
  return markup`<figure>
${lineChart({
  id,
  title: `Score of ${source}`,
  description: `Highest ${showFixed(Math.max(...history.map(({ score }) => score)), 3)} between ${showClock(first.startMs)} and ${showClock(last.endMs)} UTC; the threshold is ${showFixed(threshold, 3)}.`,
  height: 170,
  x: clockAxis(first.startMs, last.endMs),
  y: { ...shareAxis('score'), ticks: [0, 0.5, 1].map((value) => ({ value, text: String(value) })) },
  bands: [{ from: span.startMs, to: span.endMs, tone: spanName === 'label' ? 'other' : 'bad' }],
  rules: [{ y: threshold, tone: 'quiet' }],
  series: [
    {
      points: [
        ...history.map(({ startMs, score }) => [startMs, score] as const),
        [last.endMs, last.score] as const,
      ],
      tone: 'main',
      isStepped: true,
    },
  ],
})}
<figcaption>
<span class="key main">score of ${source}</span> <span class="key dashed quiet">threshold</span>
<span class="key block ${spanName === 'label' ? 'other' : 'bad'}">${spanName}</span>
</figcaption>
</figure>`;
}

export function renderMoved(
  moved: readonly MovedFeature[],
  weighed: readonly FeatureEvidence[],
  caption: string,
): Html {
  if (moved.length === 0) return markup`<p>Every feature stands at its median.</p>`;
  const amounts = new Map(weighed.map(({ feature, amount }) => [feature, amount]));
  return table(
    caption,
    [{ name: 'Feature', isLong: true }, number('Here'), number('Usual'), number('Spreads'), number('Weight')],
    moved.map(({ feature, value, usualLow, usualHigh, z }) => [
      feature,
      showFigure(value),
      `${showFigure(usualLow)} to ${showFigure(usualHigh)}`,
      Math.abs(z) > OUTSIDE_Z ? markup`<strong>${showFixed(z, 1)}</strong>` : showFixed(z, 1),
      amounts.has(feature) ? showFigure(amounts.get(feature)!) : '–',
    ]),
  );
}

const EVENT_NAMES = { new: 'new', spike: 'more than usual', disappeared: 'gone' } as const;

export function renderTemplates(templates: readonly TemplateEvidence[]): Html {
  if (templates.length === 0) return markup``;
  return markup`<h4>Templates</h4>
<ul class="templates">
${templates.map(
  ({ event, text, service, severity, count, usual, example }) =>
    markup`<li>
<span class="tag">${EVENT_NAMES[event]}</span> ${count}, usually ${showFigure(usual)} ·
${severity} · ${service}<br/><code class="log">${text}</code>${example !== '' && example !== text ? markup`<br/><code class="log example">${example}</code>` : null}
</li> `,
)}
</ul>`;
}

export function renderLines({ lines, total }: CaseLines): Html {
  if (total === 0) return markup`<p class="hint">No line stands in this window.</p>`;
  return markup`<details>
<summary>
${lines.length < total ? `${lines.length} of ${total} lines` : `${total} ${total === 1 ? 'line' : 'lines'}`}
of this window
</summary>
<ol class="lines">
${lines.map(({ eventTimeMs, severity, text, source }) => {
  const level = SEVERITY_CLASSES[severityClassOf(severity)]!;
  return markup`<li>
<span class="meta">${showClock(eventTimeMs)} ${level} ${source}</span><br/><code class="log">${text}</code>
</li> `;
})}
</ol>
</details>`;
}
