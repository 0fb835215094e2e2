// Stage times as a table for a person, and beside it the clocks that disagree.
import type { LatencyReport } from './latency.js';
import { clocksOf, isSinceEvent, type Stage } from './stages.js';
import type { Durations, StageReport } from './telemetry.js';

export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  eventToAppend: 'logged → at the broker',
  appendToRead: 'at the broker → read',
  eventToRead: 'logged → read',
  readToStarted: 'read → processing',
  startedToScored: 'processing → scored',
  startedToEligible: 'processing → window closes',
  eligibleToScored: 'window closes → scored',
  scoredToCommit: 'scored → committing',
  commitToStored: 'committing → stored',
  storedToEmitted: 'stored → alert sent',
  emittedToDelivered: 'alert sent → delivered',
  eventToScored: 'logged → scored',
  endToEligible: 'end of window → window closes',
  eventToAlert: 'start of window → delivered',
};

/** Whole lines. */
export function latencyTable(report: LatencyReport): string {
  const { windows, alertEvents } = report;
  const parts = [
    `${windows.live} live windows and ${alertEvents.live} alert events, milliseconds`,
    stageTable(report.live),
  ];
  const skewed = Object.entries(report.live).filter(([, { skew }]) => skew !== undefined);
  if (skewed.length > 0)
    parts.push(
      'clocks that disagree: durations below zero, by their size; in no stage above',
      skewTable(report.live),
    );
  if (windows.backfill + alertEvents.backfill > 0)
    parts.push(
      `${windows.backfill} windows and ${alertEvents.backfill} alert events of history, milliseconds`,
      stageTable(report.backfill),
    );
  if (windows.unstamped > 0) parts.push(`${windows.unstamped} windows were stored before there were stamps`);
  return `${parts.join('\n\n')}\n`;
}

export function stageTable(report: StageReport): string {
  const rows = stagesOf(report).flatMap(([stage, times]) =>
    times.count === 0 ? [] : [[STAGE_WORDS[stage], ...cellsOf(times)]],
  );
  return aligned([['stage', 'count', 'p50', 'p95', 'p99', 'max'], ...rows]);
}

function skewTable(report: StageReport): string {
  const rows = stagesOf(report).flatMap(([stage, { skew }]) => {
    if (skew === undefined) return [];
    const [from, to] = clocksOf(stage);
    const whose = isSinceEvent(stage) ? `${to} behind ${from}` : `${to} set back`;
    return [[STAGE_WORDS[stage], whose, ...cellsOf(skew)]];
  });
  return aligned([['stage', 'clock', 'count', 'p50', 'p95', 'p99', 'max'], ...rows]);
}

function stagesOf(report: StageReport): readonly (readonly [Stage, NonNullable<StageReport[Stage]>])[] {
  return Object.entries(report) as [Stage, NonNullable<StageReport[Stage]>][];
}

function cellsOf({ count, p50, p95, p99, max }: Durations): readonly string[] {
  return [String(count), ...[p50, p95, p99, max].map(showMs)];
}

/** Three figures are more than a bucket of 1 % holds. */
function showMs(durationMs: number): string {
  return durationMs >= 100 ? durationMs.toFixed(0) : durationMs.toFixed(durationMs >= 10 ? 1 : 2);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const isWords = rows[0]!.map((name) => name === 'stage' || name === 'clock');
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          isWords[column] ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
