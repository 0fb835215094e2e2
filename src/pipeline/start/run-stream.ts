// What every `start` does with its stream: score it into the store, say how it goes, judge it where the truth is known.
import type { Artifact } from '../../core/artifact.js';
import { createCanarySource } from '../canary/canary-source.js';
import { checkCanary } from '../canary/canary-option.js';
import type { CanaryWatch } from '../canary/canary-watch.js';
import { openCanary } from '../canary/open-canary.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import type { Judgement } from '../alerts/judge-alerts.js';
import { openTerminal, type Terminal } from '../alerts/open-terminal.js';
import { consume } from '../consume/consume.js';
import type { Dashboard } from '../dashboard/serve-dashboard.js';
import type { StoredLabel } from '../dashboard/reader.js';
import type { Heartbeats } from '../health/heartbeat.js';
import { openHeartbeats } from '../health/open-heartbeats.js';
import { observeCommits, teeObserver } from '../health/tee.js';
import { tellAhead } from '../health/tell-ahead.js';
import { keepLabels, type LabelKeeper } from '../labels/keep-labels.js';
import { decodeModel, encodeModel } from '../lanes/model-text.js';
import { nameOfArtifact } from '../lanes/promotion.js';
import { createTelemetry } from '../latency/telemetry.js';
import type { RecordSource, ResultStore } from '../ports.js';
import { createRetention } from '../retention/retention.js';
import type { Courier } from '../sinks/courier.js';
import { openCourier } from '../sinks/open-courier.js';
import { readPrepared } from './read-prepared.js';
import { showDashboard } from './show-dashboard.js';
import { describeCounts } from '../consume/describe-counts.js';
import { describeEnd, describeLive, type Prepared, startSummary, timeOfDay } from './start-report.js';
import type { StartRun } from './start-run.js';

const HEARTBEAT_MS = 60_000;
const CATCH_UP_WITHIN_MS = 60_000;

export interface StreamHooks {
  /** Where the stream began in its first run, ms; default: now. */
  readonly fromMs?: number;
  onLive(): void;
  onCommit(): void;
  /** What was injected so far; undefined where nobody knows the truth. */
  labels?(): readonly StoredLabel[];
  /** Undefined where nobody knows the truth. */
  judge(store: ResultStore, artifact: Artifact): Promise<Judgement | undefined>;
}

export async function runStream(
  prepared: Prepared,
  source: RecordSource,
  run: StartRun,
  hooks: StreamHooks,
): Promise<void> {
  const { flags, alerting, deps, clock, paint, print } = run;
  const artifact = readPrepared(prepared, deps);
  if (flags.canary !== undefined) checkCanary(artifact, flags.canary);
  const retention = flags.keep === 'all' ? undefined : createRetention(flags.keep, clock, print);
  const store = createSqliteStore(prepared.storePath);
  const beganMs = Math.floor(clock.nowMs());
  const timer = new AbortController();
  let stopTimer: NodeJS.Timeout | undefined;
  let heartbeatAtMs = Infinity;
  const stopLater = (extraMs: number): void => {
    clearTimeout(stopTimer);
    if (flags.for !== undefined) stopTimer = setTimeout(() => timer.abort(), flags.for + extraMs);
  };
  let dashboard: Dashboard | undefined;
  let courier: Courier | undefined;
  let terminal: Terminal | undefined;
  let heartbeats: Heartbeats | undefined;
  let labels: LabelKeeper | undefined;
  let canary: Promise<CanaryWatch | undefined> | undefined;
  let isEnded = false;
  try {
    // what its features mean, and what it alerts at, is shown beside its results
    await store.keepModel(artifact, encodeModel(artifact));
    dashboard = await showDashboard(prepared.storePath, run);
    if (alerting !== undefined) {
      const { message } = alerting;
      courier = await openCourier({
        settings: {
          ...alerting,
          message: { ...message, dashboardUrl: message.dashboardUrl ?? dashboard?.url },
        },
        store: { kind: 'sqlite', path: prepared.storePath },
        clock,
        onWarning: print,
      });
    }
    print(
      paint(
        'dim',
        prepared.isNew
          ? '  scoring what came since'
          : `  going on where the last run stopped, begun with ${nameOfArtifact(artifact)}`,
      ),
    );
    heartbeats = await openHeartbeats(
      { kind: 'sqlite', path: prepared.storePath },
      { artifact, clock, onWarning: print },
    );
    if (hooks.labels !== undefined)
      labels = await keepLabels({ kind: 'sqlite', path: prepared.storePath }, () => hooks.labels!(), {
        clock,
        onWarning: print,
      });
    terminal = await openTerminal({
      store,
      address: { kind: 'sqlite', path: prepared.storePath },
      artifact,
      streamId: source.streamId,
      clock,
      stopping: run.signal,
      paint,
      dashboardUrl: alerting?.message.dashboardUrl ?? dashboard?.url,
      write: (text) => print(text.trimEnd()),
    });
    const sinks = [terminal.sink];
    const life =
      flags.canary === undefined ? undefined : { everyMs: flags.canary, fromMs: hooks.fromMs ?? beganMs };
    const summary = await consume({
      artifact,
      source: createCanarySource(source, life, clock),
      hasCanary: life !== undefined,
      decodeModel,
      store,
      sinks,
      courier,
      retention,
      clock,
      signal: AbortSignal.any([run.signal, timer.signal]),
      ticks: true,
      telemetry: heartbeats?.listenTo(createTelemetry()),
      observer: teeObserver([
        ...(heartbeats === undefined ? [] : [heartbeats.observer]),
        observeCommits(tellAhead(clock, artifact.spec.window, print)),
      ]),
      hooks: {
        onWarning: print,
        onTakeOver: () => {
          // a log of one's own may be away, and never be caught up with
          if (flags.file !== undefined) stopLater(CATCH_UP_WITHIN_MS);
        },
        onCaughtUp: (counts) => {
          print(describeLive(counts, paint));
          stopLater(0);
          heartbeatAtMs = clock.nowMs() + HEARTBEAT_MS;
          hooks.onLive();
          if (life === undefined) return;
          canary = openCanary(
            { kind: 'sqlite', path: prepared.storePath },
            {
              ...life,
              artifact,
              store,
              sinks,
              courier,
              clock,
              onWarning: print,
              say: (text) => print(paint('dim', `○ ${text}`)),
            },
          ).catch((error: Error) => {
            print(`nobody judges the canary: ${error.message}`);
            return undefined;
          });
        },
        onCommit: (counts) => {
          hooks.onCommit();
          labels?.offer();
          if (clock.nowMs() < heartbeatAtMs) return;
          heartbeatAtMs = clock.nowMs() + HEARTBEAT_MS;
          print(paint('dim', `· ${timeOfDay(clock.nowMs())} ${describeCounts(counts)}`));
        },
      },
    });
    isEnded = true;
    const judgement = await hooks.judge(store, artifact);
    print(describeEnd(summary, judgement, prepared, paint));
    if (flags.json) process.stdout.write(`${JSON.stringify(startSummary(summary, judgement, prepared))}\n`);
  } finally {
    clearTimeout(stopTimer);
    await (await canary)?.stop();
    await courier?.stop();
    await terminal?.close();
    await labels?.stop();
    await heartbeats?.stop(isEnded);
    await dashboard?.close();
    retention?.stop();
    await store.close();
  }
}
