// The alerts that belong to no label, one card each.
import type { ErrorAnalysis } from './error-analysis.js';
import type { FalseAlertCard } from './false-alert-cards.js';
import { type Html, markup } from './html.js';
import { number, table } from './html-table.js';
import type { NearestNormal } from './nearest-normal.js';
import {
  idOf,
  namedBy,
  renderHistory,
  renderLines,
  renderMoved,
  renderTemplates,
} from './render-case-parts.js';
import {
  showClock,
  showDuration,
  showFigure,
  showFixed,
  showInstant,
  showSource,
  showSpan,
} from './show-figures.js';

export function renderFalseAlerts({ falseAlerts, falseTotal }: ErrorAnalysis): Html {
  if (falseTotal === 0) return markup`<p>None: every alert belongs to a label.</p>`;
  return markup`<p class="hint">
${falseTotal} in
all${falseAlerts.length < falseTotal ? `; the ${falseAlerts.length} with the highest scores are shown, ${falseTotal - falseAlerts.length} left out` : ''}.
</p>
${falseAlerts.map((card, index) => renderFalseAlertCard(card, `false-${index + 1}`))}`;
}

/** @param id of the card in its page; without one there is no picture, and it reads well where styles are taken away */
export function renderFalseAlertCard(card: FalseAlertCard, id?: string): Html {
  const { source, startMs, endMs, peak, threshold, explanation, benign, nearest } = card;
  return markup`<article class="card false"${namedBy(id)}>
<h3${idOf(id)}>
<span class="tag">false alert</span> ${showSource(source)}
<small>score ${showFixed(peak.score, 3)}, threshold ${showFixed(threshold, 3)}</small>
</h3>
<p class="meta">
${showSpan(startMs, endMs)} (${showDuration(endMs - startMs)}, ${card.windows}
${card.windows === 1 ? 'window' : 'windows'}), set off by the window from ${showClock(peak.startMs)}
with ${peak.records} records
</p>
<ul class="reasons">
${benign.length > 0 ? benign.map(({ kind, startMs: from, endMs: to }) => markup`<li><strong>Something harmless was going on:</strong> ${kind}, ${showSpan(from, to)}.</li>`) : markup`<li>Nothing harmless is labelled at that time.</li>`}
${explanation === null || explanation.features.length === 0 ? null : markup`<li>The detector weighed ${explanation.features.map(({ feature, amount }) => `${feature} (${showFigure(amount)})`).join(', ')}.</li>`}
</ul>
<div class="pair">
${id === undefined ? null : renderHistory({ id: `${id}-score`, source: showSource(source), history: card.history, threshold, span: { startMs, endMs }, spanName: 'alert' })}
<div>${renderMoved(card.moved, explanation?.features ?? [], 'Furthest from usual in that window')}</div>
</div>
${explanation === null ? null : renderTemplates(explanation.templates)}
${nearest === null ? markup`<p class="hint">There is no healthy window of ${showSource(source)} to compare it with.</p>` : renderNearest(nearest)}
${renderLines(card.lines)}
</article> `;
}

function renderNearest({ startMs, records, score, distance, among, differs }: NearestNormal): Html {
  const about = `The most similar of ${among.toLocaleString('en-US')} healthy windows of the same source began ${showInstant(startMs)} UTC: ${records} records, score ${showFixed(score, 3)}, ${showFixed(distance, 1)} spreads away on average.`;
  if (differs.length === 0) return markup`<p>${about} No feature differs.</p>`;
  return markup`<details>
<summary>The healthy window most like it</summary>
<p>${about}</p>
${table(
  'Where the two differ most',
  [{ name: 'Feature', isLong: true }, number('Here'), number('There'), number('Spreads')],
  differs.map(({ feature, here, there, difference }) => [
    feature,
    showFigure(here),
    showFigure(there),
    showFixed(difference, 1),
  ]),
)}
</details>`;
}
