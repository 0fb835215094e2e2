// `loghorn inspect`: what an artifact is, for a person or a machine.
import type { Command } from 'commander';
import type { Artifact } from '../../core/artifact.js';
import { detectorByName } from '../../core/detector/registry.js';
import { coverUnsafe } from '../../core/unsafe-characters.js';
import { SEVERITY_CLASSES } from '../../core/window/pane.js';
import { readArtifact } from '../artifact-folder.js';

export function registerInspect(program: Command): void {
  program
    .command('inspect')
    .summary('print an artifact')
    .description(
      'Verifies an artifact and prints what it is: where it comes from, how it scores, what it knows.',
    )
    .argument('<model>', "the artifact's folder")
    .option('--json', 'everything but the probe, as JSON')
    .action((folder: string, flags: { readonly json?: boolean }) => {
      const { probe, ...artifact } = readArtifact(folder);
      process.stdout.write(
        flags.json
          ? `${JSON.stringify({ ...artifact, probe: { lines: probe.lines.length, windows: probe.rows.length } })}\n`
          : `${describe({ ...artifact, probe }).join('\n')}\n`,
      );
    });
}

function describe(artifact: Artifact): readonly string[] {
  const { spec, dictionary, detector, threshold, provenance, probe } = artifact;
  const iso = (ms: number): string => new Date(ms).toISOString();
  const n = (value: number): string => value.toLocaleString('en-US');
  const [low, high] = threshold.interval;
  const sourceWidth = Math.max(...spec.vocabularies.map(({ source }) => printable(source).length));
  return [
    `${artifact.name} ${artifact.version}   verified: every byte, and ${probe.rows.length} probe windows to the last bit`,
    '',
    'fitted on',
    ...provenance.inputs.map(
      ({ name, bytes, sha256 }) => `  ${name}   ${n(bytes)} bytes   sha256 ${sha256.slice(0, 12)}…`,
    ),
    `  ${iso(provenance.startMs)} to ${iso(provenance.endMs)}, ${n(provenance.records)} records, ${n(provenance.windows)} windows`,
    `  by loghorn ${provenance.codeVersion}, seed ${provenance.seed}, ${JSON.stringify(provenance.options)}`,
    '',
    'windows',
    `  ${spec.window.windowMs / 1000} s, a new one every ${spec.window.hopMs / 1000} s, ${spec.window.groupBy === 'all' ? 'all services together' : 'each service by itself'}, up to ${spec.window.allowedLatenessMs / 1000} s late, corrected for ${spec.window.correctionMs / 1000} s`,
    '',
    'detector',
    `  ${detector.name}: ${detectorByName(detector.name).sentence}; a high score holds ${detector.holdMs / 1000} s`,
    `  alerts from ${threshold.value.toFixed(4)} on (90 % interval ${low.toFixed(4)} to ${high.toFixed(4)}), allowed ${threshold.budgetPerDay} false alerts a day and source, ${threshold.healthyAlertsPerDay.toFixed(2)} in ${threshold.sourceDays.toFixed(1)} healthy source-days`,
    threshold.expectedRecall === null
      ? '  expected recall unknown: the fit had no labels'
      : `  caught ${(100 * threshold.expectedRecall).toFixed(0)} % of the labelled anomalies in the fit's data`,
    ...describeTuning(artifact),
    '',
    `${n(dictionary.templates.length)} templates (${dictionary.miner}), ${spec.features.length} features, ${spec.families.length} template families`,
    ...spec.vocabularies.map(
      ({ source, types, windows, presence }) =>
        `  ${printable(source).padEnd(sourceWidth)} ${n(types.length).padStart(6)} line types, ${n(windows).padStart(7)} windows, ${presence.components.length} components`,
    ),
    '',
    'most frequent templates',
    ...[...dictionary.templates]
      .sort((a, b) => b.count - a.count)
      .slice(0, 10)
      .map(({ id, text, count }) => `  ${id}  ${n(count).padStart(9)}  ${printable(text)}`),
    '',
    'features',
    ...spec.features.map(({ name, unit, formula }) => `  ${name.padEnd(32)} ${unit.padEnd(10)} ${formula}`),
    '',
    `severity classes: ${SEVERITY_CLASSES.join(', ')}`,
  ];
}

function describeTuning({ tuning }: Artifact): readonly string[] {
  if (tuning === undefined) return [];
  const thresholds = Object.entries(tuning.thresholds);
  return [
    '',
    `tuned from version ${tuning.parent}`,
    ...thresholds.map(
      ([source, threshold]) => `  ${printable(source)} alerts from ${threshold.toFixed(4)} on`,
    ),
    ...tuning.mutedTemplates.map(
      ({ templateId, text, reason, who, atMs }) =>
        `  muted ${templateId} by ${printable(who)}, ${new Date(atMs).toISOString()}, ${printable(reason)}: ${printable(text)}`,
    ),
  ];
}

/** Log text may hold anything, also what a terminal would obey. */
function printable(text: string): string {
  return coverUnsafe(text).slice(0, 120);
}
