// Where it catches and where it does not: by kind, category, strength, service and hour.
import type { Measures } from '../evaluate/measure.js';
import { ALL_SOURCES } from '../../core/window/window-spec.js';
import { barChart } from './bar-chart.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { type Html, markup } from './html.js';
import { number, shareBar, table } from './html-table.js';
import { showDuration, showFixed } from './show-figures.js';

export function renderGroups({ evaluation, byService, byHour }: ErrorAnalysis): Html {
  // an alert of all services together belongs to none of them
  const falseAlertsOf =
    ALL_SOURCES in evaluation.bySource
      ? undefined
      : (service: string): number => evaluation.bySource[service]?.falseAlerts ?? 0;
  return markup`<div class="pair">
${groupTable('By kind', 'Kind', evaluation.byKind)}
${groupTable('By service', 'Service', byService, falseAlertsOf)}
${groupTable('By strength, 0 barely visible to 1 obvious', 'Strength', evaluation.byStrength)}
${groupTable('By category', 'Category', evaluation.byCategory)}
</div>
<figure>
${barChart({
  id: 'hours',
  title: 'Labels and false alerts by hour of day',
  description: `Of labels that began in each hour, UTC, those caught and those missed, and false alerts on top. ${hourSentence(byHour)}`,
  height: 190,
  xLabel: 'hour of day (UTC)',
  yLabel: 'count',
  labelEvery: 3,
  bars: byHour.map(({ hour, labels, caught, falseAlerts }) => ({
    category: String(hour),
    parts: [
      { tone: 'main', value: caught },
      { tone: 'bad', value: labels - caught },
      { tone: 'other', value: falseAlerts },
    ],
  })),
})}
<figcaption>
<span class="key main">caught</span> <span class="key bad">missed</span>
<span class="key other">false alerts</span>
</figcaption>
</figure>
<p class="hint">
A label counts for each of its services. Rank is the share of healthy stretches of the same length and
services that score lower: 1 is perfect, 0.5 is chance, whatever the threshold.
</p>`;
}

function groupTable(
  caption: string,
  name: string,
  groups: Readonly<Record<string, Measures>>,
  falseAlertsOf?: (group: string) => number,
): Html {
  const rows = Object.entries(groups)
    .filter(([, { events }]) => events.labels > 0)
    // quarters of strength by their number; names stay in their order
    .sort(([a], [b]) => (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0));
  if (rows.length === 0) return markup`<p>${caption}: no label is judged.</p>`;
  return table(
    caption,
    [
      { name },
      number('Caught'),
      number('Median delay'),
      number('Rank'),
      ...(falseAlertsOf ? [number('False')] : []),
    ],
    rows.map(([group, { events }]) => [
      group,
      shareBar(events.recall, `${events.caught} of ${events.labels}`),
      showDuration(events.medianDelayMs),
      showFixed(events.rocAuc, 2),
      ...(falseAlertsOf ? [falseAlertsOf(group)] : []),
    ]),
  );
}

function hourSentence(hours: ErrorAnalysis['byHour']): string {
  const said = hours
    .filter(({ labels, falseAlerts }) => labels + falseAlerts > 0)
    .map(
      ({ hour, labels, caught, falseAlerts }) =>
        `${hour}: ${caught} of ${labels} caught, ${falseAlerts} false`,
    );
  return said.length === 0 ? 'There are none.' : `${said.join('; ')}.`;
}
