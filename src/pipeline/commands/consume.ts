// `loghorn consume`: an artifact over a stream, results into a store, alerts as they fire.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Artifact } from '../../core/artifact.js';
import { parseDuration } from '../../core/duration.js';
import { sourceForArtifact, sourceOfPath } from '../../core/source-name.js';
import { createFeedSource, type SyntheticFeed } from '../adapters/feed-source.js';
import { createFileSource } from '../adapters/file-source.js';
import { createFollowSource } from '../adapters/follow-source.js';
import { createStdinSource } from '../adapters/stdin-source.js';
import { createTerminalSink } from '../adapters/terminal-sink.js';
import { canaryOption, type CanaryFlags, checkCanary } from '../canary/canary-option.js';
import type { CanaryWatch } from '../canary/canary-watch.js';
import { openCanary } from '../canary/open-canary.js';
import { createWallClock } from '../clock.js';
import { consume, type ConsumeSummary } from '../consume/consume.js';
import { withoutApart } from '../consume/counts.js';
import { describeLines } from '../consume/describe-counts.js';
import { decodeModel, encodeModel } from '../lanes/model-text.js';
import { nameOfArtifact } from '../lanes/promotion.js';
import { differenceOf } from '../lanes/promotion-seed.js';
import { openStore } from '../store/open-store.js';
import type { Clock, Json, RecordSource } from '../ports.js';
import { createPaint } from '../alerts/show-alert.js';
import type { Heartbeats } from '../health/heartbeat.js';
import { openHeartbeats } from '../health/open-heartbeats.js';
import { type Health, serveHealth } from '../health/serve-health.js';
import { teeObserver } from '../health/tee.js';
import { showKafkaAddress } from '../kafka/kafka-address.js';
import { createTelemetry } from '../latency/telemetry.js';
import { parseSourceAddress, type SourceAddress } from '../source-address.js';
import type { StoreAddress } from '../store/store-address.js';
import { consumeTopic, type ConsumeTopicFlags } from './consume-topic.js';
import { exitSoon } from './exit-soon.js';
import { followLabels, type LabelFollower } from '../labels/follow-labels.js';
import { keepLabels, type LabelKeeper } from '../labels/keep-labels.js';
import { storedLabelOf } from '../labels/stored-label.js';
import type { Injected } from '../alerts/judge-alerts.js';
import { addKafkaLogin, clientOptionsOf } from './kafka-options.js';
import { keepOption, type KeepFlags } from './keep-option.js';
import { createRetention } from '../retention/retention.js';
import { openCourier } from '../sinks/open-courier.js';
import type { Courier } from '../sinks/courier.js';
import { addSinkOptions, alertSettingsOf, type SinkFlags } from './sink-options.js';
import { storeOption } from './store-option.js';

/** What the workbench has and the pipeline may not reach for itself. */
export interface ConsumeDeps {
  readArtifact(folder: string): Artifact;
  stopOnInterrupt(): AbortSignal;
  /** Live synthetic traffic, from now on or from a snapshot. */
  openFeed(from: Json): LabelledFeed;
}

/** A feed that knows what it injected. */
interface LabelledFeed extends SyntheticFeed {
  labels(): { readonly labels: readonly Injected[] };
}

interface ConsumeFlags extends ConsumeTopicFlags, SinkFlags, CanaryFlags, KeepFlags {
  readonly from: SourceAddress;
  readonly follow: boolean;
  readonly model: string;
  readonly shadow: readonly string[];
  readonly store: StoreAddress;
  readonly for?: number;
  readonly commitEvery?: number;
  readonly untilEnd: boolean;
  readonly json: boolean;
  readonly healthPort?: number;
}

/** As shells have it for a command that was interrupted. */
const STOPPED_EXIT_CODE = 130;

