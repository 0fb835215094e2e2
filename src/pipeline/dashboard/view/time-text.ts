// Times and durations as the page writes them: in the viewer's zone, to the second, the day only where it is not today;
// and in UTC for whoever hovers, since that is what colleagues elsewhere and the logs themselves go by.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

interface ZonedTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly clock: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `12:03:30`; `21 Nov 12:03:30` when that is not the day of now, `3 Jun 2005 12:03:30` when not the year. */
export function timeText(timeMs: number, zone: string, nowMs: number): string {
  const time = zoned(timeMs, zone);
  const day = dayText(timeMs, zone, nowMs);
  return day === '' ? time.clock : `${day} ${time.clock}`;
}

/** As `timeText`, without the seconds. */
export function minuteText(timeMs: number, zone: string, nowMs: number): string {
  return timeText(timeMs, zone, nowMs).slice(0, -3);
}

/** `21 Nov`, `3 Jun 2005`; empty for the day of now. */
export function dayText(timeMs: number, zone: string, nowMs: number): string {
  const time = zoned(timeMs, zone);
  const now = zoned(nowMs, zone);
  const isToday = time.year === now.year && time.month === now.month && time.day === now.day;
  return isToday ? '' : fullDayText(timeMs, zone, nowMs);
}

/** As `dayText`, of today too. */
function fullDayText(timeMs: number, zone: string, nowMs: number): string {
  const { year, month, day } = zoned(timeMs, zone);
  const name = `${day} ${MONTHS[month - 1]}`;
  return year === zoned(nowMs, zone).year ? name : `${name} ${year}`;
}

/** `2026-11-22 12:03:30 UTC` */
export function utcText(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The stretch `[fromMs, toMs)`: the day is said once where it is the same, and of both ends where it is not. */
export function spanText(fromMs: number, toMs: number, zone: string, nowMs: number): string {
  const [fromDay, toDay] = [dayText(fromMs, zone, nowMs), dayText(toMs, zone, nowMs)];
  const end = zoned(toMs, zone).clock.slice(0, -3);
  if (fromDay === toDay) return `${minuteText(fromMs, zone, nowMs)} – ${end}`;
  return `${fullDayText(fromMs, zone, nowMs)} ${zoned(fromMs, zone).clock.slice(0, -3)} – ${fullDayText(toMs, zone, nowMs)} ${end}`;
}

/**
 * What Plotly's axes take, which know no zones: the viewer's wall clock.
 *
 * @returns `2026-11-22 12:03:30.250`
 */
export function plotTime(timeMs: number, zone: string): string {
  const { year, month, day, clock } = zoned(timeMs, zone);
  const two = (n: number): string => String(n).padStart(2, '0');
  const ms = String(((timeMs % 1000) + 1000) % 1000).padStart(3, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)} ${clock}.${ms}`;
}

/** `850 ms`, `4.2 s`, `12 min`, `3 h 5 min`, `2 d 4 h`: two units at most. */
export function durationText(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < 1000) return `${ms > 0 && ms < 10 ? Number(ms.toPrecision(2)) : Math.round(ms)} ms`;
  if (ms < 9950) return `${Number((ms / 1000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return pair(minutes, 'min', minutes < 10 ? seconds % 60 : 0, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return pair(hours, 'h', minutes % 60, 'min');
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** `just now`, `12 min ago`, `in 3 h`. */
export function agoText(timeMs: number, nowMs: number): string {
  const passedMs = nowMs - timeMs;
  if (Math.abs(passedMs) < 5000) return 'just now';
  return passedMs > 0 ? `${coarse(passedMs)} ago` : `in ${coarse(-passedMs)}`;
}

/** `GMT+1`, `UTC`: of the zone at that time. */
export function zoneText(zone: string, timeMs: number): string {
  if (zone === 'UTC') return 'UTC';
  const name = new Intl.DateTimeFormat('en-GB', { ...timeZone(zone), timeZoneName: 'short' })
    .formatToParts(timeMs)
    .find(({ type }) => type === 'timeZoneName');
  return name?.value ?? zone;
}

function coarse(durationMs: number): string {
  const text = durationText(Math.round(durationMs / 1000) * 1000);
  return durationMs < DAY_MS ? text.replace(/ \d+ s$/, '') : text;
}

function pair(many: number, unit: string, few: number, lesser: string): string {
  return few === 0 ? `${many} ${unit}` : `${many} ${unit} ${few} ${lesser}`;
}

function timeZone(zone: string): { timeZone?: string } {
  return zone === 'local' ? {} : { timeZone: zone };
}

function zoned(timeMs: number, zone: string): ZonedTime {
  let format = formats.get(zone);
  if (format === undefined) {
    // making one costs more than all that the page asks of it in a second
    format = new Intl.DateTimeFormat('en-GB', {
      ...timeZone(zone),
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(timeMs).map(({ type, value }) => [type, value]));
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    clock: `${parts.get('hour')}:${parts.get('minute')}:${parts.get('second')}`,
  };
}
