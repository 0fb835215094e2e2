// Where errors gather: by service and by hour of day, beside the groups that every evaluation has.
import { isFalse } from '../evaluate/events.js';
import { measure, type Measures } from '../evaluate/measure.js';
import type { Prepared } from '../evaluate/prepare.js';

/** One hour of the day, UTC. */
export interface HourCounts {
  readonly hour: number;
  /** Judged labels that began in it. */
  readonly labels: number;
  readonly caught: number;
  /** False alerts that began in it. */
  readonly falseAlerts: number;
}

/** A label counts for each of its services. */
export function measuresByService(prepared: Prepared): Readonly<Record<string, Measures>> {
  const { labels, judgedLabels } = prepared.judgement;
  const services = [...new Set(judgedLabels.flatMap((index) => labels[index]!.services))].sort();
  return Object.fromEntries(
    services.map((service) => [
      service,
      measure(prepared, (index) => labels[index]!.services.includes(service)),
    ]),
  );
}

/** All 24 hours, in order. */
export function countsByHour({ judgement, delaysMs, events }: Prepared): readonly HourCounts[] {
  const onsets = judgement.judgedLabels.map((index) => ({
    hour: hourOf(judgement.labels[index]!.onsetMs),
    isCaught: delaysMs.has(index),
  }));
  const falseHours = events.filter(isFalse).map(({ startMs }) => hourOf(startMs));
  return Array.from({ length: 24 }, (_, hour) => {
    const own = onsets.filter((each) => each.hour === hour);
    return {
      hour,
      labels: own.length,
      caught: own.filter(({ isCaught }) => isCaught).length,
      falseAlerts: falseHours.filter((each) => each === hour).length,
    };
  });
}

function hourOf(timeMs: number): number {
  return Math.floor((((timeMs % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS);
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
