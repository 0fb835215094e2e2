// The sample log that is shipped with the notebooks: three days of a small library's lending service, as plain text.
// Made here, so that nobody's real log has to be shown; the same bytes every time.
import { createRandom, type Random } from '../../core/random.js';
import { withTroubles } from './lending-troubles.js';
import { type LogLine, VISIT_KINDS, writeVisit } from './lending-visits.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DAYS = 3;
/** A Monday. */
const FIRST_DAY_MS = Date.UTC(2026, 2, 2);
const OPENS_HOUR = 8;
const CLOSES_HOUR = 20;
/** What the service prints before its logging is set up: no time, so no record. */
const BANNER = ['   lending service', '   -----------------------', '   one library, many books', ''];

/** Monday and Tuesday are healthy; on Wednesday four things go wrong. */
export function lendingLog(): string {
  const random = createRandom('lending');
  const days = Array.from({ length: DAYS }, (_, day) => {
    const dayMs = FIRST_DAY_MS + day * DAY_MS;
    const lines = [...visitsOf(dayMs, random), ...jobsOf(dayMs, random)];
    return day === DAYS - 1 ? withTroubles(lines, dayMs, random) : lines;
  });
  const lines = days
    .flat()
    .filter(({ timeMs }) => timeMs < FIRST_DAY_MS + DAYS * DAY_MS)
    .sort((a, b) => a.timeMs - b.timeMs);
  return [...BANNER, ...lines.map(textOf), ''].join('\n');
}

function visitsOf(dayMs: number, random: Random): LogLine[] {
  const lines: LogLine[] = [];
  for (let minute = 0; minute < DAY_MS / MINUTE_MS; minute++) {
    const hour = Math.floor(minute / 60);
    const isOpen = hour >= OPENS_HOUR && hour < CLOSES_HOUR;
    for (const kind of VISIT_KINDS) {
      const visits = random.poisson(isOpen ? kind.openPerMinute : kind.closedPerMinute);
      for (let i = 0; i < visits; i++)
        lines.push(...writeVisit(kind, dayMs + (minute + random.next()) * MINUTE_MS, random));
    }
  }
  return lines;
}

/** What happens by the clock: the sweep of the hold shelf every two minutes, the nightly report, the morning restart. */
function jobsOf(dayMs: number, random: Random): LogLine[] {
  const lines: LogLine[] = [];
  const say = (atMs: number, thread: string, logger: string, message: string): void => {
    const timeMs = Math.floor(dayMs + atMs + 900 * random.next());
    lines.push({ timeMs, level: 'INFO', thread, logger, message });
  };
  for (let atMs = 0; atMs < DAY_MS; atMs += 2 * MINUTE_MS)
    say(
      atMs,
      'jobs',
      'HoldShelf',
      `sweep: ${180 + random.below(60)} holds on the shelf, ${random.poisson(0.4)} expired, ${12 + random.below(40)} ms`,
    );
  say(2 * HOUR_MS, 'jobs', 'Report', `report of the day begins`);
  say(
    2 * HOUR_MS + 4000,
    'jobs',
    'Report',
    `${600 + random.below(200)} loans and ${500 + random.below(200)} returns counted`,
  );
  say(2 * HOUR_MS + 9000, 'jobs', 'Report', `report of the day written, ${40 + random.below(9)} kB`);
  const reminders = 15 + random.below(10);
  for (let i = 0; i < reminders; i++)
    say(
      3 * HOUR_MS + i * 2500,
      'mail',
      'Mailer',
      `reminder for loan ${100_000 + random.below(900_000)} sent`,
    );
  say(5 * HOUR_MS, 'main', 'Service', `stopping for the nightly backup`);
  say(5 * HOUR_MS + 6000, 'main', 'Service', `started in ${7000 + random.below(3000)} ms, 20 connections`);
  return lines;
}

function textOf({ timeMs, level, thread, logger, message }: LogLine): string {
  const time = new Date(timeMs).toISOString().replace('T', ' ').replace('Z', '');
  return `${time} ${level.padEnd(5)} [${thread}] ${logger} - ${message}`;
}
