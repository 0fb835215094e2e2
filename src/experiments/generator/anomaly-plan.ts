// When what goes wrong: the time after the clean part is cut into equal slots, one anomaly each, in rounds in which every
// kind comes once. A function of options and seed alone, so that any slot can be looked up without the ones before it.

import type { Random, RandomState } from '../../core/random.js';
import { kindInfo, type AnomalyKind } from './anomaly-kinds.js';
import { deriveRandom, STREAM } from './chance.js';
import type { System } from './compile-system.js';
import type { PlannedAnomaly, ResolvedOptions } from './options.js';

export interface Anomaly {
  /** Kind and start: unique, and the same however the simulation is cut up. */
  readonly id: string;
  readonly kind: AnomalyKind;
  readonly startMs: number;
  /** Half open, planned: what it began may run on for some seconds. */
  readonly endMs: number;
  /** 0 (barely visible) to 1 (obvious). */
  readonly strength: number;
  /** Index of the service where it begins. */
  readonly root: number;
  /** Names its own stream of chance. */
  readonly draw: number;
}

export interface AnomalyPlan {
  /** Every anomaly that touches `[fromMs, toMs)`, by start. */
  between(fromMs: number, toMs: number): readonly Anomaly[];
}

const HOUR_MS = 3_600_000;
/** Streams of planned anomalies begin here, far above any slot number. */
const PLANNED_DRAWS = 2 ** 31;

/** @throws RangeError when a planned anomaly names an unknown service or one that does not suit its kind */
export function createAnomalyPlan(options: ResolvedOptions, seed: RandomState, system: System): AnomalyPlan {
  const planned = options.planned.map((item, i) => fromPlanned(item, i, seed, system));
  const slotMs = options.anomaliesPerHour > 0 ? HOUR_MS / options.anomaliesPerHour : Infinity;
  const memo = new Map<number, Anomaly | undefined>();

  const inSlot = (slot: number): Anomaly | undefined => {
    if (!memo.has(slot)) {
      // a live source looks up new slots for ever: keep the few around now
      if (memo.size > 64) memo.clear();
      memo.set(slot, drawAnomaly(slot, slotMs, options, seed, system));
    }
    return memo.get(slot);
  };

  return {
    between: (fromMs, toMs) => {
      const found = planned.filter((anomaly) => anomaly.startMs < toMs && anomaly.endMs > fromMs);
      if (slotMs < Infinity && toMs > options.anomaliesFromMs) {
        const first = Math.max(0, Math.floor((fromMs - options.anomaliesFromMs) / slotMs));
        const last = Math.floor((toMs - options.anomaliesFromMs) / slotMs);
        for (let slot = first; slot <= last; slot++) {
          const anomaly = inSlot(slot);
          if (anomaly && anomaly.startMs < toMs && anomaly.endMs > fromMs) found.push(anomaly);
        }
      }
      return found.sort((a, b) => a.startMs - b.startMs);
    },
  };
}

/** Indexes of the services where a kind can begin. */
export function rootsFor(kind: AnomalyKind, system: System): number[] {
  const { services } = system;
  const all = services.map((service) => service.index);
  if (kind === 'traffic-surge' || kind === 'off-hours-load') return [system.entries[0]!.operation.service];
  if (kind === 'misplaced-job')
    return [...new Set(system.jobs.filter((job) => job.schedule === 'nightly').map((job) => job.service))];
  if (kind === 'cascade') return all.filter((i) => services[i]!.callers.length > 0);
  if (kind === 'new-exception') return all.filter((i) => services[i]!.runtime !== 'native');
  if (kind === 'latency')
    return all.filter((i) =>
      services[i]!.operations.some((operation) => operation.done.some((line) => line.timed)),
    );
  return all;
}

