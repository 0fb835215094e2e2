// A web shop that writes logs: simulated second by second, handed out in time order up to any moment asked for.
// Pure: the same options give the same records however it is advanced, stopped and restored.

import type { Labels } from '../labels.js';
import { createAnomalyPlan, type Anomaly } from './anomaly-plan.js';
import { simulateArrivals } from './arrivals.js';
import { createPeriodicClock, writeBenign, writeJobs } from './background.js';
import { createBenignPlan } from './benign-plan.js';
import { seedWords } from './chance.js';
import { compileSystem } from './compile-system.js';
import { createEffect } from './create-effect.js';
import type { Effect } from './effect.js';
import { jobRunsBetween } from './jobs.js';
import { createLabelBook, type LabelBookState } from './label-book.js';
import { createNoise } from './load.js';
import { resolveOptions, type GeneratorOptions } from './options.js';
import { createEffectContext } from './rates.js';
import { createLineSink, type GeneratedRecord, type PendingRecord, type Scene } from './scene.js';
import { SHOP } from './system.js';

export interface LogGenerator {
  /** Hands out, in time order, all records before `untilMs` that were not handed out yet. Going back does nothing. */
  advance(untilMs: number, emit: (record: GeneratedRecord) => void): void;
  /** Everything before this moment has been handed out. */
  reachedMs(): number;
  emittedRecords(): number;
  /** Whether the count or the end of the span is reached; never for a live source. */
  isDone(): boolean;
  /** Truth about all that was handed out so far; the last labels may still be under way. */
  labelsSoFar(): Labels;
  /** Plain JSON; give it to `createGenerator` to go on. */
  snapshot(): GeneratorState;
}

export interface GeneratorState {
  readonly version: 1;
  readonly reachedMs: number;
  readonly emittedRecords: number;
  /** Ticks simulated so far, counted from the start. */
  readonly ticks: number;
  /** Records of the last tick that were not handed out yet, then those of later ticks. */
  readonly current: readonly PendingRecord[];
  readonly later: readonly (readonly [tick: number, records: readonly PendingRecord[]])[];
  readonly deploys: readonly number[];
  /** Those that records on their way may be due to. */
  readonly anomalies: readonly Anomaly[];
  readonly labels: LabelBookState;
}

/** One step of the simulation. */
const TICK_MS = 1000;
/** A request begun now may still be at work so much later: effects are looked up so far ahead. */
const HORIZON_MS = 120_000;
/** The slowest request is over so long after the anomaly that slowed it. */
const FORGET_MS = 3_600_000;
/** Ordinary bad luck: share of visits that fail in health, before its ups and downs. */
const TROUBLE_SHARE = 0.0025;
const TROUBLE_EVERY_TICKS = 10;

/**
 * @param restored what `snapshot()` gave, under the same options; only those about anomalies may differ (a source that
 *   goes live): `planned`, `anomaliesPerHour`, `anomaliesFromMs`, `kinds`
 * @throws RangeError on options that cannot be met
 */
