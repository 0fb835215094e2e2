#!/usr/bin/env node
// The `loghorn` command: reads words, calls one function, sets the exit code.
import { Command, CommanderError, InvalidArgumentError, type Option } from 'commander';
import { registerBenchmark } from './experiments/commands/benchmark.js';
import { registerCompare } from './experiments/commands/compare.js';
import { registerEvaluate } from './experiments/commands/evaluate.js';
import { renderReport } from './experiments/benchmark/render-report.js';
import { registerFit } from './experiments/commands/fit.js';
import { registerGenerate } from './experiments/commands/generate.js';
import { registerInspect } from './experiments/commands/inspect.js';
import { registerLab } from './experiments/commands/lab.js';
import { registerNotebooks } from './experiments/commands/notebooks.js';
import { registerReport } from './experiments/commands/report.js';
import { registerScore } from './experiments/commands/score.js';
import { registerTemplates } from './experiments/commands/templates.js';
import { codeVersion } from './experiments/fit/code-version.js';
import { workbench } from './experiments/start/workbench.js';
import { registerConsume } from './pipeline/commands/consume.js';
import { registerDashboard } from './pipeline/commands/dashboard.js';
import { registerDeploy } from './pipeline/commands/deploy.js';
import { registerDlq } from './pipeline/commands/dlq.js';
import { registerFeedback } from './pipeline/commands/feedback.js';
import { registerKafka } from './pipeline/commands/kafka.js';
import { registerDashboardBench } from './pipeline/commands/dashboard-bench.js';
import { registerKafkaBench } from './pipeline/commands/kafka-bench.js';
import { registerLatency } from './pipeline/commands/latency.js';
import { registerProduce } from './pipeline/commands/produce.js';
import { registerProduceBench } from './pipeline/commands/produce-bench.js';
import { registerPromote } from './pipeline/commands/promote.js';
import { registerShadow } from './pipeline/commands/shadow.js';
import { registerSinks } from './pipeline/commands/sinks.js';
import { registerStart } from './pipeline/commands/start.js';
import { registerTopic } from './pipeline/commands/topic.js';
import { registerTune } from './pipeline/commands/tune.js';
import { registerWindows } from './pipeline/commands/windows.js';

const USAGE_EXIT_CODE = 2;

const program = new Command('loghorn')
  .description('A research workbench for log anomalies with a promotion path to streaming.')
  .version(codeVersion())
  .configureHelp({ optionDescription: describeOption })
  .showHelpAfterError('(add --help for the words this command knows)');
registerStart(program, workbench);
registerConsume(program, workbench);
registerDashboard(program, workbench);
registerDeploy(program);
registerDlq(program);
registerWindows(program);
registerFeedback(program);
registerPromote(program, workbench);
registerShadow(program);
registerTune(program, workbench);
registerSinks(program);
registerLatency(program);
registerKafka(program);
registerTopic(program);
registerProduce(program, workbench);
registerProduceBench(program);
registerGenerate(program);
registerTemplates(program);
registerFit(program);
registerScore(program);
registerEvaluate(program);
registerCompare(program);
registerReport(program);
registerInspect(program);
const benchmark = registerBenchmark(program);
registerKafkaBench(benchmark, { ...workbench, renderReport });
registerDashboardBench(benchmark, { renderReport });
registerNotebooks(program);
registerLab(program);
throwInsteadOfExit(program);

// whoever read our output has gone away and wants no more
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // what commander finds itself it has told; what a command finds in its own words is told here
    const isTold = error.code.startsWith('commander.') && !(error instanceof InvalidArgumentError);
    if (!isTold) process.stderr.write(`loghorn: ${error.message}\n`);
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
  } else {
    process.stderr.write(`loghorn: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env['LOGHORN_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  }
}

/** Commander leaves out the words for a default that has no value, and tells of every switch that it is off. */
function describeOption({
  description,
  argChoices,
  defaultValue,
  defaultValueDescription,
  negate,
}: Option): string {
  const isPlain = typeof defaultValue === 'string' || typeof defaultValue === 'number';
  const shownDefault = defaultValueDescription ?? (isPlain && !negate ? String(defaultValue) : undefined);
  const notes = [
    ...(argChoices === undefined ? [] : [`choices: ${argChoices.join(', ')}`]),
    ...(shownDefault === undefined ? [] : [`default: ${shownDefault}`]),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
}

/** Commander's own exit codes are not ours. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const each of command.commands) throwInsteadOfExit(each);
}