function drawAnomaly(
  slot: number,
  slotMs: number,
  options: ResolvedOptions,
  seed: RandomState,
  system: System,
): Anomaly | undefined {
  const slotsInRound = options.kinds.length;
  if (slotsInRound === 0) return undefined;
  const round = Math.floor(slot / slotsInRound);
  const place = slot - round * slotsInRound;
  const roundRandom = deriveRandom(seed, STREAM.anomaly, round, 1);
  const kind = kindsOfRound(round, slotMs, options, roundRandom)[place];
  if (kind === undefined) return undefined;

  const random = deriveRandom(seed, STREAM.anomaly, slot, 2);
  // strata: a round holds weak and strong ones in equal measure, in an order of its own
  const stratum = shuffle([...options.kinds.keys()], roundRandom)[place]!;
  const strength = round2(0.03 + 0.97 * ((stratum + random.next()) / slotsInRound));
  const durationMs = Math.min(0.7 * slotMs, drawDurationMs(kind, strength, random));
  const slotStartMs = options.anomaliesFromMs + slot * slotMs;
  const startMs = Math.round(slotStartMs + 0.08 * slotMs + random.next() * (0.84 * slotMs - durationMs));
  const endMs = Math.round(startMs + durationMs);
  if (endMs > options.plannedEndMs) return undefined;
  const roots = rootsFor(kind, system);
  return {
    id: anomalyId(kind, startMs),
    kind,
    startMs,
    endMs,
    strength,
    root: roots[random.below(roots.length)]!,
    draw: slot,
  };
}

/** One kind a slot; kinds that are only out of place at certain hours get a slot at such an hour, or none. */
function kindsOfRound(
  round: number,
  slotMs: number,
  options: ResolvedOptions,
  random: Random,
): (AnomalyKind | undefined)[] {
  const size = options.kinds.length;
  const slots: (AnomalyKind | undefined)[] = Array.from({ length: size });
  const kinds = shuffle(options.kinds, random);
  for (const kind of kinds.filter((kind) => kindInfo(kind).hours !== undefined)) {
    const fitting = [...slots.keys()].filter((place) => {
      const middleMs = options.anomaliesFromMs + (round * size + place + 0.5) * slotMs;
      return slots[place] === undefined && isWithinHours(middleMs, kindInfo(kind).hours!);
    });
    if (fitting.length > 0) slots[fitting[random.below(fitting.length)]!] = kind;
  }
  const anyHour = kinds.filter((kind) => kindInfo(kind).hours === undefined);
  let next = 0;
  return slots.map((kind) => kind ?? anyHour[next++ % anyHour.length]);
}

function fromPlanned(item: PlannedAnomaly, i: number, seed: RandomState, system: System): Anomaly {
  const random = deriveRandom(seed, STREAM.anomaly, i, 3);
  const { kind, startMs, strength = 1 } = item;
  const roots = rootsFor(kind, system);
  const suiting = roots.map((root) => system.services[root]!.name);
  const asked = item.service === undefined ? random.below(roots.length) : suiting.indexOf(item.service);
  if (asked < 0)
    throw new RangeError(
      `planned ${kind}: wanted one of ${suiting.join(', ')} as its service, got ${item.service}`,
    );
  const durationMs = item.durationMs ?? drawDurationMs(kind, strength, random);
  const endMs = Math.round(startMs + durationMs);
  return {
    id: anomalyId(kind, startMs),
    kind,
    startMs,
    endMs,
    strength,
    root: roots[asked]!,
    draw: PLANNED_DRAWS + i,
  };
}

function drawDurationMs(kind: AnomalyKind, strength: number, random: Random): number {
  const { shortestMs, longestMs } = kindInfo(kind);
  const u = random.next();
  // a silence is no more silent for being strong: it is longer
  const share = kind === 'silence' ? strength : u;
  return shortestMs * (longestMs / shortestMs) ** share;
}

const anomalyId = (kind: AnomalyKind, startMs: number): string =>
  `${kind}-${new Date(startMs).toISOString()}`;
const round2 = (value: number): number => Math.round(value * 100) / 100;

function isWithinHours(timeMs: number, [from, to]: readonly [number, number]): boolean {
  const hour = (timeMs % (24 * HOUR_MS)) / HOUR_MS;
  return hour >= from && hour < to;
}

/** A copy in random order (Fisher and Yates). */
function shuffle<T>(items: readonly T[], random: Random): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}
