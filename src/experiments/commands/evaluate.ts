// `loghorn evaluate`: scores against ground truth.
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { readArtifact } from '../artifact-folder.js';
import { compareRows, formatCompareTable } from '../evaluate/compare-table.js';
import { evaluate } from '../evaluate/evaluate.js';
import { nothingToJudge } from '../evaluate/nothing-to-judge.js';
import { parseLabels } from '../evaluate/read-labels.js';
import { parseScoreLine } from '../evaluate/read-scores.js';
import type { ScoredWindow } from '../evaluate/scored-window.js';
import { InputError } from '../input/resolve-inputs.js';

interface EvaluateFlags {
  readonly scores: string;
  readonly labels: string;
  readonly model?: string;
}

export function registerEvaluate(program: Command): void {
  program
    .command('evaluate')
    .summary('measure scores against ground truth')
    .description(
      'Measures scores against labels, by window and by event, for each kind of anomaly, with the null, random and always-on baselines beside it. JSON on standard output.',
    )
    .requiredOption('--scores <file>', 'what score wrote, or - for standard input')
    .requiredOption('--labels <file>', 'labels.json')
    .option('--model <folder>', 'the artifact: windows that it was fitted on are left out')
    .action(async (flags: EvaluateFlags) => {
      const labels = parseLabels(readFileSync(flags.labels, 'utf8'));
      const fittedUntilMs =
        flags.model === undefined ? -Infinity : readArtifact(flags.model).provenance.endMs;
      const rows: ScoredWindow[] = [];
      let number = 0;
      let leftOut = 0;
      const input = flags.scores === '-' ? process.stdin : createReadStream(flags.scores);
      for await (const line of createInterface({ input })) {
        number++;
        if (line.trim() === '') continue;
        const row = parseScoreLine(line, number);
        if (row.startMs < fittedUntilMs) leftOut++;
        else rows.push(row);
      }
      const refusal = nothingToJudge(rows, labels);
      if (refusal !== undefined)
        throw new InputError(
          leftOut > 0 ? `${refusal} (${leftOut} windows of the fit's own span were left out)` : refusal,
        );
      const result = evaluate(rows, labels);
      process.stderr.write(
        `${formatCompareTable(
          compareRows([
            ['these scores', result],
            ['null', result.baselines.null],
            ['random', result.baselines.random],
            ['always on', result.baselines.alwaysOn],
          ]),
        )}\n`,
      );
      if (leftOut > 0) process.stderr.write(`${leftOut} windows of the fit's own span were left out\n`);
      for (const note of result.notes) process.stderr.write(`${note}\n`);
      process.stdout.write(`${JSON.stringify(result)}\n`);
    });
}
