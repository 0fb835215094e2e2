// What an anomaly may do to the simulation: a handful of optional hooks, asked wherever they could matter.
// Every decision of an effect is drawn from a stream of its own, so that all it does not touch stays as it would have been.

import type { Random, RandomState } from '../../core/random.js';
import type { Anomaly } from './anomaly-plan.js';
import { deriveRandom, STREAM } from './chance.js';
import type { LineTemplate, System } from './compile-system.js';
import type { Level } from './system-spec.js';

export interface Effect {
  readonly anomaly: Anomaly;
  /** Share of a service's visits that fail at a moment. */
  readonly failShare?: (service: number, timeMs: number) => number;
  /** Factor on every time a service takes; 1 = as usual. */
  readonly slowdown?: (service: number) => number;
  /** Whether a caller copes in silence when something it calls fails because of this. */
  readonly isAbsorbedBy?: (caller: number, timeMs: number) => boolean;
  /** Whether a line is not written; `roll` draws from [0, 1). */
  readonly hides?: (line: LineTemplate, roll: () => number) => boolean;
  /** Requests on top, a second, all of the usual kinds. */
  readonly extraRequestsPerSecond?: (timeMs: number) => number;
  /** Lines on top in `[fromMs, toMs)`. */
  readonly extraLines?: (fromMs: number, toMs: number, sink: LineSink) => void;
}

/** Where extra lines go; both take any moment, not before the slice they are written in. */
export interface LineSink {
  line(template: LineTemplate, timeMs: number, random: Random, about?: LineSubject): void;
  text(service: number, level: Level, message: string, timeMs: number): void;
}

/** What a line outside of requests speaks of, where that is not left to chance. */
export interface LineSubject {
  /** Another service. Default: one that the writer calls. */
  readonly peer?: string;
  /** 32 bits that stand for whom or which run: lines of one job name one batch. */
  readonly identity?: number;
  /** How much of the work is done, 0 to 1. */
  readonly progress?: number;
}

/** What effects need to know of the system to be neither drowned out nor absurd. */
export interface EffectContext {
  readonly system: System;
  readonly seed: RandomState;
  /** Requests a second at a load of 1. */
  readonly requestsPerSecond: number;
  /** Records a second by service, at a load of 1. */
  readonly recordsPerSecond: readonly number[];
}

/** Rate of lines on top that is a share of what the service usually writes; a quiet service counts as 0.3 a second. */
export function extraRate(context: EffectContext, service: number, share: number): number {
  return share * Math.max(0.3, context.recordsPerSecond[service]!);
}

/**
 * Calls `write` at random moments of `[fromMs, toMs)` that lie within `[startMs, endMs)`.
 * The first moment is within three seconds of the start for certain: what is never seen is no anomaly.
 */
export function pour(
  context: EffectContext,
  anomaly: Anomaly,
  span: { readonly fromMs: number; readonly toMs: number; readonly startMs?: number },
  ratePerSecond: number,
  write: (timeMs: number, random: Random) => void,
): void {
  const { startMs = anomaly.startMs, fromMs, toMs } = span;
  const firstMs = startMs + 3000 * deriveRandom(context.seed, STREAM.effect, anomaly.draw, 0).next();
  const lowMs = Math.max(startMs, fromMs);
  const highMs = Math.min(anomaly.endMs, toMs);
  if (highMs <= lowMs) return;
  const random = deriveRandom(context.seed, STREAM.effect, anomaly.draw, Math.floor(fromMs / 1000));
  if (firstMs >= lowMs && firstMs < highMs) write(firstMs, random);
  const count = random.poisson((ratePerSecond * (highMs - lowMs)) / 1000);
  for (let i = 0; i < count; i++) write(lowMs + random.next() * (highMs - lowMs), random);
}

/** The k-th of the items with a probability in proportion to 1/k (Zipf, exponent 1). */
export function pickZipf<T>(items: readonly T[], random: Random): T {
  const weights = zipfSteps(items.length);
  const roll = random.next();
  let k = 0;
  while (k < items.length - 1 && roll >= weights[k]!) k++;
  return items[k]!;
}

const stepsByLength = new Map<number, readonly number[]>();

function zipfSteps(length: number): readonly number[] {
  const known = stepsByLength.get(length);
  if (known !== undefined) return known;
  let sum = 0;
  const sums = Array.from({ length }, (_, k) => (sum += 1 / (k + 1)));
  const steps = sums.map((partial) => partial / sum);
  stepsByLength.set(length, steps);
  return steps;
}
