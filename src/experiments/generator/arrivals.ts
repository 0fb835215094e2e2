// Requests of one tick: the usual ones at the load of the hour, those of a harmless burst, and those an anomaly adds.
// Each source of requests has chance of its own, so that what is added leaves the usual ones as they were.

import type { Random } from '../../core/random.js';
import type { BenignItem } from './benign-plan.js';
import { deriveRandom, STREAM } from './chance.js';
import type { Operation, System } from './compile-system.js';
import type { EffectContext } from './effect.js';
import { expectedLoad } from './load.js';
import { simulateRequest } from './request.js';
import { isActive, type Scene } from './scene.js';

/**
 * Puts all records of the requests that begin within a second of `fromMs`.
 *
 * @param noise factor on the load of the usual requests
 */
export function simulateArrivals(
  scene: Scene,
  { system, seed, requestsPerSecond }: EffectContext,
  tick: number,
  fromMs: number,
  noise: number,
  benign: readonly BenignItem[],
): void {
  const expected = requestsPerSecond * expectedLoad(fromMs);
  const usual = deriveRandom(seed, STREAM.arrivals, tick);
  for (let left = usual.poisson(expected * noise), part = 0; left > 0; left--, part++) {
    const atMs = fromMs + 1000 * usual.next();
    simulateRequest(scene, { stream: STREAM.request, index: tick, part }, pickEntry(system, usual), atMs, '');
  }

  for (const burst of benign) {
    if (burst.kind !== 'benign-burst' || !isActive(burst, fromMs)) continue;
    const random = deriveRandom(seed, STREAM.burst, tick, 1);
    // readers only: a newsletter was sent, nobody buys yet
    const readers = system.entries.slice(0, 2);
    const size = 0.8 + 1.4 * deriveRandom(seed, STREAM.burst, burst.slot, 2).next();
    for (let left = random.poisson(size * expected), part = 0; left > 0; left--, part++) {
      const { operation } = readers[random.below(readers.length)]!;
      const key = { stream: STREAM.burst, index: tick, part: 10 + part };
      simulateRequest(scene, key, operation, fromMs + 1000 * random.next(), '');
    }
  }

  for (const { anomaly, extraRequestsPerSecond } of scene.effects) {
    if (extraRequestsPerSecond === undefined || !isActive(anomaly, fromMs)) continue;
    const random = deriveRandom(seed, STREAM.surge, tick, anomaly.draw);
    for (let left = random.poisson(extraRequestsPerSecond(fromMs)), part = 0; left > 0; left--, part++) {
      const atMs = fromMs + 1000 * random.next();
      const key = { stream: STREAM.surge, index: tick, part: part + 1 };
      simulateRequest(scene, key, pickEntry(system, random), atMs, anomaly.id);
    }
  }
}

function pickEntry(system: System, random: Random): Operation {
  let roll = random.next();
  for (const { operation, share } of system.entries) {
    if (roll < share) return operation;
    roll -= share;
  }
  return system.entries[0]!.operation;
}
