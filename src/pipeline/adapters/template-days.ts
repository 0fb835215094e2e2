// A template's records of a day as one row of 24 counts: of two thousand templates in a month that is a twentieth of a row an
// hour, to write and to read.

const HOURS = 24;

/** `h0` to `h23`, in UTC. */
export const HOUR_COLUMNS: readonly string[] = Array.from({ length: HOURS }, (_, hour) => `h${hour}`);

export interface DayCounts {
  /** Since epoch. */
  readonly day: number;
  /** Of each hour of the day. */
  readonly counts: readonly number[];
}

export function dayOfHour(hour: number): number {
  return Math.floor(hour / HOURS);
}

/** @param hours records by hours since epoch */
export function daysOf(hours: ReadonlyMap<number, number>): DayCounts[] {
  const days = new Map<number, number[]>();
  for (const [hour, count] of hours) {
    const day = dayOfHour(hour);
    let counts = days.get(day);
    if (counts === undefined) days.set(day, (counts = Array.from({ length: HOURS }, () => 0)));
    counts[hour - day * HOURS]! += count;
  }
  return [...days].map(([day, counts]) => ({ day, counts })).sort((a, b) => a.day - b.day);
}