export function registerConsume(program: Command, deps: ConsumeDeps): void {
  const command = program
    .command('consume')
    .summary('score a stream, store results, show alerts')
    .description(
      'Scores a stream with an artifact, keeps every window and alert in a store and shows alerts as they fire. Stopped or killed, the same command goes on where it was, and nothing is lost or doubled.',
    )
    .addOption(
      new Option('--from <source>', 'file:PATH, stdin, synthetic or kafka://HOST:PORT[,HOST:PORT]/TOPIC')
        .makeOptionMandatory()
        .argParser(argument(parseSourceAddress)),
    )
    .requiredOption('--model <folder>', 'the artifact, as fit printed it')
    .option(
      '--shadow <folder>',
      'an artifact that scores the same beside it and never alerts; may be given several times',
      (folder: string, folders: readonly string[]) => [...folders, folder],
      [],
    )
    .addOption(storeOption('where results are kept'))
    .addOption(keepOption('all', 'all'))
    .option('--follow', 'go on reading as the file grows, like tail -F', false)
    .option('--until-end', 'close windows by what the records say alone; end with the input', false)
    .addOption(
      new Option('--commit-every <duration>', 'how much of history a crash may make it read again')
        .default(undefined, '1s')
        .argParser(argument(parseDuration)),
    )
    .addOption(new Option('--for <duration>', 'stop after so long').argParser(argument(parseDuration)))
    .addOption(
      new Option(
        '--health-port <port>',
        'answer /livez, /readyz and /metrics on this port of 127.0.0.1',
      ).argParser(argument(parsePort)),
    )
    .addOption(canaryOption('expect the canary that `produce --canary` sends, and alert when it is not told'))
    .option('--json', 'a summary as the last line of standard output; alerts on standard error', false)
    .option(
      '--group <name>',
      'Kafka: consumers of one group share the partitions; default loghorn-<artifact>',
    )
    .addOption(
      new Option(
        '--session-timeout <duration>',
        'Kafka: a consumer not heard of for so long is out of its group',
      )
        .default(undefined, '30s')
        .argParser(argument(parseDuration)),
    );
  addKafkaLogin(addSinkOptions(command)).action(async (flags: ConsumeFlags) => {
    checkFlags(flags);
    const alerting = alertSettingsOf(flags, process.env);
    const interrupt = deps.stopOnInterrupt();
    const timer = new AbortController();
    const stopTimer = flags.for === undefined ? undefined : setTimeout(() => timer.abort(), flags.for);
    const signal = AbortSignal.any([interrupt, timer.signal]);
    const artifact = deps.readArtifact(flags.model);
    const shadows = flags.shadow.map((folder) => deps.readArtifact(folder));
    for (const shadow of shadows) checkShadow(artifact, shadow);
    if (flags.canary !== undefined) checkCanary(artifact, flags.canary);
    const clock = createWallClock();
    const output = flags.json ? process.stderr : process.stdout;
    const warn = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
    const retention = flags.keep === 'all' ? undefined : createRetention(flags.keep, clock, warn);
    const store = await openStore(flags.store, { clock, create: true, onWarning: warn, stopping: signal });
    let health: Health | undefined;
    let courier: Courier | undefined;
    let heartbeats: Heartbeats | undefined;
    let labels: LabelKeeper | LabelFollower | undefined;
    let feed: LabelledFeed | undefined;
    let canary: CanaryWatch | undefined;
    let isEnded = false;
    try {
      if (flags.healthPort !== undefined) {
        health = await serveHealth(flags.healthPort, clock, signal);
        if (retention !== undefined) health.watchPruned(() => retention.totals());
        warn(`health at http://127.0.0.1:${health.port}/readyz, metrics at /metrics`);
      }
      // whoever rolls back to one of them, or reads on with it, may not have its folder
      for (const each of [artifact, ...shadows]) await store.keepModel(each, encodeModel(each));
      courier =
        alerting &&
        (await openCourier({
          settings: alerting,
          store: flags.store,
          clock,
          onWarning: warn,
        }));
      heartbeats = await openHeartbeats(flags.store, { artifact, clock, onWarning: warn });
      const sinks = [
        createTerminalSink((text) => output.write(text), createPaint(output.isTTY && output.hasColors())),
      ];
      const listeners = [health, heartbeats].flatMap((each) => each?.observer ?? []);
      if (flags.canary !== undefined) {
        canary = await openCanary(flags.store, {
          artifact,
          everyMs: flags.canary,
          store,
          sinks,
          courier,
          clock,
          onWarning: warn,
          say: warn,
        });
        const judge = canary;
        health?.watchCanary(() => judge.figures());
      }
      const job = {
        artifact,
        hasCanary: flags.canary !== undefined,
        shadows,
        decodeModel,
        store,
        sinks,
        courier,
        retention,
        clock,
        signal,
        commitEveryMs: flags.commitEvery,
        telemetry: heartbeats?.listenTo(health?.telemetry ?? createTelemetry()) ?? health?.telemetry,
        observer: teeObserver(listeners),
      };
      const { from, untilEnd } = flags;
      if (from.kind === 'kafka')
        labels = await followLabels(flags.store, clientOptionsOf(from.address, flags, warn), clock);
      const keeper =
        from.kind === 'synthetic'
          ? await keepLabels(flags.store, () => (feed?.labels().labels ?? []).map(storedLabelOf), {
              clock,
              onWarning: warn,
            })
          : undefined;
      labels ??= keeper;
      const openFeed = (position: Json): SyntheticFeed => (feed = deps.openFeed(position));
      const summary =
        from.kind === 'kafka'
          ? await consumeTopic(
              from.address,
              flags,
              { ...job, untilEnd },
              {
                watchGroup: (name, group) => {
                  health?.watchGroup(name, group);
                  heartbeats?.watchGroup(showKafkaAddress(from.address), name, group);
                },
              },
              warn,
            )
          : await consume({
              ...job,
              source: openSource(from, flags.follow, artifact, openFeed, clock, warn),
              ticks: isLive(flags),
              hooks: { onWarning: warn, onCommit: () => keeper?.offer() },
            });
      isEnded = true;
      process.stderr.write(`${describeLines(summary.counts)}\n`);
      if (flags.json)
        process.stdout.write(
          `${JSON.stringify({ ...summaryOf(summary), ...(retention && { deleted: retention.totals() }) })}\n`,
        );
      // a live stream has no end of its own: to stop it is no failure
      if (interrupt.aborted && !isLive(flags)) process.exitCode = STOPPED_EXIT_CODE;
    } finally {
      clearTimeout(stopTimer);
      await canary?.stop();
      await courier?.stop();
      await labels?.stop();
      await heartbeats?.stop(isEnded);
      await health?.close();
      retention?.stop();
      await store.close();
      exitSoon();
    }
  });
}

