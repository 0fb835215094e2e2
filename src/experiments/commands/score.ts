// `loghorn score`: an artifact over logs, one line a closed window.
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { windowLine } from '../../core/window-line.js';
import { readArtifact } from '../artifact-folder.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { describeTally } from '../input/tally.js';
import { replay, type ReplayPosition } from '../score.js';
import { addInputOptions, type InputFlags, inputOptionsOf } from './input-options.js';
import { STOPPED_EXIT_CODE, stopOnInterrupt } from './interrupt.js';
import { createLineOutput } from './output.js';
import { createProgress } from './progress.js';
import { examples } from './examples.js';

interface ScoreFlags extends InputFlags {
  readonly model: string;
  readonly features?: boolean;
  readonly explain?: boolean;
  readonly perFile: boolean;
  readonly out?: string;
}

/** What a stopped `score --out` leaves beside its output. */
interface Checkpoint {
  readonly artifactVersion: string;
  readonly inputs: readonly (readonly [path: string, bytes: number])[];
  readonly flags: string;
  readonly outBytes: number;
  readonly position: ReplayPosition;
}

export function registerScore(program: Command): void {
  const command = program
    .command('score')
    .summary('score logs with an artifact')
    .description(
      'Scores logs with an artifact. NDJSON on standard output, one line a closed window. With --out, Ctrl-C leaves a checkpoint from which the same command goes on.',
    )
    .argument('<input...>', 'files, globs, folders or - for standard input')
    .requiredOption('--model <folder>', 'the artifact, as fit printed it')
    .option('--features', 'add every feature by its name')
    .option('--explain', 'add why a window alerts')
    .option('--per-file', 'start each input from fresh state and name it in each line', false)
    .option('--out <file>', 'write there instead of to standard output');
  command.addHelpText(
    'after',
    examples(
      'loghorn score today.log --model data/models/app --explain > scores.ndjson',
      'loghorn score logs/*.gz --model data/models/app --out scores.ndjson',
    ),
  );
  addInputOptions(command).action(async (named: string[], flags: ScoreFlags) => {
    const input = inputOptionsOf(flags);
    const signal = stopOnInterrupt();
    const artifact = readArtifact(flags.model);
    const files = resolveInputs(named);
    const progress = createProgress();
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);

    const statePath = flags.out === undefined ? undefined : `${flags.out}.checkpoint.json`;
    const identity = {
      artifactVersion: artifact.version,
      inputs: files.map((file) => [file.path, file.bytes] as const),
      flags: JSON.stringify([flags.features, flags.explain, flags.perFile, input]),
    };
    const checkpoint = statePath === undefined ? undefined : readCheckpoint(statePath, identity);
    if (flags.out !== undefined) {
      if (checkpoint) truncateSync(flags.out, checkpoint.outBytes);
      else writeFileSync(flags.out, '');
    }
    const output = createLineOutput(flags.out);
    const featureNames = artifact.spec.features.map(({ name }) => name);
    const known = new Set(artifact.spec.vocabularies.map(({ source }) => source));
    const unknown = new Set<string>();

    const { tally, stoppedAt } = await replay(
      files,
      artifact,
      {
        ...input,
        perFile: flags.perFile,
        signal,
        onProgress: (done) => progress.show('scoring', done, bytes),
        onWarning: (sentence) => process.stderr.write(`${sentence}\n`),
        onRow: (row, file) => {
          if (!known.has(row.source)) unknown.add(row.source);
          const line = windowLine(row, featureNames, flags);
          output.write(JSON.stringify(file === undefined ? line : { file: file.path, ...line }));
        },
      },
      checkpoint?.position,
    ).finally(() => progress.stop());
    const outBytes = output.flush() + (checkpoint?.outBytes ?? 0);
    output.close();
    process.stderr.write(`${describeTally(tally)}\n`);
    if (unknown.size > 0) process.stderr.write(`${describeUnknown([...unknown])}\n`);

    if (!stoppedAt) {
      if (statePath !== undefined) rmSync(statePath, { force: true });
      return;
    }
    if (statePath !== undefined) {
      writeFileSync(
        statePath,
        JSON.stringify({ ...identity, outBytes, position: stoppedAt } satisfies Checkpoint),
      );
      process.stderr.write(`stopped; the same command goes on from ${statePath}\n`);
    }
    process.exitCode = STOPPED_EXIT_CODE;
  });
}

function readCheckpoint(
  path: string,
  identity: Pick<Checkpoint, 'artifactVersion' | 'inputs' | 'flags'>,
): Checkpoint | undefined {
  if (!existsSync(path)) return undefined;
  const checkpoint = JSON.parse(readFileSync(path, 'utf8')) as Checkpoint;
  const { artifactVersion, inputs, flags } = checkpoint;
  if (JSON.stringify({ artifactVersion, inputs, flags }) === JSON.stringify(identity)) {
    process.stderr.write(`going on where ${path} stopped\n`);
    return checkpoint;
  }
  process.stderr.write(`${path} is of another run (other inputs, artifact or options): starting anew\n`);
  return undefined;
}

function describeUnknown(sources: readonly string[]): string {
  const shown = sources.slice(0, 5).map((source) => `'${source}'`);
  const more = sources.length > shown.length ? ` and ${sources.length - shown.length} more` : '';
  return `the fit did not know ${shown.join(', ')}${more}: of these only lines that no source wrote in the fit can be told, not too many of them, nor silence`;
}
