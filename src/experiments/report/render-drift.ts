// Whether healthy windows look as they did at the fit, and whether the data suits at all.
import type { FeatureDrift } from './drift.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { type Html, markup } from './html.js';
import { number, table } from './html-table.js';
import { showFigure, showFixed, showShare } from './show-figures.js';

const MAX_OPEN_ROWS = 10;

export function renderDrift({ drift }: ErrorAnalysis): Html {
  const { features, score, windows } = drift;
  if (windows === 0) return markup`<p>No healthy window was scored: drift cannot be judged.</p>`;
  const failing = features.filter(({ passes }) => !passes);
  const shown = failing.slice(0, MAX_OPEN_ROWS);
  return markup`<p>
${passMark(score.passes)} <strong>Score.</strong> ${score.healthyAlerts}
${score.healthyAlerts === 1 ? 'alert' : 'alerts'} in ${showFigure(score.sourceDays)} healthy
source-days, where the fit allowed ${showFigure(score.expectedAlerts)}; the chance of at least as many
is ${showShare(score.probability)}. ${drift.scoreRule}
</p>
<p>
${passMark(failing.length === 0)}
<strong>Features.</strong>
${failing.length === 0 ? `All ${features.length} pass` : `${failing.length} of ${features.length} do not pass`}
on ${windows.toLocaleString('en-US')} healthy windows. ${drift.featureRule}
</p>
${shown.length > 0 ? driftTable(failing.length > shown.length ? `The ${shown.length} that moved most` : 'Those that do not pass', shown) : null}
<details class="bulk">
<summary>All ${features.length} features</summary>
${driftTable('Those that do not pass first, then by shift', features)}
</details>`;
}

function driftTable(caption: string, features: readonly FeatureDrift[]): Html {
  return table(
    caption,
    [
      { name: 'Feature' },
      number('Shift'),
      number('Far'),
      number('Outside band'),
      { name: 'Does not pass for' },
      { name: 'Verdict' },
    ],
    features.map(({ feature, shift, farShare, outsideShare, failing, passes }) => [
      feature,
      showFixed(shift + 0, 2),
      showShare(farShare),
      showShare(outsideShare),
      failing.join(', ') || '–',
      passMark(passes),
    ]),
  );
}

export function renderSuitability({ suitability }: ErrorAnalysis): Html {
  return markup`<ul class="checks">
${suitability.map(({ name, passes, sentence }) => markup`<li>${passMark(passes, 'look')} <strong>${name}.</strong> ${sentence}</li>`)}
</ul>`;
}

/** A word and a sign, never a colour alone. */
function passMark(passes: boolean | null, otherwise = 'fail'): Html {
  if (passes === null) return markup`<span class="verdict">– unknown</span>`;
  return passes
    ? markup`<span class="verdict pass">✓ pass</span>`
    : markup`<span class="verdict fail">✗ ${otherwise}</span>`;
}
