// What was run, with the hashes that tell whether the same again would be the same.
import type { Artifact } from '../../core/artifact.js';
import { detectorByName } from '../../core/detector/registry.js';
import type { Judgement } from '../evaluate/match-labels.js';
import { lengthMs, unionOfSpans } from '../evaluate/spans.js';
import { codeVersion } from '../fit/code-version.js';
import { hashInputs } from '../fit/fit.js';
import type { InputFile } from '../input/resolve-inputs.js';
import type { AnalyseOptions } from './analyse-options.js';
import type { RunFacts } from './error-analysis.js';
import type { ScoredInputs } from './score-windows.js';

export async function runFacts(
  files: readonly InputFile[],
  artifact: Artifact,
  { tally, totals }: ScoredInputs,
  { windows }: Judgement,
  { command, labelsFile, input, perFile }: AnalyseOptions,
): Promise<RunFacts> {
  const { name, version, detector, provenance, threshold, spec, dictionary } = artifact;
  return {
    command,
    codeVersion: codeVersion(),
    inputs: await hashInputs(files),
    inputOptions: { ...artifact.input, ...input },
    perFile,
    labels: labelsFile,
    model: {
      name,
      version,
      detector: detector.name,
      detectorSentence: detectorByName(detector.name).sentence,
      seed: provenance.seed,
      codeVersion: provenance.codeVersion,
      fitStartMs: provenance.startMs,
      fitEndMs: provenance.endMs,
      fitInputs: provenance.inputs,
      threshold: threshold.value,
      thresholdInterval: threshold.interval,
      budgetPerDay: threshold.budgetPerDay,
      windowMs: spec.window.windowMs,
      hopMs: spec.window.hopMs,
      holdMs: detector.holdMs,
      templates: dictionary.templates.length,
      features: spec.features.length,
    },
    tally,
    totals,
    startMs: windows.reduce((least, { row }) => Math.min(least, row.startMs), Infinity),
    endMs: windows.reduce((greatest, { row }) => Math.max(greatest, row.endMs), -Infinity),
    judgedMs: lengthMs(unionOfSpans(windows.map(({ row }) => row))),
  };
}
