// What services write without being asked: health lines by the clock, jobs, the start of a fresh process, maintenance.

import type { RandomState } from '../../core/random.js';
import type { BenignItem } from './benign-plan.js';
import { deriveRandom, STREAM } from './chance.js';
import type { System } from './compile-system.js';
import type { LineSink } from './effect.js';
import { jobRunsBetween, writeJob } from './jobs.js';
import type { Scene } from './scene.js';

export interface PeriodicClock {
  /** Writes the lines that are due in `[fromMs, toMs)`. Slices must follow each other. */
  write(fromMs: number, toMs: number, sink: LineSink): void;
}

/** Lines by the clock. Each has a phase of its own, so that they do not all come on the minute. */
export function createPeriodicClock(system: System, seed: RandomState): PeriodicClock {
  const due: { readonly timeMs: number; readonly turn: number }[] = [];
  let earliestMs = -Infinity;

  const turnAt = (i: number, turn: number) => {
    const { everyMs, jitter } = system.periodic[i]!;
    const random = deriveRandom(seed, STREAM.periodic, turn, i);
    const phaseMs = (i * 7_919_000) % everyMs;
    return { turn, timeMs: phaseMs + (turn + random.next() * jitter) * everyMs, random };
  };
  const nextFrom = (i: number, fromMs: number) => {
    let next = turnAt(i, Math.floor(fromMs / system.periodic[i]!.everyMs) - 2);
    while (next.timeMs < fromMs) next = turnAt(i, next.turn + 1);
    return next;
  };

  return {
    write: (fromMs, toMs, sink) => {
      if (earliestMs >= toMs) return;
      earliestMs = Infinity;
      for (const [i, { line }] of system.periodic.entries()) {
        due[i] ??= nextFrom(i, fromMs);
        while (due[i].timeMs < toMs) {
          const { turn, timeMs } = due[i];
          sink.line(line, timeMs, turnAt(i, turn).random);
          due[i] = turnAt(i, turn + 1);
        }
        earliestMs = Math.min(earliestMs, due[i].timeMs);
      }
    },
  };
}

/** Jobs by the clock in `[fromMs, toMs)`. */
export function writeJobs(scene: Scene, fromMs: number, toMs: number, sink: LineSink): void {
  for (const run of jobRunsBetween(scene.system, scene.seed, fromMs, toMs)) writeJob(run, fromMs, toMs, sink);
}

/** The lines of deploys and maintenance in `[fromMs, toMs)`; bursts are requests and none of this file's business. */
export function writeBenign(
  scene: Scene,
  items: readonly BenignItem[],
  fromMs: number,
  toMs: number,
  sink: LineSink,
): void {
  for (const item of items) {
    const lines = linesOf(item, scene.system);
    const stream = item.kind === 'deploy' ? STREAM.deploy : STREAM.maintenance;
    const gaps = deriveRandom(scene.seed, stream, item.slot, 1);
    // a process is up within half a minute; maintenance reports until its end
    const spanMs = item.kind === 'deploy' ? 30_000 : item.endMs - item.startMs - 1;
    const total = lines.length - 1;
    const identity = gaps.below(4294967296);
    for (const [i, line] of lines.entries()) {
      const share = i === 0 ? 0 : i === total ? 1 : (i + 0.8 * (gaps.next() - 0.5)) / total;
      const timeMs = item.startMs + share * spanMs;
      if (timeMs >= fromMs && timeMs < toMs)
        sink.line(line, timeMs, deriveRandom(scene.seed, stream, item.slot, 2 + i), {
          identity,
          progress: share,
        });
    }
  }
}

function linesOf(item: BenignItem, system: System): System['lines'] {
  const service = system.services[item.service]!;
  if (item.kind === 'deploy') return service.startup;
  if (item.kind === 'benign-burst') return [];
  const [first, middle, last] = service.maintenance;
  const reports = Math.round((item.endMs - item.startMs) / 20_000);
  return [first!, ...Array.from({ length: reports }, () => middle!), last!];
}
