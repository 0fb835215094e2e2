// A run of `consume`: what it needs is opened, the stream is read to its end or until it is stopped, and all is closed again.
import type { Artifact } from '../../core/artifact.js';
import type { SyntheticFeed } from '../adapters/feed-source.js';
import type { ProcessLock } from '../adapters/process-lock.js';
import type { Injected } from '../alerts/judge-alerts.js';
import { openTerminal, type Terminal } from '../alerts/open-terminal.js';
import { createPaint } from '../alerts/show-alert.js';
import { checkCanary } from '../canary/canary-option.js';
import type { CanaryWatch } from '../canary/canary-watch.js';
import { openCanary } from '../canary/open-canary.js';
import { createWallClock } from '../clock.js';
import { consume, type ConsumeSummary } from '../consume/consume.js';
import { withoutApart } from '../consume/counts.js';
import { describeCounts, describeLines } from '../consume/describe-counts.js';
import { type ProgressTeller, tellProgress } from '../consume/tell-progress.js';
import type { Heartbeats } from '../health/heartbeat.js';
import { openHeartbeats } from '../health/open-heartbeats.js';
import { type Health, serveHealth } from '../health/serve-health.js';
import { observeCommits, teeObserver } from '../health/tee.js';
import { tellAhead } from '../health/tell-ahead.js';
import { showKafkaAddress } from '../kafka/kafka-address.js';
import { followLabels, type LabelFollower } from '../labels/follow-labels.js';
import { keepLabels, type LabelKeeper } from '../labels/keep-labels.js';
import { storedLabelOf } from '../labels/stored-label.js';
import { decodeModel, encodeModel } from '../lanes/model-text.js';
import { createTelemetry } from '../latency/telemetry.js';
import type { Json } from '../ports.js';
import { createRetention } from '../retention/retention.js';
import type { Courier } from '../sinks/courier.js';
import { openCourier } from '../sinks/open-courier.js';
import { holdStream } from '../store/hold-stream.js';
import { openStore } from '../store/open-store.js';
import { checkFlags, checkShadow, type ConsumeFlags, isLive } from './consume-flags.js';
import { consumeTopic } from './consume-topic.js';
import { exitSoon } from './exit-soon.js';
import { clientOptionsOf } from './kafka-options.js';
import { openSource } from './open-source.js';
import { alertSettingsOf } from './sink-options.js';
import { asUsage } from '../../shell/usage.js';

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

/** As shells have it for a command that was interrupted. */
const STOPPED_EXIT_CODE = 130;

export async function runConsume(flags: ConsumeFlags, deps: ConsumeDeps): Promise<void> {
  asUsage(() => checkFlags(flags));
  const alerting = asUsage(() => alertSettingsOf(flags, process.env));
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
  const { from, follow, untilEnd } = flags;
  let feed: LabelledFeed | undefined;
  const openFeed = (position: Json): SyntheticFeed => (feed = deps.openFeed(position));
  const source =
    from.kind === 'kafka'
      ? undefined
      : openSource({ from, follow, artifact, openFeed, clock, onWarning: warn });
  const store = await openStore(flags.store, { clock, create: true, onWarning: warn, stopping: signal });
  let health: Health | undefined;
  let courier: Courier | undefined;
  let terminal: Terminal | undefined;
  let heartbeats: Heartbeats | undefined;
  let labels: LabelKeeper | LabelFollower | undefined;
  let canary: CanaryWatch | undefined;
  let progress: ProgressTeller | undefined;
  let lock: ProcessLock | undefined;
  let isEnded = false;
  try {
    lock = source && holdStream(flags.store, source.streamId, artifact);
    if (flags.healthPort !== undefined) {
      health = await serveHealth(flags.healthPort, clock, signal);
      if (retention !== undefined) health.watchPruned(() => retention.totals());
      if (alerting !== undefined) health.watchSinks(() => store.sinkSummaries());
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
    terminal = await openTerminal({
      store,
      address: flags.store,
      artifact,
      streamId: source?.streamId,
      clock,
      stopping: signal,
      paint: createPaint(output.isTTY && output.hasColors()),
      dashboardUrl: alerting?.message.dashboardUrl,
      write: (text) => output.write(text),
    });
    const sinks = [terminal.sink];
    if (!flags.quiet) progress = tellProgress(clock, warn);
    const listeners = [health, heartbeats, progress].flatMap((each) => each?.observer ?? []);
    if (isLive(flags)) listeners.push(observeCommits(tellAhead(clock, artifact.spec.window, warn)));
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
                progress?.watchGroup(name, group);
              },
            },
            warn,
          )
        : await consume({
            ...job,
            source: source!,
            ticks: isLive(flags),
            hooks: { onWarning: warn, onCommit: () => keeper?.offer() },
          });
    isEnded = true;
    process.stderr.write(`${describeCounts(summary.counts)}; ${describeLines(summary.counts)}\n`);
    if (flags.json)
      process.stdout.write(
        `${JSON.stringify({ ...summaryOf(summary), ...(retention && { deleted: retention.totals() }) })}\n`,
      );
    // a live stream has no end of its own: to stop it is no failure
    if (interrupt.aborted && !isLive(flags)) process.exitCode = STOPPED_EXIT_CODE;
  } finally {
    clearTimeout(stopTimer);
    progress?.stop();
    await canary?.stop();
    await courier?.stop();
    await terminal?.close();
    await labels?.stop();
    await heartbeats?.stop(isEnded);
    await health?.close();
    retention?.stop();
    await store.close();
    lock?.release();
    exitSoon();
  }
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