export function createGenerator(options: GeneratorOptions = {}, restored?: GeneratorState): LogGenerator {
  const resolved = resolveOptions(options);
  const { startMs } = resolved;
  const end = resolved.endsByTime ? resolved.plannedEndMs : Infinity;
  const seed = seedWords(resolved.seed);
  const system = compileSystem(SHOP);
  const context = createEffectContext(resolved, seed, system);
  const plan = createAnomalyPlan(resolved, seed, system);
  const benignPlan = createBenignPlan(system, seed, startMs);
  const periodicClock = createPeriodicClock(system, seed);
  const noise = createNoise(seed);
  const effects = new Map<string, Effect>(
    restored?.anomalies.map((anomaly) => [anomaly.id, createEffect(anomaly, context)]),
  );
  const labelBook = createLabelBook((id) => describeAnomaly(id), restored?.labels);

  let { reachedMs, emittedRecords, ticks } = restored ?? { reachedMs: startMs, emittedRecords: 0, ticks: 0 };
  let current: readonly PendingRecord[] = restored?.current ?? [];
  let position = 0;
  let troubleDrawnFor = -1;
  const later = new Map(restored?.later.map(([tick, records]) => [tick, [...records]]));
  const scene: Scene = {
    system,
    seed,
    effects: [],
    deploys: [...(restored?.deploys ?? system.services.map(() => 0))],
    trouble: system.services.map(() => 0),
    put: (record) => {
      const tick = Math.floor((record.tsMs - startMs) / TICK_MS);
      const bucket = later.get(tick);
      if (bucket === undefined) later.set(tick, [record]);
      else bucket.push(record);
    },
  };

  function simulateTick(): void {
    const fromMs = startMs + ticks * TICK_MS;
    const toMs = fromMs + TICK_MS;
    scene.effects = plan.between(fromMs, toMs + HORIZON_MS).map(effectOf);
    drawTrouble(Math.floor(ticks / TROUBLE_EVERY_TICKS));
    const benign = benignPlan.between(fromMs, toMs);
    for (const item of benign) {
      if (item.startMs < fromMs) continue;
      if (item.kind === 'deploy') scene.deploys[item.service]!++;
      labelBook.noteBenign(item.kind, item, [system.services[item.service]!.name]);
    }
    for (const { job, startMs } of jobRunsBetween(system, seed, fromMs, toMs))
      if (job.schedule === 'nightly' && startMs >= fromMs)
        labelBook.noteBenign('nightly-job', { startMs, endMs: startMs + job.durationMs }, [
          system.services[job.service]!.name,
        ]);

    const sink = createLineSink(scene, '');
    simulateArrivals(scene, context, ticks, fromMs, noise.load(fromMs), benign);
    periodicClock.write(fromMs, toMs, sink);
    writeJobs(scene, fromMs, toMs, sink);
    writeBenign(scene, benign, fromMs, toMs, sink);
    for (const { anomaly, extraLines } of scene.effects)
      extraLines?.(fromMs, toMs, createLineSink(scene, anomaly.id));

    current = (later.get(ticks) ?? []).sort((a, b) => a.tsMs - b.tsMs);
    later.delete(ticks);
    position = 0;
    ticks++;
  }

  function effectOf(anomaly: Anomaly): Effect {
    let effect = effects.get(anomaly.id);
    if (effect === undefined) {
      // a live source meets new ones for ever: what is long over can go
      for (const [id, old] of effects) if (old.anomaly.endMs + FORGET_MS < reachedMs) effects.delete(id);
      effect = createEffect(anomaly, context);
      effects.set(anomaly.id, effect);
    }
    return effect;
  }

  function describeAnomaly(id: string) {
    const { kind, startMs, endMs: plannedEndMs, strength, root } = effects.get(id)!.anomaly;
    return { kind, startMs, plannedEndMs, strength, rootService: system.services[root]!.name };
  }

  function drawTrouble(block: number): void {
    if (block === troubleDrawnFor) return;
    troubleDrawnFor = block;
    const atMs = startMs + block * TROUBLE_EVERY_TICKS * TICK_MS;
    for (const { index } of system.services)
      scene.trouble[index] = Math.min(0.5, TROUBLE_SHARE * noise.trouble(atMs, index));
  }

  const isDone = (): boolean => emittedRecords >= resolved.records || reachedMs >= end;
  return {
    advance: (untilMs, emit) => {
      const stopMs = Math.min(untilMs, end);
      while (reachedMs < stopMs && emittedRecords < resolved.records) {
        for (; position < current.length && emittedRecords < resolved.records; position++) {
          const record = current[position]!;
          if (record.tsMs >= stopMs) break;
          if (record.cause !== '') labelBook.touch(record.cause, record.service, record.tsMs);
          reachedMs = record.tsMs;
          if (record.hidden) continue;
          emittedRecords++;
          emit(record);
        }
        if (emittedRecords >= resolved.records) {
          reachedMs++;
          return;
        }
        const simulatedMs = startMs + ticks * TICK_MS;
        if (position < current.length || simulatedMs >= stopMs) reachedMs = stopMs;
        else {
          reachedMs = simulatedMs;
          simulateTick();
        }
      }
    },
    reachedMs: () => reachedMs,
    emittedRecords: () => emittedRecords,
    isDone,
    labelsSoFar: () => labelBook.labels(startMs, reachedMs),
    snapshot: () => ({
      version: 1,
      reachedMs,
      emittedRecords,
      ticks,
      current: current.slice(position),
      later: [...later.entries()].map(([tick, records]) => [tick, [...records]]),
      deploys: [...scene.deploys],
      anomalies: [...effects.values()].map(({ anomaly }) => anomaly),
      labels: labelBook.snapshot(),
    }),
  };
}
