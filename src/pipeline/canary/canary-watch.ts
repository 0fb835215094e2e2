// The judge at work: looks into the store for what became of each canary, keeps its state there, and lets a missed one go
// the way of every alert. A store that is away holds up nothing but the judging.
import type { Artifact } from '../../core/artifact.js';
import { canaryAnomalies } from '../../core/canary/canary-plan.js';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import type { DashboardReader } from '../dashboard/reader.js';
import { STOP_WITHIN_MS, within } from '../partitions/within.js';
import { FencedError } from '../ports.js';
import { type BenchOptions, type CanaryBench, lookAtBench, takeBench } from './canary-bench.js';
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
import { closeFormer } from './close-former.js';
import { readPastCanaries } from './past-canaries.js';

export interface CanaryWatchOptions extends BenchOptions {
  readonly artifact: Omit<Artifact, 'probe'>;
  readonly everyMs: number;
  readonly reader: Pick<DashboardReader, 'alerts' | 'eventsOf' | 'addLabels' | 'swimlane'>;
  /** Since when a store may hold canaries that nobody judged, ms; default: since now. */
  readonly fromMs?: number | undefined;
  readonly onSettled?: (settled: Settled) => void;
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

export function watchCanary(options: CanaryWatchOptions): CanaryWatch {
  const { artifact, everyMs, store, reader, clock, onWarning } = options;
  const { name, version, spec } = artifact;
  const key = { name, version };
  const beganMs = clock.nowMs();
  const stopping = new AbortController();
  const tally = createCanaryTally();
  const labelled = new Set<string>();
  let bench: CanaryBench | undefined;
  let state: CanaryState;
  /** Of former models: something may still be sent from there. */
  let former: readonly CanaryBench[] = [];
  let told: string | undefined;

  const sitDown = async (): Promise<CanaryBench | undefined> => {
    if (isJudgedElsewhere(await lookAtBench(store, key), clock.nowMs())) return undefined;
    const features = spec.features.map((feature) => feature.name);
    const taken = await takeBench(key, features, options);
    state = beginJudging(taken.found, clock.nowMs());
    await taken.keep({ state, events: [] });
    former = [...former, ...(await closeFormer(artifact, options))];
    return taken;
  };

  const keep = async (at: CanaryBench, verdict: Verdict): Promise<void> => {
    await at.keep(verdict);
    state = verdict.state;
    tally.add(verdict.settled);
    for (const each of verdict.settled) options.onSettled?.(each);
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
    const waiting = unsettled(state, everyMs, nowMs);
    await label(waiting);
    const alerts = waiting.length === 0 ? [] : await alertsSince(waiting[0]!.startMs);
    const verdict = judgeCanaries(state, artifact, everyMs, alerts, nowMs);
    const isBeatDue = nowMs - state.beatMs >= BEAT_EVERY_MS;
    if (verdict.settled.length > 0 || isBeatDue) await keep(bench, verdict);
    for (const each of [...former, bench]) await each.deliver(beganMs);
  };

  /** Canaries that nobody waited for belong to the figures where their lines came. */
  const lookBack = async (nowMs: number): Promise<void> => {
    const past = canaryAnomalies(everyMs, options.fromMs ?? state.settledMs, beganMs).filter(
      (anomaly) => anomaly.startMs <= state.settledMs && deadlineOf(anomaly, artifact) < nowMs,
    );
    await label(await readPastCanaries(reader, key, past));
  };

  const alertsSince = async (sinceMs: number): Promise<readonly CanaryAlert[]> => {
    const range = { fromMs: sinceMs, toMs: clock.nowMs() + spec.window.windowMs };
    const told: CanaryAlert[] = [];
    for (const { alert } of await reader.alerts({ ...range, source: CANARY_SOURCE }))
      for (const { event, commitTimeMs } of await reader.eventsOf(alert.alertId))
        // one that fired already and became worse was told as well
        if (event.type !== 'resolved') told.push({ event, commitTimeMs });
    return told;
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
    await bench.keep({ state: { ...state, beatMs: clock.nowMs(), hasLeft: true }, events: [] });
    for (const each of [...former, bench]) await each.release();
  };

  return {
    figures: () => tally.figures(),
    stop: async () => {
      stopping.abort();
      await within(STOP_WITHIN_MS, clock, leave());
    },
  };
}
