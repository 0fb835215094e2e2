// What was run: enough for somebody else to make the same page again.
import type { ErrorAnalysis, FileFacts } from './error-analysis.js';
import { type Html, markup } from './html.js';
import { showBytes, showDuration, showFixed, showSpan } from './show-figures.js';

export function renderRun({ run, evaluation }: ErrorAnalysis): Html {
  const { model, tally, totals, labels } = run;
  const n = (value: number): string => value.toLocaleString('en-US');
  const reasons = Object.entries(tally.setAsideReasons);
  return markup`<dl class="facts">
${fact('Command', markup`<code class="command">${run.command}</code>`)}
${fact('Model', markup`<strong>${model.name}</strong> version <code>${model.version}</code>, seed <code>${model.seed}</code>, fitted by loghorn ${model.codeVersion}; this page by loghorn ${run.codeVersion}`)}
${fact('Detector', markup`${model.detector}: ${model.detectorSentence}. A high score holds ${showDuration(model.holdMs)}. Alerts from ${showFixed(model.threshold, 3)} on (90 % interval ${showFixed(model.thresholdInterval[0], 3)} to ${showFixed(model.thresholdInterval[1], 3)}), for a budget of ${model.budgetPerDay} false alerts a day and source.`)}
${fact('Windows', markup`${showDuration(model.windowMs)}, a new one every ${showDuration(model.hopMs)}; ${model.features} features, ${n(model.templates)} templates`)}
${fact('Fitted on', markup`${showSpan(model.fitStartMs, model.fitEndMs)}${fileList(model.fitInputs)}`)}
${fact('Judged', markup`${showSpan(run.startMs, run.endMs)}, ${n(evaluation.judged.windowsJudged)} windows${totals.leftOut > 0 ? `; ${n(totals.leftOut)} windows that began before the end of the fit were left out` : ''}${fileList(run.inputs)}`)}
${fact('Labels', markup`<span class="file">${labels.name} <code class="hash">${labels.sha256}</code></span>`)}
${fact('Lines', markup`${n(tally.lines.read)} read: ${n(tally.lines.scored)} scored, ${n(tally.lines.late)} late, ${n(tally.lines.setAside)} set aside${reasons.length > 0 ? ` (${reasons.map(([reason, count]) => `${reason} ${n(count)}`).join(', ')})` : ''}`)}
${run.perFile ? fact('State', markup`each input from fresh state`) : null}
</dl>`;
}

function fact(name: string, value: Html): Html {
  return markup`<div>
<dt>${name}</dt>
<dd>${value}</dd>
</div>`;
}

const MAX_FILES = 5;

function fileList(files: readonly FileFacts[]): Html {
  const rest = files.length - MAX_FILES;
  return markup`${files
    .slice(0, MAX_FILES)
    .map(
      ({ name, bytes, sha256 }) =>
        markup`<span class="file">${name}, ${showBytes(bytes)} <code class="hash">${sha256}</code></span>`,
    )}${rest > 0 ? markup`<span class="file">and ${rest} more, named in the data</span>` : null}`;
}
