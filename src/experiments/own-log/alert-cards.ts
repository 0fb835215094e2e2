// Why each alert was raised, as cards: what moved the score beside what is usual, the templates, and the lines themselves.
import type { FeatureEvidence, TemplateEvidence } from '../../core/alert.js';
import type { Artifact } from '../../core/artifact.js';
import { SEVERITY_CLASSES } from '../../core/window/pane.js';
import { readRecords } from '../input/read-records.js';
import type { InputFile } from '../input/resolve-inputs.js';
import { type Html, markup, NOTHING } from '../report/html.js';
import type { Alert } from './alerts-of-rows.js';
import { createKindCollector, type KindOfLine } from './kinds-of-lines.js';

const MAX_FEATURES = 4;
const MAX_TEMPLATES = 4;
const MAX_KINDS = 8;
const MAX_BODY_LINES = 4;
const MAX_CHARACTERS = 200;

/** Reads the log once more for the lines; nothing comes of no alerts. */
export async function alertCards(
  files: readonly InputFile[],
  artifact: Pick<Artifact, 'dictionary' | 'input' | 'threshold'>,
  alerts: readonly Alert[],
): Promise<Html> {
  if (alerts.length === 0) return NOTHING;
  const collector = createKindCollector(
    artifact.dictionary,
    alerts.map(({ source, sinceMs, untilMs }) => ({ source, startMs: sinceMs, endMs: untilMs })),
  );
  await readRecords(files, artifact.input, (read) => {
    if (read.ok) collector.add(read.record);
  });
  const kinds = collector.kinds();
  return markup`${alerts.map((alert, index) => cardOf(alert, kinds[index]!, artifact.threshold.value))}`;
}

function cardOf(alert: Alert, kinds: readonly KindOfLine[], threshold: number): Html {
  const { source, sinceMs, untilMs, peakScore, explanation } = alert;
  const features = unusual(explanation?.features ?? []).slice(0, MAX_FEATURES);
  const templates = explanation?.templates.slice(0, MAX_TEMPLATES) ?? [];
  const shown = kinds.slice(0, MAX_KINDS);
  return markup`<section><h4>${source}, ${dayAndTime(sinceMs)} to ${time(untilMs)} UTC: score ${peakScore.toFixed(2)}, threshold ${threshold.toFixed(2)}</h4><ul>${features.map(featureItem)}${templates.map(templateItem)}</ul><p>${shown.length} of ${kinds.length} kinds of lines in this time, the severe ones first, each with how often it was written:</p><pre>${shown.map(kindText).join('\n')}</pre></section>`;
}

/** Those outside of their usual band; where there are none, the one that moved the score most. */
function unusual(features: readonly FeatureEvidence[]): readonly FeatureEvidence[] {
  const outside = features.filter(({ value, usualLow, usualHigh }) => value < usualLow || value > usualHigh);
  return outside.length > 0 ? outside : features.slice(0, 1);
}

function featureItem({ feature, value, usualLow, usualHigh }: FeatureEvidence): Html {
  return markup`<li>${feature} is ${digits(value)}, usual is ${digits(usualLow)} to ${digits(usualHigh)}</li>`;
}

function templateItem({ event, text, count, usual, severity }: TemplateEvidence): Html {
  const what =
    event === 'disappeared'
      ? `gone (usually ${digits(usual)} a window)`
      : event === 'new'
        ? `new, ${count} in this window`
        : `${count} in this window (usually ${digits(usual)})`;
  return markup`<li>${severity} “${text}”: ${what}</li>`;
}

function kindText({ severityClass, eventTimeMs, body, records }: KindOfLine): string {
  const lines = body.split('\n').map((line) => line.slice(0, MAX_CHARACTERS));
  const more = lines.length > MAX_BODY_LINES ? ['    …'] : [];
  const level = SEVERITY_CLASSES[severityClass]!;
  return `${String(records).padStart(5)} × ${time(eventTimeMs)} ${level.padEnd(5)} ${[...lines.slice(0, MAX_BODY_LINES), ...more].join('\n')}`;
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
