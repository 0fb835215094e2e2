// What goes wrong on the last day of the sample log: four kinds of trouble, each visible in its lines and none
// announced. They are told apart by what changes: a new error, too many of a known line, one that is missing, a new line.
import type { Random } from '../../core/random.js';
import { copyOf, type LogLine, memberOf } from './lending-visits.js';

const MINUTE_MS = 60_000;

export interface Trouble {
  /** Minutes from the start of its day. */
  readonly fromMinute: number;
  readonly untilMinute: number;
  /** Lines that there are besides, a minute. */
  readonly perMinute: number;
  readonly line?: (timeMs: number, random: Random) => LogLine;
  /** Lines that there would be, and are not. */
  readonly hides?: (line: LogLine) => boolean;
}

export const TROUBLES: readonly Trouble[] = [
  {
    // 09:40: the database gives out no connections, and no loan is opened
    fromMinute: 580,
    untilMinute: 592,
    perMinute: 2.5,
    line: (timeMs, random) => ({
      timeMs,
      level: 'ERROR',
      thread: `desk-${1 + random.below(4)}`,
      logger: 'LoanService',
      message: [
        `loan of copy ${copyOf(random)} to member ${memberOf(random)} failed: no connection within 3000 ms`,
        'org.lending.db.PoolExhausted: 20 of 20 connections in use, 7 waiting',
        '\tat org.lending.db.Pool.take(Pool.java:88)',
        '\tat org.lending.loan.LoanStore.insert(LoanStore.java:142)',
        '\tat org.lending.loan.LoanService.open(LoanService.java:61)',
      ].join('\n'),
    }),
    hides: ({ message }) => message.startsWith('loan '),
  },
  {
    // 13:05: a card reader is dirty
    fromMinute: 785,
    untilMinute: 800,
    perMinute: 7,
    line: (timeMs) => ({
      timeMs,
      level: 'WARN',
      thread: 'desk-2',
      logger: 'CardReader',
      message: 'card not readable at desk, asked to try again',
    }),
  },
  {
    // 16:30: the job that sweeps the hold shelf hangs
    fromMinute: 990,
    untilMinute: 1035,
    perMinute: 0,
    hides: ({ logger, message }) => logger === 'HoldShelf' && message.startsWith('sweep'),
  },
  {
    // 18:45: after a change of the rules
    fromMinute: 1125,
    untilMinute: 1140,
    perMinute: 1.5,
    line: (timeMs, random) => ({
      timeMs,
      level: 'WARN',
      thread: 'desk-1',
      logger: 'LoanRules',
      message: `no rule 'junior-${1 + random.below(3)}' for member ${memberOf(random)}, took 'standard'`,
    }),
  },
];

/** The day's lines with its troubles in them; not in order. */
export function withTroubles(lines: readonly LogLine[], dayMs: number, random: Random): LogLine[] {
  let kept = [...lines];
  for (const { fromMinute, untilMinute, perMinute, line, hides } of TROUBLES) {
    const [startMs, endMs] = [dayMs + fromMinute * MINUTE_MS, dayMs + untilMinute * MINUTE_MS];
    if (hides) kept = kept.filter((each) => each.timeMs < startMs || each.timeMs >= endMs || !hides(each));
    if (!line) continue;
    const gapMs = MINUTE_MS / perMinute;
    for (
      let timeMs = startMs + gapMs * random.exponential();
      timeMs < endMs;
      timeMs += gapMs * random.exponential()
    )
      kept.push(line(Math.floor(timeMs), random));
  }
  return kept;
}
