// Anomalies that make services fail: spikes, drifts, cascades along the call graph and exceptions never seen before.

import type { Anomaly } from './anomaly-plan.js';
import { deriveRandom, STREAM } from './chance.js';
import { extraRate, pickZipf, pour, type Effect, type EffectContext } from './effect.js';
import { EXCEPTION_COUNT, writeException } from './new-exception.js';

/** Known errors, more of them: visits fail, and work outside of requests fails too. */
export function errorSpike(anomaly: Anomaly, context: EffectContext): Effect {
  const { root, strength } = anomaly;
  const errors = context.system.services[root]!.errors;
  return {
    anomaly,
    failShare: (service) => (service === root ? 0.02 + 0.75 * strength : 0),
    extraLines: (fromMs, toMs, sink) =>
      pour(
        context,
        anomaly,
        { fromMs, toMs },
        extraRate(context, root, 0.03 + 0.9 * strength),
        (timeMs, random) => sink.line(pickZipf(errors, random), timeMs, random),
      ),
  };
}

/** The share of failures grows in a straight line from nothing. */
export function errorDrift(anomaly: Anomaly, context: EffectContext): Effect {
  const { root, strength, startMs, endMs } = anomaly;
  const errors = context.system.services[root]!.errors;
  const progress = (timeMs: number): number => Math.min(1, (timeMs - startMs) / (endMs - startMs));
  return {
    anomaly,
    failShare: (service, timeMs) => (service === root ? (0.03 + 0.5 * strength) * progress(timeMs) : 0),
    extraLines: (fromMs, toMs, sink) => {
      const share = (0.02 + 0.4 * strength) * progress(toMs);
      pour(context, anomaly, { fromMs, toMs }, extraRate(context, root, share), (timeMs, random) =>
        sink.line(pickZipf(errors, random), timeMs, random),
      );
    },
  };
}

/** The root slows and errs at once; each hop of callers follows 8 to 30 s after the hop below it, less hard hit. */
export function cascade(anomaly: Anomaly, context: EffectContext): Effect {
  const { root, strength, startMs, endMs } = anomaly;
  const { services } = context.system;
  const random = deriveRandom(context.seed, STREAM.effect, anomaly.draw, 1);
  const hops = new Map([[root, { hop: 0, fromMs: startMs, below: root }]]);
  // a Map goes on over what is added meanwhile: breadth first
  for (const [service, { hop, fromMs }] of hops)
    for (const caller of services[service]!.callers)
      if (!hops.has(caller))
        hops.set(caller, {
          hop: hop + 1,
          // a short cascade still has to reach its end
          fromMs: fromMs + Math.min(8000 + random.below(22_000), (endMs - startMs) / 5),
          below: service,
        });
  return {
    anomaly,
    slowdown: (service) => (service === root ? 1 + 5 * strength : 1),
    failShare: (service, timeMs) => {
      const reached = hops.get(service);
      if (reached === undefined || reached.hop === 0 || timeMs < reached.fromMs) return 0;
      return (0.05 + 0.8 * strength) * 0.7 ** (reached.hop - 1);
    },
    isAbsorbedBy: (caller, timeMs) => timeMs < (hops.get(caller)?.fromMs ?? Infinity),
    extraLines: (fromMs, toMs, sink) => {
      for (const [service, reached] of hops) {
        const { errors, upstream } = services[service]!;
        const lines = reached.hop === 0 ? errors : upstream;
        const rate = extraRate(context, service, (0.04 + 0.6 * strength) * 0.7 ** reached.hop);
        const peer = services[reached.below]!.name;
        pour(context, anomaly, { fromMs, toMs, startMs: reached.fromMs }, rate, (timeMs, random) =>
          sink.line(pickZipf(lines, random), timeMs, random, { peer }),
        );
      }
    },
  };
}

/** One exception that the log has never shown, thrown now and then. */
export function newException(anomaly: Anomaly, context: EffectContext): Effect {
  const { root, strength, draw } = anomaly;
  const { runtime, codeRoot } = context.system.services[root]!;
  // a full cycle through all of them: 49 shares no factor with 120, so none comes back before all had their turn
  const number =
    (deriveRandom(context.seed, STREAM.effect, 0, 2).below(EXCEPTION_COUNT) + 49 * draw) % EXCEPTION_COUNT;
  return {
    anomaly,
    extraLines: (fromMs, toMs, sink) =>
      pour(
        context,
        anomaly,
        { fromMs, toMs },
        extraRate(context, root, 0.01 + 0.35 * strength),
        (timeMs, random) =>
          sink.text(root, 'ERROR', writeException(number, runtime, codeRoot, random), timeMs),
      ),
  };
}
