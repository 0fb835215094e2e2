// The error analysis, end to end: score, judge, choose the worst errors, read them closely, measure drift.
// The inputs are read three times, so that only what is shown is ever held in memory.
import type { Artifact } from '../../core/artifact.js';
import { precisionRecallCurve, rocCurve } from '../evaluate/curves.js';
import { evaluate } from '../evaluate/evaluate.js';
import { isFalse } from '../evaluate/events.js';
import { dayMs } from '../evaluate/healthy-time.js';
import { judge } from '../evaluate/match-labels.js';
import { nothingToJudge } from '../evaluate/nothing-to-judge.js';
import { resolveOptions } from '../evaluate/options.js';
import { prepare, type Prepared } from '../evaluate/prepare.js';
import { sweepThresholds } from '../evaluate/sweep.js';
import { viewFeedback } from '../feedback/feedback-view.js';
import { readRecords } from '../input/read-records.js';
import { InputError, type InputFile } from '../input/resolve-inputs.js';
import type { Labels } from '../labels.js';
import type { AnalyseOptions } from './analyse-options.js';
import { countsByHour, measuresByService } from './breakdowns.js';
import { readCaseDetails } from './case-details.js';
import { createLineCollector, type LineSpan } from './case-lines.js';
import { type Cases, chooseCases } from './choose-cases.js';
import { type HealthyAlerts, measureDrift } from './drift.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { measureErrorCount } from './error-count-baseline.js';
import { falseAlertCards } from './false-alert-cards.js';
import { missedCards } from './missed-cards.js';
import { runFacts } from './run-facts.js';
import { type ScoredInputs, scoreWindows } from './score-windows.js';
import { checkSuitability } from './suitability.js';

export interface AnalyseHooks {
  readonly signal?: AbortSignal | undefined;
  readonly onStage?: (stage: string, done: number, total: number) => void;
  readonly onWarning?: (sentence: string) => void;
}

const CURVE_POINTS = 200;

/**
 * @returns undefined when the signal stopped it
 * @throws InputError when no window is left to judge
 */
export async function analyseErrors(
  files: readonly InputFile[],
  artifact: Artifact,
  labels: Labels,
  options: AnalyseOptions,
  hooks: AnalyseHooks = {},
): Promise<ErrorAnalysis | undefined> {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const reading = (stage: string) => ({
    ...artifact.input,
    ...options.input,
    perFile: options.perFile,
    signal: hooks.signal,
    onProgress: (done: number) => hooks.onStage?.(stage, done, bytes),
  });

  const fromMs = options.keepFitSpan ? Number.NEGATIVE_INFINITY : artifact.provenance.endMs;
  const scored = await scoreWindows(files, artifact, {
    ...reading('scoring'),
    onWarning: hooks.onWarning,
    fromMs,
  });
  if (scored === undefined) return undefined;
  refuseNothing(scored, artifact);

  const evaluateOptions = resolveOptions({
    seed: artifact.provenance.seed,
    holdMs: artifact.detector.holdMs,
  });
  const refusal = nothingToJudge(scored.windows, labels);
  if (refusal !== undefined) throw new InputError(refusal);
  const judgement = judge(scored.windows, labels, evaluateOptions.graceMs);
  const prepared = prepare(judgement, evaluateOptions);
  const cases = chooseCases(prepared, options.maxCards);

  const details = await readCaseDetails(files, artifact, cases, reading('explaining'));
  if (details === undefined) return undefined;
  const collector = createLineCollector(spansOf(cases, artifact.spec.window.windowMs, options.perFile));
  await readRecords(files, reading('lines'), (read, file) => {
    if (read.ok) collector.add(read.record, file.path);
  });
  if (hooks.signal?.aborted) return undefined;
  const lines = collector.lines();

  const { spec, threshold } = artifact;
  return {
    version: 1,
    run: await runFacts(files, artifact, scored, judgement, options),
    evaluation: evaluate(scored.windows, labels, evaluateOptions),
    errorCount: measureErrorCount(judgement, artifact.detector.holdMs, evaluateOptions),
    byService: measuresByService(prepared),
    byHour: countsByHour(prepared),
    sweep: sweepThresholds(scored.windows, labels, evaluateOptions),
    curves: {
      roc: rocCurve(prepared.ranked, CURVE_POINTS),
      precisionRecall: precisionRecallCurve(prepared.ranked, CURVE_POINTS),
    },
    missed: missedCards(cases.missed, lines, details, prepared, spec, evaluateOptions),
    missedTotal: cases.missedTotal,
    falseAlerts: falseAlertCards(
      cases.falseAlerts,
      lines.slice(cases.missed.length),
      details,
      cases.normal,
      labels.benign,
      prepared,
      spec,
      evaluateOptions,
    ),
    falseTotal: cases.falseTotal,
    drift: measureDrift(cases.normal, details.vectors, spec, threshold, healthyAlerts(prepared)),
    suitability: checkSuitability({
      artifact,
      windows: scored.windows,
      totals: scored.totals,
      tally: scored.tally,
      lines: collector.facts(),
      labels: judgement.judgedLabels.length,
    }),
    ...(options.feedback === undefined
      ? {}
      : { feedback: viewFeedback(options.feedback, labels, evaluateOptions.graceMs) }),
  };
}

function refuseNothing({ totals, tally }: ScoredInputs, { provenance }: Artifact): void {
  if (totals.windows > 0) return;
  if (totals.leftOut === 0)
    throw new InputError(
      `no window could be scored: ${tally.lines.read} lines were read, ${tally.lines.setAside} set aside (${JSON.stringify(tally.setAsideReasons)}). Give logs, or name the format with --format or --pattern.`,
    );
  throw new InputError(
    `all ${totals.leftOut} windows begin before ${new Date(provenance.endMs).toISOString()}, the end of what the model was fitted on: give later logs, or --keep-fit-span when these are others than the fit's`,
  );
}

/** Those of the missed labels first, then those of the false alerts. */
function spansOf({ missed, falseAlerts }: Cases, windowMs: number, perFile: boolean): readonly LineSpan[] {
  const spanOf = ({ file, source, startMs, endMs }: LineSpan): LineSpan => ({
    ...(perFile ? { file } : {}),
    source,
    startMs,
    endMs,
  });
  return [
    ...missed.map(({ label, peak }) =>
      // where nothing was scored, what the root wrote when it began
      peak === undefined
        ? { source: label.rootService, startMs: label.onsetMs, endMs: label.onsetMs + windowMs }
        : spanOf(peak.row),
    ),
    ...falseAlerts.map(({ peak }) => spanOf(peak.row)),
  ];
}

function healthyAlerts({ events, healthy }: Prepared): HealthyAlerts {
  const sourceMs = [...healthy.bySourceMs.values()].reduce((sum, each) => sum + each, 0);
  return {
    alerts: events.filter((event) => isFalse(event) && !event.benign).length,
    sourceDays: sourceMs / dayMs,
  };
}