/** Over all runs on this store; the stages' times are this run's. */
function summaryOf({ counts, ...rest }: Pick<ConsumeSummary, 'counts'>): Record<string, unknown> {
  const { alertsOpened, alertsResolved, ...others } = withoutApart(counts);
  return {
    ...rest,
    ...others,
    alerts: alertsOpened,
    resolved: alertsResolved,
    ...(counts.apart === undefined ? {} : { canary: counts.apart }),
  };
}

/** The wall clock speaks only where records are written while they are read. */
function isLive({ from, follow, untilEnd }: ConsumeFlags): boolean {
  return !untilEnd && (from.kind !== 'file' || follow);
}

function checkFlags(flags: ConsumeFlags): void {
  const { from, follow, untilEnd, group, sessionTimeout, kafkaConfig } = flags;
  if (flags.canary !== undefined && !isLive(flags))
    throw new Error(
      'a canary is waited for by the clock: --canary is for streams that go on, without --until-end',
    );
  if (follow && from.kind !== 'file')
    throw new Error('--follow is for --from file:PATH: the others go on by themselves');
  if (follow && untilEnd)
    throw new Error('--follow never comes to an end: leave out --until-end, or use --for');
  if (from.kind !== 'kafka' && (group ?? sessionTimeout ?? kafkaConfig) !== undefined)
    throw new Error('--group, --session-timeout and --kafka-config go with --from kafka://…: leave them out');
  if (untilEnd && from.kind === 'synthetic')
    throw new Error('synthetic traffic has no end: use --for instead of --until-end');
}

function checkShadow(artifact: Artifact, shadow: Artifact): void {
  const difference =
    artifact.version === shadow.version ? 'it is the same artifact' : differenceOf(artifact, shadow);
  if (difference !== undefined)
    throw new Error(
      `${nameOfArtifact(shadow)} cannot be a shadow of ${nameOfArtifact(artifact)}: ${difference}`,
    );
}

function openSource(
  from: Exclude<SourceAddress, { kind: 'kafka' }>,
  follow: boolean,
  artifact: Artifact,
  openFeed: (from: Json) => SyntheticFeed,
  clock: Clock,
  onWarning: (sentence: string) => void,
): RecordSource {
  if (from.kind === 'synthetic') return createFeedSource(openFeed, clock);
  const reading = {
    input: artifact.input,
    referenceYear: new Date(clock.nowMs()).getUTCFullYear(),
  };
  if (from.kind === 'stdin')
    return createStdinSource(
      { ...reading, defaultSource: sourceForArtifact(artifact, 'stdin') },
      process.stdin,
      clock,
    );
  const options = {
    ...reading,
    defaultSource: sourceForArtifact(artifact, sourceOfPath(from.path)),
    path: from.path,
    onWarning,
  };
  return follow ? createFollowSource(options, clock) : createFileSource(options, clock);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new RangeError(`'${text}' is no port: write a number from 1 to 65535, or 0 for a free one`);
  return port;
}

/** Runs a parser of ours as commander wants it: wrong words are wrong usage. */
function argument<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  };
}
