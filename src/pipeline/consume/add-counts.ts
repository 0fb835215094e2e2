// What became of the input of several streams together: of the partitions of a topic, each with counts of its own.
import { APART, type ApartCounts, type Fates, type StreamCounts } from './counts.js';

export function addCounts(all: readonly StreamCounts[]): StreamCounts {
  const sum = (of: (counts: StreamCounts) => number): number =>
    all.reduce((total, counts) => total + of(counts), 0);
  const fates = (of: (counts: StreamCounts) => Fates): Fates => ({
    read: sum((counts) => of(counts).read),
    scored: sum((counts) => of(counts).scored),
    late: sum((counts) => of(counts).late),
    setAside: sum((counts) => of(counts).setAside),
    waiting: sum((counts) => of(counts).waiting),
  });
  const aparts = all.flatMap(({ apart }) => apart ?? []);
  const reasons = [...new Set(all.flatMap(({ deadLetters }) => Object.keys(deadLetters)))].sort();
  return {
    records: fates(({ records }) => records),
    lines: fates(({ lines }) => lines),
    deadLetters: Object.fromEntries(
      reasons.map((reason) => [reason, sum(({ deadLetters }) => deadLetters[reason] ?? 0)]),
    ),
    windows: sum(({ windows }) => windows),
    corrections: sum(({ corrections }) => corrections),
    alertsOpened: sum(({ alertsOpened }) => alertsOpened),
    alertsResolved: sum(({ alertsResolved }) => alertsResolved),
    lost: sum(({ lost }) => lost ?? 0),
    recreated: sum(({ recreated }) => recreated ?? 0),
    ...(aparts.length === 0
      ? {}
      : {
          apart: Object.fromEntries(
            APART.map((name) => [name, aparts.reduce((total, each) => total + each[name], 0)]),
          ) as ApartCounts,
        }),
  };
}
