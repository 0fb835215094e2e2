// The line that tells an anomaly from the hours before it: what its service wrote more or less often, for the first
// time, or with longer durations in it, as it stood in the log.
import type { LogRecord } from '../../core/record.js';
import type { Label } from '../labels.js';
import type { ExploredLog } from './explored-log.js';

export interface TellingLine {
  readonly kind: string;
  readonly service: string;
  readonly change: 'new' | 'more often' | 'less often' | 'slower' | 'nothing to see';
  /** Records of its template expected in as long a time, from the hours before; one decimal. */
  readonly usual: number;
  /** Records of its template during the anomaly. */
  readonly during: number;
  /** Headline of such a record, at most MAX_LINE characters; untrusted text. Empty when there is nothing to see. */
  readonly line: string;
}

const MAX_LINE = 110;
/** What is usual is read off so much time before, without other anomalies of the service. */
const BEFORE_MS = 3 * 3_600_000;
/** In square roots of counts, where chance has a spread of about 1/2 whatever the count. */
const LEAST_CHANGE = 1.5;
const LEAST_SLOWDOWN = 2;
/** Durations compared on each side, at least. */
const LEAST_DURATIONS = 5;

interface Tally {
  before: number;
  during: number;
  /** Index of the first record during the anomaly, or else of the last before it. */
  example: number;
  isKnown: boolean;
  readonly durationsBefore: number[];
  readonly durationsDuring: number[];
}

/** @param labels all of them: what other anomalies wrote is not usual */
export function tellingLine(log: ExploredLog, label: Label, labels: readonly Label[]): TellingLine {
  const own = labels.filter((each) => each !== label && each.services.includes(label.rootService));
  const fromMs = label.startMs - BEFORE_MS;
  const scale = (label.endMs - label.startMs) / healthyMs(own, fromMs, label.startMs);
  const tallies = tallyTemplates(log, label, own, fromMs);
  const changeOf = ({ before, during }: Tally): number => Math.sqrt(during) - Math.sqrt(before * scale);

  const moved = greatest(tallies, (tally) => Math.abs(changeOf(tally)));
  const slowed = greatest(tallies, slowdownOf);
  const describe = (tally: Tally, change: TellingLine['change']): TellingLine => ({
    kind: label.kind,
    service: label.rootService,
    change,
    usual: Math.round(10 * tally.before * scale) / 10,
    during: tally.during,
    line: change === 'nothing to see' ? '' : headline(log.records[tally.example]!),
  });
  if (moved && Math.abs(changeOf(moved)) >= LEAST_CHANGE)
    return describe(moved, changeOf(moved) < 0 ? 'less often' : moved.isKnown ? 'more often' : 'new');
  if (slowed && slowdownOf(slowed) >= LEAST_SLOWDOWN) return describe(slowed, 'slower');
  return describe(moved ?? createTally(-1), 'nothing to see');
}

function createTally(example: number): Tally {
  return { before: 0, during: 0, example, isKnown: false, durationsBefore: [], durationsDuring: [] };
}

function tallyTemplates(
  { records, templateOf }: ExploredLog,
  label: Label,
  others: readonly Label[],
  fromMs: number,
): readonly Tally[] {
  const tallies = new Map<number, Tally>();
  records.forEach((record, index) => {
    const { source, eventTimeMs, body } = record;
    if (source !== label.rootService || eventTimeMs >= label.endMs) return;
    const template = templateOf[index]!;
    let tally = tallies.get(template);
    if (!tally) tallies.set(template, (tally = createTally(index)));
    if (eventTimeMs >= label.startMs) {
      if (tally.during++ === 0) tally.example = index;
      tally.durationsDuring.push(...durationsIn(body));
      return;
    }
    tally.isKnown = true;
    tally.example = index;
    if (eventTimeMs < fromMs || others.some((other) => isWithin(eventTimeMs, other))) return;
    tally.before++;
    tally.durationsBefore.push(...durationsIn(body));
  });
  return [...tallies.values()];
}

/** Ratio of the median durations during and before; 0 when there are too few to compare. */
function slowdownOf({ durationsBefore, durationsDuring }: Tally): number {
  if (Math.min(durationsBefore.length, durationsDuring.length) < LEAST_DURATIONS) return 0;
  return median(durationsDuring) / Math.max(1, median(durationsBefore));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** Numbers with a unit of time, in ms. */
function durationsIn(body: string): readonly number[] {
  return [...body.matchAll(/(\d+(?:\.\d+)?) ?ms\b/g)].map((match) => Number(match[1]));
}

function healthyMs(others: readonly Label[], fromMs: number, toMs: number): number {
  const lost = others.reduce(
    (sum, { startMs, endMs }) => sum + Math.max(0, Math.min(endMs, toMs) - Math.max(startMs, fromMs)),
    0,
  );
  // labels of one service may overlap; something is always left to divide by
  return Math.max(60_000, toMs - fromMs - lost);
}

function isWithin(timeMs: number, { startMs, endMs }: Label): boolean {
  return timeMs >= startMs && timeMs < endMs;
}

/** The first of the items with the greatest value. */
function greatest(items: readonly Tally[], valueOf: (item: Tally) => number): Tally | undefined {
  let best: Tally | undefined;
  for (const item of items) if (!best || valueOf(item) > valueOf(best)) best = item;
  return best;
}

function headline({ body }: LogRecord): string {
  const lines = body.trimEnd().split('\n');
  // Python names the error in the last line of a trace, under a heading
  const line = lines.length > 1 && lines[0]!.endsWith(':') ? `${lines[0]} … ${lines.at(-1)}` : lines[0]!;
  return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line;
}
