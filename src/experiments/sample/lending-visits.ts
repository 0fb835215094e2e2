// What a small library's lending service writes about its members: one visit to the desk, to a kiosk or to the
// catalogue on the web is a handful of lines that follow each other.
import type { Random } from '../../core/random.js';

export type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export interface LogLine {
  readonly timeMs: number;
  readonly level: Level;
  readonly thread: string;
  readonly logger: string;
  /** May go on over further lines, as stack traces do. */
  readonly message: string;
}

const MEMBERS = 6200;
const COPIES = 48_000;
const TOPICS = [
  'history',
  'novel',
  'chess',
  'garden',
  'physics',
  'travel',
  'atlas',
  'poetry',
  'bread',
  'bees',
];
const LOAN_MS = 21 * 86_400_000;

export const memberOf = (random: Random): number => 10_000 + random.below(MEMBERS);
export const copyOf = (random: Random): string => `C-${String(random.below(COPIES)).padStart(6, '0')}`;

/** Lines of one visit as they come, seconds apart. */
type Visit = (say: (level: Level, logger: string, message: string) => void, random: Random) => void;

const deskVisit: Visit = (say, random) => {
  const member = memberOf(random);
  // a card is seldom read badly, and then mostly once
  while (random.next() < 0.02) say('WARN', 'CardReader', `card not readable at desk, asked to try again`);
  say('INFO', 'CardReader', `card read in ${20 + random.below(60)} ms, member ${member}`);
  const returns = random.poisson(0.8);
  for (let i = 0; i < returns; i++)
    say('INFO', 'LoanService', `copy ${copyOf(random)} returned by member ${member}`);
  if (random.next() < 0.06)
    say(
      'INFO',
      'Fees',
      `fee of ${(0.3 * (1 + random.below(30))).toFixed(2)} EUR booked for member ${member}`,
    );
  const loans = 1 + random.poisson(1);
  for (let i = 0; i < loans; i++)
    say(
      'INFO',
      'LoanService',
      `loan ${100_000 + random.below(900_000)} opened: copy ${copyOf(random)} to member ${member}, due in ${LOAN_MS / 86_400_000} days`,
    );
  if (random.next() < 0.03)
    say('WARN', 'LoanService', `member ${member} has ${10 + random.below(5)} open loans, limit is 10`);
};

const kioskVisit: Visit = (say, random) => {
  const member = memberOf(random);
  const kiosk = 1 + random.below(3);
  say('INFO', 'Kiosk', `kiosk ${kiosk}: session of member ${member} begins`);
  const returns = 1 + random.poisson(1);
  for (let i = 0; i < returns; i++)
    say('INFO', 'LoanService', `copy ${copyOf(random)} returned by member ${member}`);
  say('INFO', 'Kiosk', `kiosk ${kiosk}: session ends after ${10 + random.below(90)} s, receipt printed`);
};

const catalogueVisit: Visit = (say, random) => {
  const searches = 1 + random.poisson(0.7);
  for (let i = 0; i < searches; i++)
    say(
      'INFO',
      'Catalogue',
      `search '${TOPICS[random.below(TOPICS.length)]!}' found ${random.below(240)} titles in ${8 + random.below(120)} ms`,
    );
  if (random.next() < 0.25)
    say(
      'INFO',
      'HoldShelf',
      `hold ${20_000 + random.below(70_000)} placed on copy ${copyOf(random)} by member ${memberOf(random)}`,
    );
  if (random.next() < 0.02)
    say('WARN', 'Catalogue', `search took ${1000 + random.below(900)} ms, slower than 1000 ms`);
};

/** Visits a minute while the library is open, and while it is closed (kiosks in the entrance, the web). */
export const VISIT_KINDS: readonly {
  readonly thread: string;
  readonly openPerMinute: number;
  readonly closedPerMinute: number;
  readonly visit: Visit;
}[] = [
  { thread: 'desk', openPerMinute: 0.3, closedPerMinute: 0, visit: deskVisit },
  { thread: 'kiosk', openPerMinute: 0.18, closedPerMinute: 0.06, visit: kioskVisit },
  { thread: 'web', openPerMinute: 0.4, closedPerMinute: 0.16, visit: catalogueVisit },
];

/** The lines of one visit that begins at a time. */
export function writeVisit(kind: (typeof VISIT_KINDS)[number], startMs: number, random: Random): LogLine[] {
  const lines: LogLine[] = [];
  const thread = `${kind.thread}-${1 + random.below(4)}`;
  let timeMs = startMs;
  kind.visit((level, logger, message) => {
    lines.push({ timeMs: Math.floor(timeMs), level, thread, logger, message });
    timeMs += 1500 + 4000 * random.exponential();
  }, random);
  return lines;
}
