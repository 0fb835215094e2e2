// Why each alert was raised, as cards: what moved the score beside what is usual, the templates, and the lines themselves.
import type { FeatureEvidence, TemplateEvidence } from '../../core/alert.js';
import type { Artifact } from '../../core/artifact.js';
import { SEVERITY_CLASSES, severityClassOf } from '../../core/window/pane.js';
import type { InputFile } from '../input/resolve-inputs.js';
import { readRecords } from '../input/read-records.js';
import { type CaseLine, type CaseLines, createLineCollector } from '../report/case-lines.js';
import { type Html, markup, NOTHING } from '../report/html.js';
import type { Alert } from './alerts-of-rows.js';

const MAX_REASONS = 4;
const MAX_TEMPLATES = 4;
const MAX_LINES = 8;
const MAX_BODY_LINES = 4;

/**
 * Reads the log once more for the lines.
 *
 * @param alerts at least none; nothing comes of none
 */
export async function alertCards(
  file: InputFile,
  artifact: Pick<Artifact, 'input' | 'threshold'>,
  alerts: readonly Alert[],
): Promise<Html> {
  if (alerts.length === 0) return NOTHING;
  const collector = createLineCollector(
    alerts.map(({ source, sinceMs, untilMs }) => ({ source, startMs: sinceMs, endMs: untilMs })),
  );
  await readRecords([file], artifact.input, (read) => {
    if (read.ok) collector.add(read.record, file.path);
  });
  const lines = collector.lines();
  return markup`${alerts.map((alert, index) => cardOf(alert, lines[index]!, artifact.threshold.value))}`;
}

function cardOf(alert: Alert, lines: CaseLines, threshold: number): Html {
  const { source, sinceMs, untilMs, peakScore, explanation } = alert;
  const features = explanation?.features.slice(0, MAX_REASONS) ?? [];
  const templates = explanation?.templates.slice(0, MAX_TEMPLATES) ?? [];
  const shown = lines.lines.slice(0, MAX_LINES);
  return markup`<section><h4>${source}, ${dayAndTime(sinceMs)} to ${time(untilMs)} UTC: score ${peakScore.toFixed(2)}, threshold ${threshold.toFixed(2)}</h4><ul>${features.map(featureItem)}${templates.map(templateItem)}</ul><p>${shown.length} of ${lines.total} records in this time, the severe ones first chosen:</p><pre>${shown.map(lineText).join('\n')}</pre></section>`;
}

function featureItem({ feature, value, usualLow, usualHigh }: FeatureEvidence): Html {
  return markup`<li>${feature} is ${digits(value)}, usual is ${digits(usualLow)} to ${digits(usualHigh)}</li>`;
}

function templateItem({ event, text, count, usual, severity }: TemplateEvidence): Html {
  const what =
    event === 'disappeared'
      ? `gone (usually ${digits(usual)} a window)`
      : event === 'new'
        ? `new, ${count} times`
        : `${count} times (usually ${digits(usual)} a window)`;
  return markup`<li>${severity} “${text}”: ${what}</li>`;
}

function lineText({ eventTimeMs, severity, text }: CaseLine): string {
  const body = text.split('\n');
  const more = body.length > MAX_BODY_LINES ? ['    …'] : [];
  const level = SEVERITY_CLASSES[severityClassOf(severity)]!;
  return `${time(eventTimeMs)} ${level.padEnd(5)} ${[...body.slice(0, MAX_BODY_LINES), ...more].join('\n')}`;
}

/** Three significant digits, as short as they are. */
function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function dayAndTime(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
}

function time(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 19);
}
