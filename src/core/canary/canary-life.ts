// The canary's ordinary life: what a small, healthy service writes, as a function of time alone. A model learns it before it
// is asked to tell the canary's anomalies from it.
import { createRandom, type Random } from '../random.js';
import type { LogRecord } from '../record.js';
import { CANARY_SOURCE } from './canary-source.js';

interface Line {
  readonly severity: number;
  /** Among the others. */
  readonly weight: number;
  readonly body: (random: Random) => string;
}

const INFO = 9;
const WARN = 13;
const ERROR = 17;

const LINES: readonly Line[] = [
  { severity: INFO, weight: 24, body: (r) => `canary sang note ${r.below(88)} for ${ms(r)} ms` },
  {
    severity: INFO,
    weight: 20,
    body: (r) => `canary hopped from perch ${r.below(12)} to perch ${r.below(12)}`,
  },
  { severity: INFO, weight: 16, body: (r) => `canary ate ${1 + r.below(40)} seeds of bowl ${id(r)}` },
  { severity: INFO, weight: 12, body: (r) => `canary drank ${1 + r.below(9)} ml at level ${r.below(100)} %` },
  { severity: INFO, weight: 8, body: (r) => `canary looked at mirror ${id(r)}` },
  {
    severity: INFO,
    weight: 6,
    body: (r) => `air is fresh: ${18 + r.below(6)} degrees, ${40 + r.below(20)} % humid`,
  },
  { severity: INFO, weight: 5, body: (r) => `cage door checked by keeper ${id(r)} in ${ms(r)} ms` },
  { severity: INFO, weight: 3, body: (r) => `feathers sorted, ${r.below(30)} of them` },
  { severity: WARN, weight: 1.5, body: (r) => `seed bowl ${id(r)} is low: ${r.below(10)} seeds left` },
  { severity: WARN, weight: 1, body: (r) => `draught at window ${r.below(8)} for ${ms(r)} ms` },
  { severity: INFO, weight: 0.5, body: (r) => `keeper ${id(r)} changed the water` },
  { severity: ERROR, weight: 0.2, body: (r) => `song ${id(r)} broke off after ${ms(r)} ms` },
];
const WEIGHT = LINES.reduce((sum, { weight }) => sum + weight, 0);
/** The ERROR line, rare in health; a burst of errors is made of it. */
export const RARE_ERROR = LINES.findIndex(({ severity }) => severity === ERROR);

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Lines of so much time are drawn together. */
const SLOT_MS = 10_000;
/** Over a day. */
const MEAN_PER_SLOT = 5;
/** Busiest at 15:00 UTC, by this share of the mean. */
const DAY_SWING = 0.3;
/** Once in an hour it says nothing for so long: that some silence is ordinary is learned, and that it is short. */
const NAP_MS = [35_000, 55_000] as const;

/** All records with `fromMs <= eventTimeMs < toMs`, in order of time; whole milliseconds. */
export function ordinaryLife(fromMs: number, toMs: number): LogRecord[] {
  const records: LogRecord[] = [];
  for (let slot = Math.floor(fromMs / SLOT_MS); slot * SLOT_MS < toMs; slot++)
    for (const record of slotOf(slot))
      if (record.eventTimeMs >= fromMs && record.eventTimeMs < toMs) records.push(record);
  return records;
}

/** @param line one of the canary's ordinary lines; one by their usual frequency when it is left out */
export function canaryRecord(eventTimeMs: number, random: Random, line = drawLine(random)): LogRecord {
  const { severity, body } = LINES[line]!;
  return { eventTimeMs, source: CANARY_SOURCE, severity, body: body(random) };
}

function slotOf(slot: number): readonly LogRecord[] {
  const startMs = slot * SLOT_MS;
  const random = createRandom(`canary life ${slot}`);
  const turn = ((startMs % DAY_MS) / DAY_MS - 9 / 24) * 2 * Math.PI;
  const count = random.poisson(MEAN_PER_SLOT * (1 + DAY_SWING * Math.sin(turn)));
  const timesMs = Array.from({ length: count }, () => startMs + random.below(SLOT_MS)).sort((a, b) => a - b);
  return timesMs.flatMap((timeMs) => {
    const record = canaryRecord(timeMs, random);
    return isNap(timeMs) ? [] : [record];
  });
}

function isNap(timeMs: number): boolean {
  const hour = Math.floor(timeMs / HOUR_MS);
  const random = createRandom(`canary nap ${hour}`);
  const [least, most] = NAP_MS;
  const fromMs = hour * HOUR_MS + random.below(HOUR_MS - most);
  return timeMs >= fromMs && timeMs < fromMs + least + random.below(most - least);
}

function drawLine(random: Random): number {
  let left = random.next() * WEIGHT;
  const line = LINES.findIndex(({ weight }) => (left -= weight) < 0);
  return line < 0 ? 0 : line;
}

function ms(random: Random): number {
  return 5 + Math.floor(300 * random.exponential());
}

function id(random: Random): string {
  return (0x1000 + random.below(0xefff)).toString(16);
}
