// Work by the clock: a job's run is a first line, steps spread over its duration, and a last line.

import type { Random, RandomState } from '../../core/random.js';
import { deriveRandom, STREAM } from './chance.js';
import type { Job, System } from './compile-system.js';
import type { LineSink } from './effect.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface JobRun {
  readonly job: Job;
  readonly startMs: number;
  /** The run's own chance, by part. */
  readonly random: (part: number) => Random;
}

/** The runs by the clock that touch `[fromMs, toMs)`. */
export function jobRunsBetween(system: System, seed: RandomState, fromMs: number, toMs: number): JobRun[] {
  const runs: JobRun[] = [];
  for (const [number, job] of system.jobs.entries()) {
    const periodMs = job.schedule === 'hourly' ? HOUR_MS : DAY_MS;
    const offsetMs = job.atMinute * 60_000;
    const turn = Math.floor((toMs - 1 - offsetMs) / periodMs);
    const startMs = turn * periodMs + offsetMs;
    if (startMs + job.durationMs <= fromMs) continue;
    runs.push({ job, startMs, random: (part) => deriveRandom(seed, STREAM.job, turn, number * 1000 + part) });
  }
  return runs;
}

/** Writes what a run leaves in `[fromMs, toMs)`. */
export function writeJob(run: JobRun, fromMs: number, toMs: number, sink: LineSink): void {
  const { job, startMs, random } = run;
  const identity = random(999).below(4294967296);
  const writeAt = (timeMs: number, lines: Job['step'], part: number): void => {
    if (timeMs < fromMs || timeMs >= toMs) return;
    const own = random(part);
    const progress = (timeMs - startMs) / job.durationMs;
    sink.line(lines[own.below(lines.length)]!, timeMs, own, { identity, progress });
  };
  const gapMs = job.durationMs / (job.steps + 2);
  for (const [i, line] of job.begin.entries()) writeAt(startMs + 0.3 * i * gapMs, [line], i);
  const endMs = startMs + job.durationMs - 1;
  for (const [i, line] of job.end.entries())
    writeAt(endMs - 0.3 * (job.end.length - 1 - i) * gapMs, [line], 10 + i);
  // steps wander by less than half a gap: only those near the slice need a look
  const first = Math.max(0, Math.floor((fromMs - startMs) / gapMs) - 2);
  const last = Math.min(job.steps - 1, Math.ceil((toMs - startMs) / gapMs));
  for (let step = first; step <= last; step++) {
    const wander = random(20 + step).next() * 0.45;
    writeAt(startMs + (step + 1 + wander) * gapMs, job.step, 20 + step);
  }
}
