// Why a window alerts, in a form that a person can check against the logs.
import type { Contribution } from './detector/detector.js';
import type { CompiledVocabulary } from './features/compiled-vocabulary.js';
import type { FeatureDeclaration } from './features/feature-spec.js';
import { disappearedPositions, isRare, knownPositions } from './features/featurizer.js';
import type { Scaler } from './features/scale.js';
import { countSurprise } from './features/surprise.js';
import type { Template } from './template/template.js';
import type { LineTypeKeys } from './window/line-type.js';
import { type Pane, SEVERITY_CLASSES } from './window/pane.js';

/** A feature that moved the score, beside what is usual for its source. */
export interface FeatureEvidence {
  readonly feature: string;
  readonly value: number;
  readonly usualLow: number;
  readonly usualHigh: number;
  /** How much it moved the score, in the detector's own unit. */
  readonly amount: number;
}

/** A template that did it. */
export interface TemplateEvidence {
  readonly event: 'new' | 'spike' | 'disappeared';
  readonly templateId: string;
  readonly text: string;
  readonly service: string;
  readonly severity: string;
  readonly count: number;
  /** Records a healthy window holds of it. */
  readonly usual: number;
  /** A raw line, cut; empty where none was kept. */
  readonly example: string;
}

/** Records in the last windows of a source that fell, those of the peak the last of them. */
export interface FallEvidence {
  readonly records: number;
  /** Records that those windows hold as a rule: by the ones just before and by the fit, the lesser of the two. */
  readonly usual: number;
  /** From the start of the first of them to the end of the last, ms: it fell that long before `peakEndMs`. */
  readonly spanMs: number;
}

/** ERROR and FATAL records in a window of a service that the fit did not know. */
export interface NewServiceEvidence {
  readonly critical: number;
  /** As many as 99 of 100 windows of any service of the fit hold at most. */
  readonly usualMost: number;
  /** Length of the window, ms. */
  readonly spanMs: number;
}

export interface Explanation {
  /** End of the window that set the score: this one, or one that the hold still remembers, ms. */
  readonly peakEndMs: number;
  readonly features: readonly FeatureEvidence[];
  /** Of a source that says far less than usual, or nothing: how little, and how much it would have been. */
  readonly fall?: FallEvidence;
  /** Of a service that the fit did not know, with artifacts that say what it is held to. */
  readonly newService?: NewServiceEvidence;
  readonly templates: readonly TemplateEvidence[];
}

const MAX_FEATURES = 6;
const MAX_TEMPLATES = 8;
/** A line type this surprising, in bans, is shown as a spike. */
const SPIKE_BANS = 2;
const ERROR_CLASS = 5;

export interface ExplainContext {
  readonly features: readonly FeatureDeclaration[];
  readonly templates: readonly Template[];
  readonly keys: LineTypeKeys;
  readonly scaler: Scaler;
}

export function explainFeatures(
  { features, scaler }: ExplainContext,
  source: string,
  raw: Float64Array,
  contributions: readonly Contribution[],
): readonly FeatureEvidence[] {
  return contributions.slice(0, MAX_FEATURES).map(({ feature, amount }) => {
    const band = scaler.band(source, feature);
    return {
      feature: features[feature]!.name,
      value: raw[feature]!,
      usualLow: band.low,
      usualHigh: band.high,
      amount,
    };
  });
}

/** New templates first, frames of stack traces last among them, then spikes, then what disappeared; the strongest first. */
export function explainTemplates(
  { templates, keys }: ExplainContext,
  vocabulary: CompiledVocabulary,
  history: readonly Pane[],
  rollingWindows: number,
): readonly TemplateEvidence[] {
  const window = history[history.length - 1]!;
  const fresh: TemplateEvidence[] = [...window.newTemplates].map(([key, each]) => ({
    event: 'new',
    templateId: each.templateId,
    text: each.text,
    service: each.service,
    severity: SEVERITY_CLASSES[each.severityClass]!,
    count: each.count,
    usual: 0,
    example: window.examples.get(key) ?? '',
  }));
  for (const [key, count] of window.lineTypes) {
    if (vocabulary.isKnown(key)) continue;
    const { service, severityClass, templateIndex } = keys.read(key);
    const template = templates[templateIndex]!;
    fresh.push({
      event: 'new',
      templateId: template.id,
      text: template.text,
      service,
      severity: SEVERITY_CLASSES[severityClass]!,
      count,
      usual: 0,
      example: window.examples.get(key) ?? '',
    });
  }
  fresh.sort(
    (a, b) =>
      Number(isTraceFrame(a)) - Number(isTraceFrame(b)) ||
      b.count - a.count ||
      compare(a.templateId, b.templateId) ||
      compare(a.service, b.service) ||
      compare(a.severity, b.severity),
  );

  const exampleAt = new Map<number, string>();
  for (const [key, line] of window.examples) {
    const position = typeof key === 'number' ? vocabulary.positions.get(key) : undefined;
    if (position !== undefined) exampleAt.set(position, line);
  }
  const known = (event: 'spike' | 'disappeared', position: number, count: number): TemplateEvidence => {
    const type = vocabulary.types[position]!;
    return {
      event,
      templateId: type.templateId,
      text: templates.find(({ id }) => id === type.templateId)!.text,
      service: type.service,
      severity: SEVERITY_CLASSES[type.severityClass]!,
      count,
      usual: (type.counts.mean * type.windows) / vocabulary.windows,
      example: exampleAt.get(position) ?? '',
    };
  };
  const spikes = knownPositions(vocabulary, window)
    .map(([position, count]) => {
      const type = vocabulary.types[position]!;
      return { position, count, surprise: countSurprise(count, type.counts) };
    })
    .filter(({ position, surprise }) => surprise >= SPIKE_BANS || isRareError(vocabulary, position))
    .sort((a, b) => b.surprise - a.surprise || b.count - a.count || a.position - b.position)
    .map(({ position, count }) => known('spike', position, count));
  const gone =
    history.length < rollingWindows
      ? []
      : disappearedPositions(vocabulary, history).map((position) => known('disappeared', position, 0));
  return [...fresh, ...spikes, ...gone].slice(0, MAX_TEMPLATES);
}

/** A stack trace that was logged line by line: its frames say less than the line that it follows. */
function isTraceFrame({ text, example }: TemplateEvidence): boolean {
  return /^(\s|File "|Traceback |at |\.\.\. \d|Caused by:)/.test(example === '' ? text : example);
}

/** An error that few healthy windows hold is shown however few there are: it is what a person looks for first. */
function isRareError(vocabulary: CompiledVocabulary, position: number): boolean {
  return vocabulary.types[position]!.severityClass >= ERROR_CLASS && isRare(vocabulary, position);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
