// What an alert is to be rebuilt from later: the records of its source that its windows, and all that those look back on,
// were made of. Kept in memory for all sources, and handed to the commit for those that alert.
import type { AlertEvent } from '../../core/alert-event.js';
import type { LogRecord } from '../../core/record.js';
import { ALL_SOURCES, type WindowSpec } from '../../core/window/window-spec.js';
import type { StoredWindow } from '../ports.js';
import { type AlertLines, packLines } from './alert-lines.js';
import { createLineRing, type KeptLine } from './line-ring.js';

export interface Evidence {
  add(record: LogRecord): void;
  /** The scorer took none of it. */
  refuse(record: LogRecord): void;
  /**
   * For a commit: of the alerts that it tells of, and of those whose windows it corrects.
   *
   * @param isLast nothing is read after it: also of the alerts that are on, which others go on with
   */
  linesOf(
    alerts: readonly AlertEvent[],
    windows: readonly Pick<StoredWindow, 'source' | 'startMs' | 'revision'>[],
    isLast?: boolean,
  ): AlertLines[];
}

export interface EvidenceOptions {
  readonly window: Pick<WindowSpec, 'groupBy' | 'hopMs' | 'maxSources'>;
  /** Before a window that its row depends on. */
  readonly reachMs: number;
  /** Of all lines that are held. */
  readonly maxCharacters: number;
  /** Greatest event time of each source that was read before, ms. */
  readonly readUntilMs: ReadonlyMap<string, number>;
}

/** Of all partitions and sources of a process together; a character takes one byte, or two beyond Latin-1. */
export const EVIDENCE_CHARACTERS = 32 * 2 ** 20;

type ToldAlert = Pick<AlertEvent, 'type' | 'alertId' | 'source' | 'sinceMs'>;

/** Shown before the alert. */
const BEFORE_WINDOWS = 10;
/** Of one alert: no commit waits for more to be packed. */
const MOST_LINES = 20_000;
const MOST_CHARACTERS = 4 * 2 ** 20;

export function createEvidence({ window, reachMs, maxCharacters, readUntilMs }: EvidenceOptions): Evidence {
  const { hopMs, groupBy, maxSources } = window;
  const ring = createLineRing(maxCharacters, maxSources);
  const latest = new Map<string, ToldAlert>();
  let last: LogRecord | undefined;

  const linesOfAlert = ({ alertId, source, sinceMs }: ToldAlert): AlertLines => {
    const service = groupBy === 'all' && source === ALL_SOURCES ? undefined : source;
    const unknownUntilMs = Math.max(
      readUntilMs.get(source) ?? -Infinity,
      ring.lostUntilMs(service) ?? -Infinity,
    );
    const wantedMs = Math.floor((sinceMs - reachMs) / hopMs - BEFORE_WINDOWS) * hopMs;
    const fromMs = Math.max(wantedMs, (Math.floor(unknownUntilMs / hopMs) + 1) * hopMs);
    const lines = ring.lines(service, fromMs);
    const earlierMs = Math.max(unknownUntilMs, ring.latestBefore(service, fromMs));
    const isWhole = earlierMs !== -Infinity || lines.length > 0;
    const rebuildsFromMs =
      !isWhole || isTooMuch(lines) ? null : earlierMs === -Infinity ? fromMs : fromMs + reachMs;
    return {
      alertId,
      source,
      fromMs,
      earlierMs: earlierMs === -Infinity ? null : earlierMs,
      rebuildsFromMs,
      isComplete: rebuildsFromMs !== null && rebuildsFromMs <= sinceMs,
      ...packLines(latestOf(lines)),
    };
  };

  return {
    add: (record) => {
      ring.add(record);
      last = record;
    },
    refuse: (record) => {
      // others waited for their clock to be confirmed: the replay refuses them for the same reason
      if (record === last) ring.takeBack();
    },
    linesOf: (alerts, windows, isLast = false) => {
      const due = new Set<string>();
      for (const alert of alerts) {
        const { type, alertId, source, sinceMs } = alert;
        latest.set(source, { type, alertId, source, sinceMs });
        due.add(source);
      }
      for (const { source, startMs, revision } of windows)
        if (revision > 0 && startMs >= (latest.get(source)?.sinceMs ?? Infinity)) due.add(source);
      for (const { source, type } of isLast ? latest.values() : []) if (type !== 'resolved') due.add(source);
      // an alert that ended in the same commit as the next one began has its own
      const ended = alerts.filter(({ source, alertId }) => latest.get(source)!.alertId !== alertId);
      const told = new Map(
        [...ended, ...[...due].map((source) => latest.get(source)!)].map((each) => [each.alertId, each]),
      );
      return [...told.values()].map(linesOfAlert);
    },
  };
}

function isTooMuch(lines: readonly KeptLine[]): boolean {
  return lines.length > MOST_LINES || lines.reduce((sum, { body }) => sum + body.length, 0) > MOST_CHARACTERS;
}

/** As many as may be stored. */
function latestOf(lines: readonly KeptLine[]): readonly KeptLine[] {
  let characters = 0;
  let first = lines.length;
  while (first > 0 && lines.length - first < MOST_LINES) {
    characters += lines[first - 1]!.body.length;
    if (characters > MOST_CHARACTERS) break;
    first--;
  }
  return lines.slice(first);
}
