// `loghorn start`: the whole way in one process. Prepares what is missing, scores the last hours, goes on live.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { InputOptions } from '../../core/artifact.js';
import { parseDuration } from '../../core/duration.js';
import { createPaint } from '../alerts/show-alert.js';
import { canaryOption } from '../canary/canary-option.js';
import { createWallClock } from '../clock.js';
import { createPrepareHooks } from '../start/prepare-hooks.js';
import { holdStart } from '../start/hold-start.js';
import { runDemo } from '../start/run-demo.js';
import { runOwnLog } from '../start/run-own-log.js';
import { DEFAULT_DASHBOARD_PORT } from './dashboard.js';
import { DAY_MS, keepOption } from './keep-option.js';
import { portOf } from './port-option.js';
import { addSinkOptions, alertSettingsOf } from './sink-options.js';
import { argument, asUsage } from '../../shell/usage.js';
import type { AlertSettings } from '../sinks/sink-settings.js';
import type { PrepareOptions, StartDeps } from '../start/start-deps.js';
import type { StartFlags } from '../start/start-run.js';
import { examples } from './examples.js';

export function registerStart(program: Command, deps: StartDeps): void {
  const command = program
    .command('start')
    .summary('see it work: simulated traffic, or your own log with --file')
    .description(
      'Learns what is usual, scores the last hours, then goes on live: synthetic traffic of a web shop in which something goes wrong now and then, or your own log file. Everything in one process. Started again, it goes on where it was.',
    )
    .option(
      '--file <path>',
      'your own log: learn from its first part, score the rest, follow it; 20 minutes of one service, or 10 of several, are the least to learn from (40 windows of 30 s), and a log that grows is waited for until then',
    )
    .addOption(new Option('--for <duration>', 'stop after so long live').argParser(argument(parseDuration)))
    .option('--json', 'a summary as the last line of standard output; all else on standard error', false)
    .addOption(
      new Option('--rate <records>', 'records a second of a demo that is new, the mean of a day')
        .default(undefined, '5')
        .argParser(rateOf),
    )
    .addOption(new Option('--seed <text>', 'another seed, another shop day').default(undefined, 'demo'))
    .option('--data <dir>', 'where everything is kept', 'data')
    .addOption(keepOption(90 * DAY_MS, '90d'))
    .addOption(
      new Option('--port <port>', 'of the dashboard')
        .default(undefined, `${DEFAULT_DASHBOARD_PORT}, or a free one`)
        .argParser(portOf),
    )
    .addOption(
      canaryOption('a small service of known troubles beside the stream: does detection itself work?'),
    )
    .option('--no-dashboard', 'leave out the page in the browser');
  command.addHelpText(
    'after',
    examples(
      'loghorn start',
      'loghorn start --file /var/log/app.log',
      'loghorn start --for 60s --json --no-dashboard',
      'loghorn start --canary 30m --sinks sinks.json',
    ),
  );
  deps.addInputOptions(addSinkOptions(command)).action(async (flags: StartFlags) => start(flags, deps));
}

async function start(flags: StartFlags, deps: StartDeps): Promise<void> {
  const alerting = asUsage(() => alertSettingsOf(flags, process.env));
  const input = deps.inputOptionsOf(flags);
  const lock = holdStart(flags.data, flags.file);
  try {
    await startHeld(flags, alerting, input, deps);
  } finally {
    lock.release();
  }
}

async function startHeld(
  flags: StartFlags,
  alerting: AlertSettings | undefined,
  input: InputOptions,
  deps: StartDeps,
): Promise<void> {
  const output = flags.json ? process.stderr : process.stdout;
  const paint = createPaint(output.isTTY && output.hasColors());
  const print = (text: string): boolean => output.write(`${text}\n`);
  const signal = deps.stopOnInterrupt();
  const clock = createWallClock();
  const options: PrepareOptions = {
    dataFolder: flags.data,
    seed: flags.seed,
    recordsPerSecond: flags.rate,
    nowMs: Math.floor(clock.nowMs()),
  };
  const hooks = createPrepareHooks(deps, print, paint, signal);
  if (flags.file === undefined) {
    print(
      paint(
        'bold',
        `loghorn: a simulated web shop of eleven services; what is usual is learned, the rest is told`,
      ),
    );
    const demo = await deps.prepareDemo(options, hooks);
    if (demo) await runDemo(demo, { flags, alerting, deps, clock, signal, paint, print });
  } else {
    print(
      paint(
        'bold',
        `loghorn: ${flags.file}: what is usual is learned from its first part, the rest is scored`,
      ),
    );
    const log = await deps.prepareOwnLog(flags.file, { ...options, input }, hooks);
    await runOwnLog(log, flags.file, { flags, alerting, deps, clock, signal, paint, print });
  }
}

function rateOf(text: string): number {
  const rate = Number(text);
  // health lines and jobs alone are nearly half a record a second
  if (!(rate >= 0.5 && rate <= 10_000))
    throw new InvalidArgumentError(`'${text}' is no rate: give records a second, from 0.5 to 10000`);
  return rate;
}
