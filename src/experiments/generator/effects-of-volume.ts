// Anomalies without a single error: more, fewer or slower records than there should be, or the right ones at the wrong hour.

import type { Anomaly } from './anomaly-plan.js';
import { deriveRandom, STREAM } from './chance.js';
import type { LineTemplate } from './compile-system.js';
import { extraRate, pour, type Effect, type EffectContext } from './effect.js';
import { writeJob } from './jobs.js';
import { expectedLoad } from './load.js';

/** A line of every hour or so, many times a minute. */
export function rareTemplateSpike(anomaly: Anomaly, context: EffectContext): Effect {
  const { root, strength } = anomaly;
  const { rare } = context.system.services[root]!;
  const line = rare[deriveRandom(context.seed, STREAM.effect, anomaly.draw, 1).below(rare.length)]!;
  return {
    anomaly,
    extraLines: (fromMs, toMs, sink) =>
      pour(context, anomaly, { fromMs, toMs }, extraRate(context, root, 0.04 + strength), (timeMs, random) =>
        sink.line(line, timeMs, random),
      ),
  };
}

/** A usual line stays away: the stronger, the more usual. */
export function templateDisappears(anomaly: Anomaly, context: EffectContext): Effect {
  const hidden = lineToHide(anomaly, context);
  return { anomaly, hides: (line) => line === hidden };
}

/** The service writes nothing; it still works, as when its log shipper has died. */
export function silence(anomaly: Anomaly): Effect {
  return { anomaly, hides: (line) => line.service === anomaly.root };
}

/** Counts stay, durations grow. */
export function latency(anomaly: Anomaly): Effect {
  const factor = 1.4 + 7.6 * anomaly.strength ** 1.5;
  return { anomaly, slowdown: (service) => (service === anomaly.root ? factor : 1) };
}

/** More of the usual requests. */
export function trafficSurge(anomaly: Anomaly, context: EffectContext): Effect {
  const share = 0.5 + 4.5 * anomaly.strength;
  return {
    anomaly,
    extraRequestsPerSecond: (timeMs) => share * context.requestsPerSecond * expectedLoad(timeMs),
  };
}

/** The load of half past twelve at an hour when everybody sleeps. */
export function offHoursLoad(anomaly: Anomaly, context: EffectContext): Effect {
  const noonMs = Math.floor(anomaly.startMs / 86_400_000) * 86_400_000 + 12.5 * 3_600_000;
  const share = 0.35 + 0.65 * anomaly.strength;
  return {
    anomaly,
    extraRequestsPerSecond: (timeMs) =>
      share * context.requestsPerSecond * Math.max(0, expectedLoad(noonMs) - expectedLoad(timeMs)),
  };
}

/** A nightly job at a time that is not its own; a weak one is cut short. */
export function misplacedJob(anomaly: Anomaly, context: EffectContext): Effect {
  const { root, strength, startMs, endMs, draw } = anomaly;
  const job = context.system.jobs.find((job) => job.service === root && job.schedule === 'nightly')!;
  const run = {
    job: {
      ...job,
      steps: Math.ceil(job.steps * (0.15 + 0.85 * strength)),
      durationMs: (endMs - startMs) * 0.95,
    },
    startMs,
    random: (part: number) => deriveRandom(context.seed, STREAM.effect, draw, part),
  };
  return { anomaly, extraLines: (fromMs, toMs, sink) => writeJob(run, fromMs, toMs, sink) };
}

function lineToHide(anomaly: Anomaly, { system, requestsPerSecond }: EffectContext): LineTemplate {
  const { root, strength, startMs, endMs } = anomaly;
  const requests = (requestsPerSecond * expectedLoad(startMs) * (endMs - startMs)) / 1000;
  const byCount = system.lines
    .filter((line) => line.service === root && system.linesPerRequest[line.index]! > 0)
    .sort((a, b) => system.linesPerRequest[b.index]! - system.linesPerRequest[a.index]!);
  // one that would hardly have come anyway cannot be missed
  const missed = byCount.filter((line) => system.linesPerRequest[line.index]! * requests >= 6);
  return (missed.length > 0 ? missed : byCount)[
    Math.floor((1 - strength) * Math.max(1, missed.length) * 0.999)
  ]!;
}
