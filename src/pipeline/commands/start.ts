// `loghorn start`: the whole way in one process. Prepares what is missing, scores the last hours, goes on live.
import { dirname } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Artifact, InputOptions } from '../../core/artifact.js';
import { parseDuration } from '../../core/duration.js';
import type { LinePosition } from '../../core/lines.js';
import { sourceOfPath } from '../../core/source-name.js';
import { createFeedSource, type SyntheticFeed } from '../adapters/feed-source.js';
import { createFollowSource } from '../adapters/follow-source.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import { createTerminalSink } from '../adapters/terminal-sink.js';
import { createWallClock } from '../clock.js';
import { consume } from '../consume/consume.js';
import { type Injected, judgeAlerts, type Judgement } from '../alerts/judge-alerts.js';
import type { Clock, Json, RecordSource, ResultStore } from '../ports.js';
import { createPaint, type Paint, showDuration } from '../alerts/show-alert.js';
import {
  describeCounts,
  describeEnd,
  describeLive,
  type Prepared,
  startSummary,
  timeOfDay,
} from '../start/start-report.js';

/** A feed that knows what it injected. */
export interface DemoFeed extends SyntheticFeed {
  labels(): readonly Injected[];
  /** Plans anomalies from this moment on, the first one within seconds. */
  planShow(nowMs: number): void;
}

/** What the workbench prepares; undefined when it was stopped. */
export interface StartDeps {
  prepareDemo(options: PrepareOptions, hooks: PrepareHooks): Promise<PreparedDemo | undefined>;
  prepareOwnLog(
    path: string,
    options: PrepareOptions & { readonly input: InputOptions },
    hooks: PrepareHooks,
  ): Promise<PreparedLog>;
  readArtifact(folder: string): Artifact;
  stopOnInterrupt(): AbortSignal;
  /** How lines are read: the same words as the commands of the workbench have. */
  addInputOptions(command: Command): Command;
  inputOptionsOf(flags: object): InputOptions;
  progress(): { show(stage: string, done: number, total: number): void; stop(): void };
}

export interface PrepareOptions {
  readonly dataFolder: string;
  readonly seed: string;
  readonly recordsPerSecond: number;
  readonly nowMs: number;
}

export interface PrepareHooks {
  readonly signal: AbortSignal;
  stage<T>(name: string, work: (show: (done: number, total: number) => void) => Promise<T>): Promise<T>;
  say(sentence: string): void;
}

export interface PreparedDemo extends Prepared {
  /** Where the stream began in its first run, ms since epoch. */
  readonly fromMs: number;
  /** From a position of an earlier run, or from the beginning of the back-fill. */
  openFeed(from: Json): DemoFeed;
}

export interface PreparedLog extends Prepared {
  readonly startAt: LinePosition;
}

interface StartFlags {
  readonly file?: string;
  readonly data: string;
  readonly rate: number;
  readonly seed: string;
  readonly for?: number;
  readonly json: boolean;
}

const DEFAULT_RATE = 5;
/** A tick comes once a second. */
const TICK_DELAY_MS = 1000;
const HEARTBEAT_MS = 60_000;

export function registerStart(program: Command, deps: StartDeps): void {
  const command = program
    .command('start')
    .summary('see it work: simulated traffic, or your own log with --file')
    .description(
      'Learns what is usual, scores the last hours, then goes on live: synthetic traffic of a web shop in which something goes wrong now and then, or your own log file. Everything in one process. Started again, it goes on where it was.',
    )
    .option('--file <path>', 'your own log: learn from its first part, score the rest, follow it')
    .addOption(new Option('--for <duration>', 'stop after so long live').argParser(durationOf))
    .option('--json', 'a summary as the last line of standard output; all else on standard error', false)
    .addOption(
      new Option('--rate <records>', 'records a second of the synthetic traffic')
        .default(DEFAULT_RATE)
        .argParser(rateOf),
    )
    .option('--seed <text>', 'another seed, another shop day', 'demo')
    .option('--data <dir>', 'where everything is kept', 'data');
  deps.addInputOptions(command).action(async (flags: StartFlags) => start(flags, deps));
}

async function start(flags: StartFlags, deps: StartDeps): Promise<void> {
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
  const hooks = createHooks(deps, print, paint, signal);
  if (flags.file === undefined) {
    print(
      paint(
        'bold',
        `loghorn: a simulated web shop of eleven services; what is usual is learned, the rest is told`,
      ),
    );
    const demo = await deps.prepareDemo(options, hooks);
    if (demo) await runDemo(demo, { flags, deps, clock, signal, paint, print });
  } else {
    print(
      paint(
        'bold',
        `loghorn: ${flags.file}: what is usual is learned from its first part, the rest is scored`,
      ),
    );
    const log = await deps.prepareOwnLog(
      flags.file,
      { ...options, input: deps.inputOptionsOf(flags) },
      hooks,
    );
    await runOwnLog(log, flags.file, { flags, deps, clock, signal, paint, print });
  }
}

interface Run {
  readonly flags: StartFlags;
  readonly deps: StartDeps;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly paint: Paint;
  readonly print: (text: string) => void;
}

