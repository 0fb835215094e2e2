// The anomalies that raised no alert, one card each.
import type { ErrorAnalysis } from './error-analysis.js';
import { type Html, markup } from './html.js';
import type { MissedCard } from './missed-cards.js';
import {
  idOf,
  namedBy,
  renderHistory,
  renderLines,
  renderMoved,
  renderTemplates,
} from './render-case-parts.js';
import { showClock, showDuration, showFigure, showFixed, showSource, showSpan } from './show-figures.js';

export function renderMissed({ missed, missedTotal, evaluation }: ErrorAnalysis): Html {
  if (missedTotal === 0)
    return markup`<p>
${evaluation.events.labels === 0 ? 'No label is judged.' : 'None: every judged label has an alert.'}
</p>`;
  return markup`<p class="hint">
${missedTotal} in
all${missed.length < missedTotal ? `; the ${missed.length} strongest are shown, ${missedTotal - missed.length} left out` : ''}.
The strongest first: what was plain to see and still missed teaches most.
</p>
${missed.map((card, index) => renderMissedCard(card, evaluation.events.falseAlertsADay, `missed-${index + 1}`))}`;
}

/**
 * @param falseAlertsADay of the evaluation that it was missed in
 * @param id of the card in its page; without one there is no picture, and it reads well where styles are taken away
 */
export function renderMissedCard(card: MissedCard, falseAlertsADay: number | null, id?: string): Html {
  const { label, peak, threshold, reasons, moved, weighed } = card;
  return markup`<article class="card missed"${namedBy(id)}>
<h3${idOf(id)}>
<span class="tag">missed</span> ${label.kind} <small>strength ${showFixed(label.strength, 2)}</small>
</h3>
<p class="meta">
${label.category} · began in
${label.rootService}${label.services.length > 1 ? ` · also ${label.services.filter((name) => name !== label.rootService).join(', ')}` : ''}<br/>${showSpan(label.startMs, label.endMs)}
(${showDuration(label.endMs - label.startMs)})
</p>
<ul class="reasons">
${reasons.map((reason) => markup`<li>${reason}</li>`)}
${card.falseAlertsADayToCatch === null ? null : markup`<li>A threshold that it just reaches would raise ${showFigure(card.falseAlertsADayToCatch)} false alerts a day instead of ${showFigure(falseAlertsADay)}.</li>`}
</ul>
<div class="pair">
${id === undefined || peak === null || threshold === null ? null : renderHistory({ id: `${id}-score`, source: showSource(peak.source), history: card.history, threshold, span: label, spanName: 'label' })}
${peak === null ? null : markup`<div>${renderMoved(moved, weighed, `Furthest from usual in ${showSource(peak.source)}, ${showClock(peak.startMs)} to ${showClock(peak.endMs)}`)}</div>`}
</div>
${renderTemplates(card.templates)} ${renderLines(card.lines)}
</article> `;
}
