// What became of every line and record of a stream, over all runs. The counts add up to what came in, always.
import type { AlertEvent } from '../../core/alert-event.js';
import type { LogRecord, Read, RejectReason } from '../../core/record.js';

/** Plain JSON. */
export interface Fates {
  readonly read: number;
  /** Counted into a window, shown yet or not. */
  readonly scored: number;
  readonly late: number;
  readonly setAside: number;
  /** Of a clock not yet confirmed by its neighbours; `read` less the other three. */
  readonly waiting: number;
}

/** Plain JSON, stored with every commit. */
export interface StreamCounts {
  readonly records: Fates;
  /** A record of several lines counts them all. */
  readonly lines: Fates;
  /** Dead letters by reason, `late` among them. */
  readonly deadLetters: Readonly<Record<string, number>>;
  /** Windows shown for the first time. */
  readonly windows: number;
  /** Windows shown again. */
  readonly corrections: number;
  /** Alerts, each once: one that opens again is the one that it was. */
  readonly alertsOpened: number;
  /** Of these, those that are over. */
  readonly alertsResolved: number;
  /** Messages that the input no longer held when they were asked for: never read, so in no other count. */
  readonly lost: number;
  /** How often another input of the same name took the place of the one read so far. */
  readonly recreated: number;
  /** Of all these, those of sources that are told apart; left out where there is none. */
  readonly apart?: ApartCounts;
  /** The input was once read up to what was just being written: only what is stored says so. */
  readonly wasLive?: true;
}

/** Plain JSON. Their records are one line each. */
export type ApartCounts = Readonly<Record<(typeof APART)[number], number>>;

export const APART = [
  'read',
  'late',
  'setAside',
  'windows',
  'corrections',
  'alertsOpened',
  'alertsResolved',
] as const;

/** What an artifact adds to the records that all of a stream read alike. */
const SPOKEN = ['windows', 'corrections', 'alertsOpened', 'alertsResolved'] as const;
type Spoken = Readonly<Record<(typeof SPOKEN)[number], number>>;
/** Plain JSON. */
export type SpokenCounts = Spoken & { readonly apart?: Spoken };

/** With windows and alerts of others that spoke for the same records. */
export function withSpoken(counts: StreamCounts, others: readonly SpokenCounts[]): StreamCounts {
  const counter = createCounter(counts);
  for (const each of others) counter.absorb(each);
  return { ...counts, ...counter.counts(counts.records.scored) };
}

export interface Counter {
  onRead(read: Read): void;
  /** @returns how many of its reason there were before */
  onRefused(record: LogRecord, reason: RejectReason | 'late'): number;
  /** @returns as `onRefused`, of a line that is no record */
  onRejected(read: Read & { ok: false }): number;
  onWindow(source: string, isCorrection: boolean): void;
  onAlert(event: Pick<AlertEvent, 'source' | 'type' | 'reason'>): void;
  /** Adds windows and alerts that another artifact spoke for on the same records. */
  absorb(former: SpokenCounts): void;
  /** Gives its own away. */
  handOver(): SpokenCounts;
  onLost(messages: number): void;
  onRecreated(): void;
  /** @param scoredRecords as the scorer counts them, over all runs */
  counts(scoredRecords: number): StreamCounts;
}

