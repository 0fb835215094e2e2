// From the mean rate that was asked for to the rate of requests: what comes by the clock is there anyway,
// the rest is requests times the records that each leaves.

import type { RandomState } from '../../core/random.js';
import { seedWords } from './chance.js';
import { compileSystem, type System } from './compile-system.js';
import type { EffectContext } from './effect.js';
import { expectedLoad, meanLoad } from './load.js';
import type { ResolvedOptions } from './options.js';
import { SHOP } from './system.js';

/** @throws RangeError when the rate asked for is less than what comes by the clock */
export function createEffectContext(
  options: ResolvedOptions,
  seed: RandomState,
  system: System,
): EffectContext {
  const { recordsPerSecond, startMs, plannedEndMs } = options;
  const byClock = clockRate(system);
  const perRequest = sum(system.services.map((service) => service.recordsPerRequest));
  const fromRequests = recordsPerSecond - byClock;
  if (fromRequests <= 0)
    throw new RangeError(
      `recordsPerSecond: wanted more than ${byClock.toFixed(2)}, which health lines and jobs make up alone, ` +
        `got ${recordsPerSecond.toFixed(3)}: raise the rate, or shorten the span`,
    );
  const requestsPerSecond = fromRequests / perRequest / meanLoad(startMs, plannedEndMs - startMs);
  return {
    system,
    seed,
    requestsPerSecond,
    recordsPerSecond: system.services.map(
      (service) => service.clockRecordsPerSecond + requestsPerSecond * service.recordsPerRequest,
    ),
  };
}

/** Records a second of the shop at a moment, without noise, bursts and anomalies. */
export function expectedRate(options: ResolvedOptions, timeMs: number): number {
  const system = compileSystem(SHOP);
  const { recordsPerSecond } = createEffectContext(options, seedWords(options.seed), system);
  const byClock = clockRate(system);
  return byClock + (sum(recordsPerSecond) - byClock) * expectedLoad(timeMs);
}

function clockRate({ services }: System): number {
  return sum(services.map((service) => service.clockRecordsPerSecond));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
