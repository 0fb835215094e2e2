// What became of every line that was read. The three counts add up to the lines, always.
import type { LogRecord, Read, RejectReason } from '../../core/record.js';
import type { RecordCounts } from '../../core/scorer.js';
import { showUnsafe } from '../../core/unsafe-characters.js';

/** In lines of the input; a record of several lines counts them all. */
export interface LineCounts {
  readonly read: number;
  readonly scored: number;
  readonly late: number;
  readonly setAside: number;
}

export interface Tally {
  readonly lines: LineCounts;
  readonly records: RecordCounts & { readonly read: number };
  /** Lines set aside, by reason. */
  readonly setAsideReasons: Readonly<Record<string, number>>;
  /** The first line set aside for each reason, as `file:line: text`. */
  readonly examples: Readonly<Record<string, string>>;
}

/** Plain JSON: what a later run goes on from. */
export interface TallySnapshot {
  readonly lines: readonly [read: number, late: number, setAside: number];
  readonly records: readonly [read: number, late: number, setAside: number];
  readonly reasons: readonly (readonly [string, number])[];
  readonly examples: readonly (readonly [string, string])[];
}

export interface TallyKeeper {
  /** Something was read from an input. */
  onRead(read: Read, file: string): void;
  /** A record that was read is in no window. */
  onRefused(record: LogRecord, reason: RejectReason | 'late'): void;
  tally(): Tally;
  snapshot(): TallySnapshot;
}

const EXAMPLE_LENGTH = 200;

export function createTally(restored?: TallySnapshot): TallyKeeper {
  let [linesRead, linesLate, linesSetAside] = restored?.lines ?? [0, 0, 0];
  let [recordsRead, recordsLate, recordsSetAside] = restored?.records ?? [0, 0, 0];
  const reasons = new Map(restored?.reasons);
  const examples = new Map(restored?.examples);
  const linesOf = new WeakMap<LogRecord, number>();
  const setAside = (reason: string, lines: number): void => {
    linesSetAside += lines;
    reasons.set(reason, (reasons.get(reason) ?? 0) + lines);
  };

  return {
    onRead: (read, file) => {
      linesRead += read.lines;
      if (read.ok) {
        recordsRead++;
        if (read.lines > 1) linesOf.set(read.record, read.lines);
      } else {
        setAside(read.reason, read.lines);
        if (!examples.has(read.reason))
          examples.set(read.reason, `${file}:${read.line}: ${showUnsafe(read.raw.slice(0, EXAMPLE_LENGTH))}`);
      }
    },
    onRefused: (record, reason) => {
      const lines = linesOf.get(record) ?? 1;
      if (reason === 'late') {
        recordsLate++;
        linesLate += lines;
      } else {
        recordsSetAside++;
        setAside(reason, lines);
      }
    },
    tally: () => ({
      lines: {
        read: linesRead,
        scored: linesRead - linesLate - linesSetAside,
        late: linesLate,
        setAside: linesSetAside,
      },
      records: {
        read: recordsRead,
        scored: recordsRead - recordsLate - recordsSetAside,
        late: recordsLate,
        setAside: recordsSetAside,
      },
      setAsideReasons: Object.fromEntries([...reasons].sort(byReason)),
      examples: Object.fromEntries([...examples].sort(byReason)),
    }),
    snapshot: () => ({
      lines: [linesRead, linesLate, linesSetAside],
      records: [recordsRead, recordsLate, recordsSetAside],
      reasons: [...reasons],
      examples: [...examples],
    }),
  };
}

function byReason([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One line for a person: `1,000 lines read: 990 scored, 4 late, 6 set aside (not-json 6)`. */
export function describeTally({ lines, setAsideReasons, examples }: Tally): string {
  const n = (value: number): string => value.toLocaleString('en-US');
  const reasons = Object.entries(setAsideReasons).map(([reason, count]) => `${reason} ${n(count)}`);
  const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
  const [example] = Object.values(examples);
  const advice =
    lines.scored === 0 && example !== undefined
      ? `\nnone could be read; first: ${example}\nname the format with --format, or its fields with --pattern (and --time-format)`
      : '';
  return `${n(lines.read)} lines read: ${n(lines.scored)} scored, ${n(lines.late)} late, ${n(lines.setAside)} set aside${why}${advice}`;
}