async function runDemo(demo: PreparedDemo, run: Run): Promise<void> {
  const { clock, print, paint } = run;
  let feed: DemoFeed | undefined;
  const source = createFeedSource((from) => (feed = demo.openFeed(from)), clock);
  const told = new Set<string>();
  const tellInjected = (): void => {
    for (const { id, kind, rootService, strength, onsetMs } of feed?.labels() ?? []) {
      if (!told.has(id) && onsetMs >= (liveAtMs ?? Infinity))
        print(
          paint(
            'dim',
            `○ injected ${kind} in ${rootService}, strength ${strength}, at ${timeOfDay(onsetMs)}`,
          ),
        );
      told.add(id);
    }
  };
  let liveAtMs: number | undefined;
  await runStream(demo, source, run, {
    onLive: () => {
      liveAtMs = clock.nowMs();
      feed!.planShow(Math.floor(liveAtMs));
      print(
        paint(
          'dim',
          '  the first anomaly comes in a few seconds; it can be told once its 30 s window is over',
        ),
      );
    },
    onCommit: tellInjected,
    judge: async (store, artifact) => {
      const { name, version, spec, detector } = artifact;
      const query = { artifact: { name, version }, streamId: source.streamId };
      const windows = await store.windows({ ...query, onlyAlerting: true });
      return judgeAlerts(feed!.labels(), windows, await store.alerts(query), {
        fromMs: demo.fromMs,
        nowMs: clock.nowMs(),
        hopMs: spec.window.hopMs,
        closeDelayMs: spec.window.allowedLatenessMs + TICK_DELAY_MS,
        graceMs: detector.holdMs,
      });
    },
  });
}

async function runOwnLog(log: PreparedLog, path: string, run: Run): Promise<void> {
  const { clock, deps, print } = run;
  const source = createFollowSource(
    {
      path,
      startAt: log.startAt,
      input: deps.readArtifact(log.modelFolder).input,
      defaultSource: sourceOfPath(path),
      referenceYear: new Date(clock.nowMs()).getUTCFullYear(),
      onWarning: print,
    },
    clock,
  );
  await runStream(log, source, run, { onLive: () => {}, onCommit: () => {}, judge: async () => undefined });
}

interface StreamHooks {
  onLive(): void;
  onCommit(): void;
  /** Undefined where nobody knows the truth. */
  judge(store: ResultStore, artifact: Artifact): Promise<Judgement | undefined>;
}

async function runStream(
  prepared: Prepared,
  source: RecordSource,
  run: Run,
  hooks: StreamHooks,
): Promise<void> {
  const { flags, deps, clock, paint, print } = run;
  const artifact = readPrepared(prepared, deps);
  const store = createSqliteStore(prepared.storePath);
  const timer = new AbortController();
  let stopTimer: NodeJS.Timeout | undefined;
  let heartbeatAtMs = Infinity;
  const stopLater = (): void => {
    if (flags.for !== undefined) stopTimer ??= setTimeout(() => timer.abort(), flags.for);
  };
  // nobody knows when a log of one's own has something to say again
  if (flags.file !== undefined) stopLater();
  try {
    print(
      paint('dim', prepared.isNew ? '  scoring what came since' : '  going on where the last run stopped'),
    );
    const summary = await consume({
      artifact,
      source,
      store,
      sinks: [createTerminalSink((text) => print(text.trimEnd()), paint)],
      clock,
      signal: AbortSignal.any([run.signal, timer.signal]),
      ticks: true,
      hooks: {
        onWarning: print,
        onCaughtUp: (counts) => {
          print(describeLive(counts, paint));
          stopLater();
          heartbeatAtMs = clock.nowMs() + HEARTBEAT_MS;
          hooks.onLive();
        },
        onCommit: (counts) => {
          hooks.onCommit();
          if (clock.nowMs() < heartbeatAtMs) return;
          heartbeatAtMs = clock.nowMs() + HEARTBEAT_MS;
          print(paint('dim', `· ${timeOfDay(clock.nowMs())} ${describeCounts(counts)}`));
        },
      },
    });
    const judgement = await hooks.judge(store, artifact);
    print(describeEnd(summary, judgement, prepared, paint));
    if (flags.json) process.stdout.write(`${JSON.stringify(startSummary(summary, judgement, prepared))}\n`);
  } finally {
    clearTimeout(stopTimer);
    await store.close();
  }
}

/** @throws Error saying what to delete when the artifact is damaged or of another version */
function readPrepared({ modelFolder, storePath }: Prepared, deps: StartDeps): Artifact {
  try {
    return deps.readArtifact(modelFolder);
  } catch (cause) {
    throw new Error(
      `${(cause as Error).message}\n(to have it made anew, delete ${dirname(modelFolder)} and ${dirname(storePath)}, and start again)`,
      { cause },
    );
  }
}

function createHooks(
  deps: StartDeps,
  print: (text: string) => void,
  paint: Paint,
  signal: AbortSignal,
): PrepareHooks {
  return {
    signal,
    stage: async (name, work) => {
      const progress = deps.progress();
      const startedAtMs = performance.now();
      try {
        return await work((done, total) => progress.show(name, done, total));
      } finally {
        progress.stop();
        print(paint('dim', `  ${name} took ${showDuration(performance.now() - startedAtMs)}`));
      }
    },
    say: (sentence) => print(`  ${sentence}`),
  };
}

function durationOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

function rateOf(text: string): number {
  const rate = Number(text);
  if (!(rate > 0 && rate <= 10_000))
    throw new InvalidArgumentError(`'${text}' is no rate: give records a second, above 0 and up to 10000`);
  return rate;
}
