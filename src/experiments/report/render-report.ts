// The report as one page: no script, nothing from elsewhere, whatever the logs hold. Pure: the same data, the same bytes.
import type { ErrorAnalysis } from './error-analysis.js';
import { type Html, markup } from './html.js';
import { renderFeedback } from './render-feedback.js';
import { PAGE_STYLE } from './page-style.js';
import { renderDrift, renderSuitability } from './render-drift.js';
import { renderFalseAlerts } from './render-false-alerts.js';
import { renderGroups } from './render-groups.js';
import { renderMissed } from './render-missed.js';
import { renderRun } from './render-run.js';
import { renderSummary, verdict } from './render-summary.js';
import { renderThreshold } from './render-threshold.js';
import { showSpan } from './show-figures.js';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly render: (analysis: ErrorAnalysis) => Html;
}

const SECTIONS: readonly Section[] = [
  { id: 'summary', title: 'Summary', render: renderSummary },
  { id: 'groups', title: 'What is caught', render: renderGroups },
  { id: 'threshold', title: 'Threshold and delay', render: renderThreshold },
  { id: 'missed', title: 'Missed anomalies', render: renderMissed },
  { id: 'false-alerts', title: 'False alerts', render: renderFalseAlerts },
  { id: 'drift', title: 'Drift', render: renderDrift },
  { id: 'suitability', title: 'Does the data suit?', render: renderSuitability },
  { id: 'run', title: 'What was run', render: renderRun },
];

/** Before the false alerts, where people said anything. */
const FEEDBACK: Section = { id: 'feedback', title: 'What people said', render: renderFeedback };

/** @returns a whole HTML document that opens from a file, offline */
export function renderReport(analysis: ErrorAnalysis): string {
  const { run, missedTotal, falseTotal } = analysis;
  const sections = SECTIONS.flatMap((section) =>
    section.id === 'false-alerts' && analysis.feedback !== undefined ? [FEEDBACK, section] : [section],
  );
  const counts: Readonly<Record<string, number>> = { missed: missedTotal, 'false-alerts': falseTotal };
  const title = `Error analysis of ${run.model.name}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta name="generator" content="loghorn ${run.codeVersion}"/>
<meta name="description" content="${verdict(analysis)}"/>
<title>${title}</title>
<style>
${{ text: PAGE_STYLE }}
</style>
</head>
<body>
<a class="skip" href="#summary">Skip to the summary</a>
<div class="page">
<nav aria-label="Contents">
<ol>
${sections.map(
  ({ id, title: name }) =>
    markup`<li>
<a href="#${id}">${name}${counts[id] === undefined ? '' : ` (${counts[id]})`}</a>
</li> `,
)}
</ol>
</nav>
<main>
<header>
<p class="kicker">loghorn error analysis</p>
<h1>${run.model.name}</h1>
<p class="meta">
${run.model.detector} · version ${run.model.version} · ${showSpan(run.startMs, run.endMs)}
</p>
</header>
${sections.map(
  ({ id, title: name, render }) =>
    markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${name}</h2>
${render(analysis)}
</section> `,
)}
</main>
</div>
</body>
</html> `.text;
}
