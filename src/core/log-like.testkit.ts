// Records that look like real logs, for property tests: bursts and lulls, nearly sorted with stragglers of every
// degree, sources that fall silent and come back, stack traces, lines the fit never saw, and clocks that slip.
import * as fc from 'fast-check';
import type { Random } from './random.js';
import type { LogRecord } from './record.js';

export const LOG_START_MS = Date.UTC(2026, 0, 5, 9);
export const LOG_SOURCES = ['api', 'db', 'cron'] as const;

/** How far records may stray, in the terms of the window spec under test. */
export interface LogLikeOptions {
  readonly maxRecords: number;
  readonly allowedLatenessMs: number;
  readonly correctionMs: number;
  readonly maxSilenceMs: number;
  readonly maxJumpMs: number;
  /** Whether clocks slip beyond `maxJumpMs` (for good when several records agree). */
  readonly slips: boolean;
}

interface Step {
  readonly source: (typeof LOG_SOURCES)[number];
  /** Time that passes before the record. */
  readonly gapMs: number;
  /** How far the record is behind the source's clock. */
  readonly behindMs: number;
  readonly line: (typeof LINES)[number];
  readonly n: number;
  readonly slip: { readonly toMs: number; readonly records: number } | undefined;
}

const TRACE = [
  'java.lang.IllegalStateException: pool is closed',
  '\tat shop.Pool.take(Pool.java:88)',
  '\tat shop.Order.pay(Order.java:17)',
  'Caused by: java.net.SocketException: reset',
].join('\n');

/** Severity, weight, and what the line says; `fresh` ones are kept out of what `plainLog` writes. */
const LINES = [
  { severity: 9, weight: 30, fresh: false, body: (n: number) => `GET /orders/${n} 200 in ${n % 97} ms` },
  { severity: 9, weight: 15, fresh: false, body: (n: number) => `session opened for user u${n % 50}` },
  { severity: 5, weight: 6, fresh: false, body: (n: number) => `cache miss key=${n}` },
  { severity: 0, weight: 4, fresh: false, body: (n: number) => `heartbeat ${n} ok` },
  { severity: 13, weight: 4, fresh: false, body: (n: number) => `slow query took ${1000 + n} ms on replica` },
  { severity: 17, weight: 2, fresh: false, body: (n: number) => `payment ${n} failed: card declined` },
  { severity: 17, weight: 2, fresh: true, body: (n: number) => `request ${n} aborted\n${TRACE}` },
  { severity: 21, weight: 1, fresh: true, body: (n: number) => `kernel panic on cpu ${n % 8}, halting` },
  {
    severity: 9,
    weight: 1,
    fresh: true,
    body: (n: number) => `feature flag constructor switched on by u${n}`,
  },
] as const;

/** Records in the order of their arrival. */
export function arbLogLike(options: LogLikeOptions): fc.Arbitrary<readonly LogRecord[]> {
  return fc
    .array(arbStep(options), {
      minLength: 1,
      maxLength: options.maxRecords,
      size: 'max',
    })
    .map(recordsOf);
}

function arbStep(options: LogLikeOptions): fc.Arbitrary<Step> {
  const { allowedLatenessMs, correctionMs, maxSilenceMs, maxJumpMs } = options;
  const between = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
  const never = fc.constant(undefined);
  const arbSlip = fc.record({
    toMs: fc.constantFrom(
      Date.UTC(1970, 0, 1),
      Date.UTC(2100, 0, 1),
      LOG_START_MS + 3 * maxJumpMs,
      LOG_START_MS - 2 * maxJumpMs,
    ),
    records: between(1, 5),
  });
  return fc.record({
    source: fc.oneof(
      { weight: 8, arbitrary: fc.constant('api' as const) },
      { weight: 3, arbitrary: fc.constant('db' as const) },
      { weight: 1, arbitrary: fc.constant('cron' as const) },
    ),
    gapMs: fc.oneof(
      { weight: 10, arbitrary: between(0, 60) },
      { weight: 40, arbitrary: between(500, 3500) },
      { weight: 3, arbitrary: between(10_000, 40_000) },
      { weight: 1, arbitrary: between(Math.floor(maxSilenceMs * 0.9), Math.floor(maxSilenceMs * 1.5)) },
    ),
    behindMs: fc.oneof(
      { weight: 60, arbitrary: fc.constant(0) },
      { weight: 20, arbitrary: between(0, allowedLatenessMs) },
      { weight: 8, arbitrary: between(allowedLatenessMs, allowedLatenessMs + correctionMs) },
      { weight: 2, arbitrary: between(correctionMs, 4 * (allowedLatenessMs + correctionMs)) },
    ),
    line: fc.oneof(...LINES.map((line) => ({ weight: line.weight, arbitrary: fc.constant(line) }))),
    n: fc.nat(9999),
    slip: options.slips
      ? fc.oneof({ weight: 60, arbitrary: never }, { weight: 1, arbitrary: arbSlip })
      : never,
  });
}

function recordsOf(steps: readonly Step[]): readonly LogRecord[] {
  let nowMs = LOG_START_MS;
  const records: LogRecord[] = [];
  for (const { source, gapMs, behindMs, line, n, slip } of steps) {
    nowMs += gapMs;
    if (slip) {
      for (let i = 0; i < slip.records; i++) {
        const { severity } = line;
        records.push({ eventTimeMs: slip.toMs + 100 * i, source, severity, body: line.body(n + i) });
      }
      continue;
    }
    records.push({ eventTimeMs: nowMs - behindMs, source, severity: line.severity, body: line.body(n) });
  }
  return records;
}

/**
 * Healthy history without stragglers on the day before LOG_START_MS: a record every 0.4 s, most of them of `api`.
 */
export function plainLog(records: number, random: Random): readonly LogRecord[] {
  const lines = LINES.filter(({ fresh }) => !fresh);
  const total = lines.reduce((sum, { weight }) => sum + weight, 0);
  let nowMs = LOG_START_MS - 86_400_000;
  return Array.from({ length: records }, () => {
    nowMs += Math.floor(random.next() * 800);
    let left = random.next() * total;
    const line = lines.find(({ weight }) => (left -= weight) < 0) ?? lines[0]!;
    const source = LOG_SOURCES[Math.floor(random.next() * random.next() * LOG_SOURCES.length)]!;
    return {
      eventTimeMs: nowMs,
      source,
      severity: line.severity,
      body: line.body(random.below(9999)),
    };
  });
}
