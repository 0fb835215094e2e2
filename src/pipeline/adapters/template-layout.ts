// Which hours of each day belong together where hours are gathered in buckets: days that are cut alike are read with one
// question, so that the store adds up the hours and hands out one number for each bucket.
import { HOUR_COLUMNS } from './template-days.js';

const HOURS = HOUR_COLUMNS.length;

/** Whole hours since epoch, gathered in buckets of whole hours. */
export interface HourBuckets {
  readonly fromHour: number;
  readonly bucketHours: number;
  readonly buckets: number;
}

/** Days that are cut alike, half open, one after another. */
export interface DayRun {
  readonly fromDay: number;
  readonly untilDay: number;
  /** First and last hour of each piece of such a day, in order. */
  readonly cuts: readonly (readonly [firstHour: number, lastHour: number])[];
  /** Buckets of the pieces of each of its days; −1 is the time before, which is as long as all buckets together. */
  readonly bucketsOf: readonly (readonly number[])[];
}

/** All days of the buckets and of as long a time before them. */
export function layOutDays({ fromHour, bucketHours, buckets }: HourBuckets): DayRun[] {
  const hours = bucketHours * buckets;
  const [beginHour, endHour] = [fromHour - hours, fromHour + hours];
  const runs: { fromDay: number; untilDay: number; key: string; days: CutDay[] }[] = [];
  for (let day = Math.floor(beginHour / HOURS); day * HOURS < endHour; day++) {
    const cut = cutDay(day * HOURS, beginHour, endHour, (hour) =>
      hour < fromHour ? -1 : Math.floor((hour - fromHour) / bucketHours),
    );
    const key = cut.cuts.join(' ');
    const last = runs.at(-1);
    if (last?.key === key) {
      last.untilDay = day + 1;
      last.days.push(cut);
    } else runs.push({ fromDay: day, untilDay: day + 1, key, days: [cut] });
  }
  return runs.map(({ fromDay, untilDay, days }) => ({
    fromDay,
    untilDay,
    cuts: days[0]!.cuts,
    bucketsOf: days.map((day) => day.buckets),
  }));
}

interface CutDay {
  readonly cuts: [firstHour: number, lastHour: number][];
  readonly buckets: number[];
}

function cutDay(
  firstHour: number,
  beginHour: number,
  endHour: number,
  bucketOf: (hour: number) => number,
): CutDay {
  const day: CutDay = { cuts: [], buckets: [] };
  const until = Math.min(firstHour + HOURS, endHour);
  for (let hour = Math.max(firstHour, beginHour); hour < until; hour++) {
    const bucket = bucketOf(hour);
    if (day.buckets.at(-1) === bucket) day.cuts.at(-1)![1] = hour - firstHour;
    else {
      day.buckets.push(bucket);
      day.cuts.push([hour - firstHour, hour - firstHour]);
    }
  }
  return day;
}