/** @param isApart sources that are told apart */
export function createCounter(
  restored?: StreamCounts,
  isApart: (source: string) => boolean = () => false,
): Counter {
  const apart: Record<keyof ApartCounts, number> = { ...NOTHING_APART, ...restored?.apart };
  const note = (source: string, what: keyof ApartCounts, change = 1): void => {
    if (isApart(source)) apart[what] += change;
  };
  const records = { read: 0, late: 0, setAside: 0, ...restored?.records };
  const lines = { read: 0, late: 0, setAside: 0, ...restored?.lines };
  const deadLetters = new Map(Object.entries(restored?.deadLetters ?? {}));
  // what an earlier version stored may lack some
  let {
    windows = 0,
    corrections = 0,
    alertsOpened = 0,
    alertsResolved = 0,
    lost = 0,
    recreated = 0,
  }: Partial<StreamCounts> = restored ?? {};
  // most records are one line: only the others are remembered until it is known what becomes of them
  const linesOf = new WeakMap<LogRecord, number>();
  const next = (reason: string): number => {
    const before = deadLetters.get(reason) ?? 0;
    deadLetters.set(reason, before + 1);
    return before;
  };

  return {
    onRead: (read) => {
      lines.read += read.lines;
      if (!read.ok) return;
      records.read++;
      note(read.record.source, 'read');
      if (read.lines !== 1) linesOf.set(read.record, read.lines);
    },
    onRefused: (record, reason) => {
      const fate = reason === 'late' ? 'late' : 'setAside';
      records[fate]++;
      note(record.source, fate);
      lines[fate] += linesOf.get(record) ?? 1;
      return next(reason);
    },
    onRejected: (read) => {
      lines.setAside += read.lines;
      return next(read.reason);
    },
    onWindow: (source, isCorrection) => {
      note(source, isCorrection ? 'corrections' : 'windows');
      if (isCorrection) corrections++;
      else windows++;
    },
    onAlert: ({ source, type, reason }) => {
      if (type === 'updated') return;
      if (type === 'opened' && reason !== 'reopened') {
        note(source, 'alertsOpened');
        alertsOpened++;
        return;
      }
      const change = type === 'resolved' ? 1 : -1;
      note(source, 'alertsResolved', change);
      alertsResolved += change;
    },
    absorb: (former) => {
      windows += former.windows;
      corrections += former.corrections;
      alertsOpened += former.alertsOpened;
      alertsResolved += former.alertsResolved;
      for (const what of SPOKEN) apart[what] += former.apart?.[what] ?? 0;
    },
    handOver: () => {
      const given = { windows, corrections, alertsOpened, alertsResolved, apart: { ...apart } };
      windows = corrections = alertsOpened = alertsResolved = 0;
      for (const what of SPOKEN) apart[what] = 0;
      return given;
    },
    onLost: (messages) => {
      lost += messages;
    },
    onRecreated: () => {
      recreated++;
    },
    counts: (scoredRecords) => {
      const waiting = records.read - records.late - records.setAside - scoredRecords;
      return {
        records: {
          read: records.read,
          scored: scoredRecords,
          late: records.late,
          setAside: records.setAside,
          waiting,
        },
        lines: {
          read: lines.read,
          scored: lines.read - lines.late - lines.setAside - waiting,
          late: lines.late,
          setAside: lines.setAside,
          waiting,
        },
        deadLetters: Object.fromEntries([...deadLetters].sort(([a], [b]) => (a < b ? -1 : 1))),
        windows,
        corrections,
        alertsOpened,
        alertsResolved,
        lost,
        recreated,
        ...(Object.values(apart).some((count) => count > 0) ? { apart: { ...apart } } : {}),
      };
    },
  };
}

/** As whoever joins a stream begins: with its records, and nothing spoken for. */
export function withoutSpoken(counts: StreamCounts): StreamCounts {
  const counter = createCounter(counts);
  counter.handOver();
  return { ...counts, ...counter.counts(counts.records.scored) };
}

const NOTHING_APART = Object.fromEntries(APART.map((name) => [name, 0])) as ApartCounts;

/** As they would be without what is told apart: what people and metrics are told. */
export function withoutApart({ apart = NOTHING_APART, ...counts }: StreamCounts): StreamCounts {
  const { read, late, setAside } = apart;
  const less = (fates: Fates): Fates => ({
    read: fates.read - read,
    scored: fates.scored - (read - late - setAside),
    late: fates.late - late,
    setAside: fates.setAside - setAside,
    waiting: fates.waiting,
  });
  return {
    ...counts,
    records: less(counts.records),
    lines: less(counts.lines),
    windows: counts.windows - apart.windows,
    corrections: counts.corrections - apart.corrections,
    alertsOpened: counts.alertsOpened - apart.alertsOpened,
    alertsResolved: counts.alertsResolved - apart.alertsResolved,
  };
}
