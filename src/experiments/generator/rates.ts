// From the mean rate that was asked for to the rate of requests: what comes by the clock is there anyway,
// the rest is requests times the records that each leaves.

import type { RandomState } from '../../core/random.js';
import type { System } from './compile-system.js';
import type { EffectContext } from './effect.js';
import { meanLoad } from './load.js';
import type { ResolvedOptions } from './options.js';

/** @throws RangeError when the rate asked for is less than what comes by the clock */
export function createEffectContext(
  options: ResolvedOptions,
  seed: RandomState,
  system: System,
): EffectContext {
  const { recordsPerSecond, startMs, plannedEndMs } = options;
  const byClock = sum(system.services.map((service) => service.clockRecordsPerSecond));
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

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
