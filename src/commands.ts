// Every command of `loghorn` by its first word, in the order of the help. The code of a command is loaded when it is asked
// for: all of it together takes longer to load than most commands need to run.
import type { Command } from 'commander';

type Registers = (program: Command) => Promise<void>;

const workbench = async () => (await import('./experiments/start/workbench.js')).workbench;

const COMMANDS = {
  start: async (program) =>
    (await import('./pipeline/commands/start.js')).registerStart(program, await workbench()),
  consume: async (program) =>
    (await import('./pipeline/commands/consume.js')).registerConsume(program, await workbench()),
  dashboard: async (program) =>
    (await import('./pipeline/commands/dashboard.js')).registerDashboard(program, await workbench()),
  deploy: async (program) => (await import('./pipeline/commands/deploy.js')).registerDeploy(program),
  dlq: async (program) => (await import('./pipeline/commands/dlq.js')).registerDlq(program),
  windows: async (program) => (await import('./pipeline/commands/windows.js')).registerWindows(program),
  feedback: async (program) => (await import('./pipeline/commands/feedback.js')).registerFeedback(program),
  promote: async (program) =>
    (await import('./pipeline/commands/promote.js')).registerPromote(program, await workbench()),
  shadow: async (program) => (await import('./pipeline/commands/shadow.js')).registerShadow(program),
  tune: async (program) =>
    (await import('./pipeline/commands/tune.js')).registerTune(program, await workbench()),
  sinks: async (program) => (await import('./pipeline/commands/sinks.js')).registerSinks(program),
  latency: async (program) => (await import('./pipeline/commands/latency.js')).registerLatency(program),
  kafka: async (program) => (await import('./pipeline/commands/kafka.js')).registerKafka(program),
  topic: async (program) => (await import('./pipeline/commands/topic.js')).registerTopic(program),
  produce: async (program) =>
    (await import('./pipeline/commands/produce.js')).registerProduce(program, await workbench()),
  'produce-bench': async (program) =>
    (await import('./pipeline/commands/produce-bench.js')).registerProduceBench(program),
  generate: async (program) => (await import('./experiments/commands/generate.js')).registerGenerate(program),
  templates: async (program) =>
    (await import('./experiments/commands/templates.js')).registerTemplates(program),
  fit: async (program) => (await import('./experiments/commands/fit.js')).registerFit(program),
  score: async (program) => (await import('./experiments/commands/score.js')).registerScore(program),
  evaluate: async (program) => (await import('./experiments/commands/evaluate.js')).registerEvaluate(program),
  compare: async (program) => (await import('./experiments/commands/compare.js')).registerCompare(program),
  report: async (program) => (await import('./experiments/commands/report.js')).registerReport(program),
  inspect: async (program) => (await import('./experiments/commands/inspect.js')).registerInspect(program),
  benchmark: registerBenchmarks,
  notebooks: async (program) =>
    (await import('./experiments/commands/notebooks.js')).registerNotebooks(program),
  lab: async (program) => (await import('./experiments/commands/lab.js')).registerLab(program),
} satisfies Readonly<Record<string, Registers>>;

/** @param asked the first word of the command line: any other than a command's name asks for all, as help does */
export async function registerCommands(program: Command, asked: string | undefined): Promise<void> {
  const registers: readonly Registers[] =
    asked !== undefined && Object.hasOwn(COMMANDS, asked)
      ? [COMMANDS[asked as keyof typeof COMMANDS]]
      : Object.values(COMMANDS);
  for (const register of registers) await register(program);
}

async function registerBenchmarks(program: Command): Promise<void> {
  const { registerBenchmark } = await import('./experiments/commands/benchmark.js');
  const { renderReport } = await import('./experiments/benchmark/render-report.js');
  const { registerKafkaBench } = await import('./pipeline/commands/kafka-bench.js');
  const { registerDashboardBench } = await import('./pipeline/commands/dashboard-bench.js');
  const benchmark = registerBenchmark(program);
  registerKafkaBench(benchmark, { ...(await workbench()), renderReport });
  registerDashboardBench(benchmark, { renderReport });
}
