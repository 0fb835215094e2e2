// What became of the input, in a line for a person.
import { type StreamCounts, withoutApart } from './counts.js';

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
