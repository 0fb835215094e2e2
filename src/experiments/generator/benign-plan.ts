// Unusual but harmless: deploys, bursts of readers and maintenance, one in each slot of time, all over the span.
// They are what a detector must not cry about, so the ground truth lists them too.

import type { RandomState } from '../../core/random.js';
import { deriveRandom, STREAM } from './chance.js';
import type { System } from './compile-system.js';

export interface BenignItem {
  readonly kind: 'deploy' | 'benign-burst' | 'maintenance';
  readonly startMs: number;
  readonly endMs: number;
  /** Index of the service; a burst is the business of the whole read path and names the entry. */
  readonly service: number;
  /** Number of its slot: names its own chance. */
  readonly slot: number;
}

const HOUR_MS = 3_600_000;

interface BenignKind {
  readonly stream: number;
  readonly slotMs: number;
  readonly shortestMs: number;
  readonly longestMs: number;
}

const KINDS: Readonly<Record<BenignItem['kind'], BenignKind>> = {
  deploy: { stream: STREAM.deploy, slotMs: 5 * HOUR_MS, shortestMs: 60_000, longestMs: 120_000 },
  'benign-burst': { stream: STREAM.burst, slotMs: 2.5 * HOUR_MS, shortestMs: 60_000, longestMs: 180_000 },
  maintenance: {
    stream: STREAM.maintenance,
    slotMs: 7 * HOUR_MS,
    shortestMs: 5 * 60_000,
    longestMs: 20 * 60_000,
  },
};

export interface BenignPlan {
  /** What touches `[fromMs, toMs)`. */
  between(fromMs: number, toMs: number): readonly BenignItem[];
}

/** @param originMs slots are counted from here: the start of the simulation */
export function createBenignPlan(system: System, seed: RandomState, originMs: number): BenignPlan {
  const lanes = (Object.keys(KINDS) as BenignItem['kind'][]).map((kind) => ({
    kind,
    slotMs: KINDS[kind].slotMs,
    known: undefined as BenignItem | undefined,
  }));
  return {
    between: (fromMs, toMs) => {
      const items: BenignItem[] = [];
      for (const lane of lanes) {
        const last = Math.floor((toMs - 1 - originMs) / lane.slotMs);
        for (let slot = Math.max(0, Math.floor((fromMs - originMs) / lane.slotMs)); slot <= last; slot++) {
          // asked second by second: the slot is nearly always the one of the last question
          if (lane.known?.slot !== slot) lane.known = itemInSlot(lane.kind, slot, system, seed, originMs);
          if (lane.known.startMs < toMs && lane.known.endMs > fromMs) items.push(lane.known);
        }
      }
      return items;
    },
  };
}

function itemInSlot(
  kind: BenignItem['kind'],
  slot: number,
  system: System,
  seed: RandomState,
  originMs: number,
): BenignItem {
  const { stream, slotMs, shortestMs, longestMs } = KINDS[kind];
  const random = deriveRandom(seed, stream, slot);
  const durationMs = shortestMs + random.next() * (longestMs - shortestMs);
  const startMs = Math.round(originMs + slot * slotMs + random.next() * (slotMs - durationMs));
  const candidates =
    kind === 'maintenance'
      ? system.services.filter((service) => service.maintenance.length > 0)
      : system.services;
  const service = kind === 'benign-burst' ? 0 : candidates[random.below(candidates.length)]!.index;
  return { kind, startMs, endMs: Math.round(startMs + durationMs), service, slot };
}
