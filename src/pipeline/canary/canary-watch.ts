// The judge at work: looks into the store for what became of each canary, keeps its state there, and lets a missed one go
// the way of every alert. A store that is away holds up nothing but the judging.
import type { Artifact } from '../../core/artifact.js';
import { canaryAnomalies } from '../../core/canary/canary-plan.js';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import { createOutbox, type Outbox } from '../alerts/outbox.js';
import { createCounter } from '../consume/counts.js';
import type { DashboardReader } from '../dashboard/reader.js';
import { createTelemetry } from '../latency/telemetry.js';
import { STOP_WITHIN_MS, within } from '../partitions/within.js';
import { type AlertSink, type Clock, FencedError, type ResultStore, type StreamOwner } from '../ports.js';
import type { Courier, CourierStream } from '../sinks/courier.js';
import { type CanaryFigures, createCanaryTally } from './canary-figures.js';
import {
  beginJudging,
  type CanaryState,
  isJudgedElsewhere,
  judgeCanaries,
  type Settled,
  unsettled,
  type Verdict,
} from './canary-judge.js';
import { type CanaryAlert, deadlineOf, labelOf } from './canary-outcome.js';
import { CANARY_STREAM } from './canary-stream.js';
import { readPastCanaries } from './past-canaries.js';

export interface CanaryWatchOptions {
  readonly artifact: Omit<Artifact, 'probe'>;
  readonly everyMs: number;
  readonly store: ResultStore;
  readonly reader: Pick<DashboardReader, 'alerts' | 'eventsOf' | 'addLabels' | 'swimlane'>;
  readonly sinks: readonly AlertSink[];
  readonly courier?: Pick<Courier, 'attach'> | undefined;
  readonly clock: Clock;
  /** Since when a store may hold canaries that nobody judged, ms; default: since now. */
  readonly fromMs?: number | undefined;
  readonly onSettled?: (settled: Settled) => void;
  readonly onWarning: (sentence: string) => void;
}

export interface CanaryWatch {
  figures(): CanaryFigures;
  /** Leaves the judging to whoever comes next. */
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 2000;
const BEAT_EVERY_MS = 10_000;
/** What happened before it began is looked for while the stream may still be catching up. */
const LOOK_BACK_FOR_MS = 120_000;

interface Bench {
  readonly owner: StreamOwner;
  readonly outbox: Outbox;
  readonly courier: CourierStream | undefined;
  state: CanaryState;
}

export function watchCanary(options: CanaryWatchOptions): CanaryWatch {
  const { artifact, everyMs, store, reader, clock, onWarning } = options;
  const { name, version, spec } = artifact;
  const key = { streamId: CANARY_STREAM, artifact: { name, version } };
  const beganMs = clock.nowMs();
  const stopping = new AbortController();
  const tally = createCanaryTally();
  const labelled = new Set<string>();
  let bench: Bench | undefined;
  let told: string | undefined;

  const sitDown = async (): Promise<Bench | undefined> => {
    const positions = await store.streamPositions(key.artifact);
    const known = positions.find(({ streamId }) => streamId === CANARY_STREAM)?.position;
    if (isJudgedElsewhere(known as CanaryState | undefined, clock.nowMs())) return undefined;
    const owner = await store.takeOver(
      key,
      spec.features.map((feature) => feature.name),
    );
    const state = beginJudging(owner.state.position as CanaryState | undefined, clock.nowMs());
    const taken: Bench = {
      owner,
      outbox: createOutbox(owner, options.sinks, clock, createTelemetry(), onWarning),
      courier: options.courier?.attach({ key, box: owner, isLive: () => true }),
      state,
    };
    await keep(taken, { state, settled: [], events: [] });
    return taken;
  };

  const keep = async (at: Bench, { state, events, settled }: Verdict): Promise<void> => {
    const commitTimeMs = clock.nowMs();
    await at.owner.commit({
      position: state,
      counts: createCounter().counts(0),
      sources: [],
      windows: [],
      alerts: events,
      deliveries: at.courier?.deliveriesOf(events, commitTimeMs),
      deadLetters: [],
      commitTimeMs,
    });
    at.state = state;
    tally.add(settled);
    for (const each of settled) options.onSettled?.(each);
    if (events.length === 0) return;
    at.outbox.note({ alerts: events, alertRows: new Map(), commitTimeMs }, clock.nowMs());
    at.courier?.wake();
  };

  const label = async (anomalies: ReturnType<typeof unsettled>): Promise<void> => {
    const fresh = anomalies.filter(({ id }) => !labelled.has(id));
    if (fresh.length === 0) return;
    await reader.addLabels(fresh.map(labelOf));
    for (const { id } of fresh) labelled.add(id);
  };

  const look = async (): Promise<void> => {
    bench ??= await sitDown();
    if (bench === undefined) return;
    const nowMs = clock.nowMs();
    if (nowMs - beganMs < LOOK_BACK_FOR_MS) await lookBack(nowMs);
    const waiting = unsettled(bench.state, everyMs, nowMs);
    await label(waiting);
    const alerts = waiting.length === 0 ? [] : await alertsSince(waiting[0]!.startMs);
    const verdict = judgeCanaries(bench.state, artifact, everyMs, alerts, nowMs);
    const isBeatDue = nowMs - bench.state.beatMs >= BEAT_EVERY_MS;
    if (verdict.settled.length > 0 || isBeatDue) await keep(bench, verdict);
    await bench.outbox.deliver(beganMs);
  };

  /** Canaries that nobody waited for belong to the figures where their lines came. */
  const lookBack = async (nowMs: number): Promise<void> => {
    const past = canaryAnomalies(everyMs, options.fromMs ?? bench!.state.settledMs, beganMs).filter(
      (anomaly) => anomaly.startMs <= bench!.state.settledMs && deadlineOf(anomaly, artifact) < nowMs,
    );
    await label(await readPastCanaries(reader, key.artifact, past));
  };

  const alertsSince = async (sinceMs: number): Promise<readonly CanaryAlert[]> => {
    const range = { fromMs: sinceMs, toMs: clock.nowMs() + spec.window.windowMs };
    const opened: CanaryAlert[] = [];
    for (const { alert } of await reader.alerts({ ...range, source: CANARY_SOURCE }))
      for (const { event, commitTimeMs } of await reader.eventsOf(alert.alertId))
        if (event.type === 'opened') opened.push({ event, commitTimeMs });
    return opened;
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await look();
        told = undefined;
      } catch (error) {
        const { message } = error as Error;
        // another process goes on with it
        if (error instanceof FencedError) bench = undefined;
        else if (told !== message) onWarning(`the canary cannot be judged just now: ${message}`);
        told = message;
      }
      await clock.sleep(LOOK_EVERY_MS, stopping.signal);
    }
  };
  const running = run();

  const leave = async (): Promise<void> => {
    await running;
    if (bench === undefined) return;
    await look();
    if (bench === undefined) return;
    const state = { ...bench.state, beatMs: clock.nowMs(), hasLeft: true };
    await keep(bench, { state, settled: [], events: [] });
    await bench.courier?.release();
  };

  return {
    figures: () => tally.figures(),
    stop: async () => {
      stopping.abort();
      await within(STOP_WITHIN_MS, clock, leave());
    },
  };
}
