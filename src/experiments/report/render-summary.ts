// The first thing to read: what was caught and at what price, beside baselines that need no model at all.
import type { Interval } from '../evaluate/bootstrap.js';
import type { Measures } from '../evaluate/measure.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { type Html, markup } from './html.js';
import { number, table } from './html-table.js';
import { NO_FIGURE, showDuration, showFigure, showFixed, showShare } from './show-figures.js';

export function renderSummary(analysis: ErrorAnalysis): Html {
  const { evaluation, errorCount } = analysis;
  const { events, windows, intervals, baselines, notes } = evaluation;
  const failing = analysis.drift.features.filter(({ passes }) => !passes).length;
  const unsuitable = analysis.suitability.filter(({ passes }) => !passes);
  return markup`<p class="lead">${verdict(analysis)}</p>
<dl class="tiles">
${tile('Anomalies caught', `${events.caught} of ${events.labels}`, withInterval(intervals.eventRecall, showShare))}
${tile('False alerts a day', showFigure(events.falseAlertsADay), withInterval(intervals.falseAlertsADay, showFigure))}
${tile('Alerts that were right', showShare(events.precision), `${events.trueAlerts} of ${events.alerts}`)}
${tile('Median delay', showDuration(events.medianDelayMs), `95th percentile ${showDuration(events.p95DelayMs)}`)}
${tile(
  'ROC-AUC by window',
  showFixed(windows.rocAuc, 3),
  withInterval(intervals.windowRocAuc, (value) => showFixed(value, 3)),
)}
${tile('PR-AUC by window', showFixed(windows.prAuc, 3), `chance ${showFixed(windows.baseRate, 3)}`)}
</dl>
${
  notes.length + unsuitable.length + failing > 0
    ? markup`<ul class="notes">
${notes.map((note) => markup`<li>${sentence(note)}</li>`)}
${unsuitable.map(({ name, sentence: text }) => markup`<li><strong>${name}.</strong> ${text}</li>`)}
${failing > 0 ? markup`<li><strong>Drift.</strong> ${failing} of ${analysis.drift.features.length} features no longer look as they did at the fit: see <a href="#drift">Drift</a>.</li>` : null}
</ul>`
    : null
}
${table(
  'Beside what needs no model, on the same windows',
  [
    { name: 'Detector' },
    number('Caught'),
    number('Right alerts'),
    number('False a day'),
    number('Median delay'),
    number('ROC-AUC'),
    number('PR-AUC'),
  ],
  [
    rowOf(analysis.run.model.detector, evaluation),
    rowOf('error count', errorCount),
    rowOf('random', baselines.random),
    rowOf('always on', baselines.alwaysOn),
    rowOf('null', baselines.null),
  ],
)}
<p class="hint">
Caught, right alerts, false alerts and delay count alerts, areas count windows. The error count and
chance have the same hold and about as many alerting windows as the detector. Intervals are the middle
95 % of ${evaluation.options.resamples} resamples of ${showDuration(evaluation.options.blockMs)} blocks.
</p>`;
}

/** The lead in one breath; also the page's description. */
export function verdict({ evaluation, run }: ErrorAnalysis): string {
  const { events, baselines } = evaluation;
  if (events.labels === 0)
    return `No label is judged; ${events.falseAlerts} alerts were raised in ${showDuration(run.judgedMs)}.`;
  const delay =
    events.medianDelayMs === null ? '' : `, half of them within ${showDuration(events.medianDelayMs)}`;
  const chance = showFigure(baselines.random.events.caught);
  return `${run.model.name} caught ${events.caught} of ${events.labels} labelled anomalies${delay}, and raised ${events.falseAlerts} false ${events.falseAlerts === 1 ? 'alert' : 'alerts'} in ${showDuration(run.judgedMs)}. Chance with as many alerting windows catches ${chance}.`;
}

function tile(name: string, value: string, detail: string): Html {
  return markup`<div>
<dt>${name}</dt>
<dd>${value}<small>${detail}</small></dd>
</div>`;
}

function withInterval(interval: Interval | null, show: (value: number) => string): string {
  return interval === null ? 'no interval' : `95 % interval ${show(interval.low)} to ${show(interval.high)}`;
}

function rowOf(name: string, { events, windows }: Measures): string[] {
  const { labels, caught } = events;
  return [
    name,
    labels === 0 ? NO_FIGURE : `${showFigure(caught)} of ${labels}`,
    showShare(events.precision),
    showFigure(events.falseAlertsADay),
    showDuration(events.medianDelayMs),
    showFixed(windows.rocAuc, 3),
    showFixed(windows.prAuc, 3),
  ];
}

function sentence(note: string): string {
  return `${note.charAt(0).toUpperCase()}${note.slice(1)}.`;
}
