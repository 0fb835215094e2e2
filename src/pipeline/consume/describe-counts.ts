// What became of the input, in a line for a person: the same words from every command.
import { countedWords } from '../../shell/counted-words.js';
import { type StreamCounts, withoutApart } from './counts.js';

/** Without what is told apart: `1,000 records, 12 windows, 1 alert, still firing` */
export function describeCounts(counts: StreamCounts): string {
  const { records, windows, alertsOpened, alertsResolved } = withoutApart(counts);
  return `${countedWords(records.read, 'record')}, ${countedWords(windows, 'window')}, ${alertWords(alertsOpened, alertsOpened - alertsResolved)}`;
}

/** `no alerts`, `1 alert`, `1 alert, still firing`, `12 alerts, 2 of them still firing` */
export function alertWords(alerts: number, firing: number): string {
  if (alerts === 0) return 'no alerts';
  const all = countedWords(alerts, 'alert');
  if (firing <= 0) return all;
  if (firing === alerts) return `${all}, still firing`;
  return `${all}, ${firing.toLocaleString('en-US')} of them still firing`;
}

/** Without what is told apart: `1,000 lines read: 990 scored, 4 late, 6 set aside (not-json 6)` */
export function describeLines(counts: StreamCounts): string {
  const { lines, deadLetters } = withoutApart(counts);
  const n = (value: number): string => value.toLocaleString('en-US');
  const reasons = Object.entries(deadLetters)
    .filter(([reason]) => reason !== 'late')
    .map(([reason, count]) => `${reason} ${n(count)}`);
  const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
  const waiting = lines.waiting > 0 ? `, ${n(lines.waiting)} waiting for a second of their time` : '';
  return `${n(lines.read)} lines read: ${n(lines.scored)} scored, ${n(lines.late)} late, ${n(lines.setAside)} set aside${why}${waiting}`;
}
