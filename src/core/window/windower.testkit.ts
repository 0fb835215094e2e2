// A windower under test: feeds it records, ticks and restarts, and keeps what it issued in a form that can be compared.
import * as fc from 'fast-check';
import { arbLogLike } from '../log-like.testkit.js';
import type { LogRecord, RejectReason } from '../record.js';
import { createLineTypeKeys, type LineType } from './line-type.js';
import type { Pane } from './pane.js';
import type { WindowSpec } from './window-spec.js';
import type { WindowSink } from './issue-windows.js';
import { createWindower, type WindowerSnapshot } from './windower.js';

/** Small enough that a few hundred records fill more than 40 windows and meet every horizon. */
export const TEST_SPEC: WindowSpec = {
  windowMs: 10_000,
  hopMs: 10_000,
  groupBy: 'service',
  allowedLatenessMs: 3000,
  correctionMs: 25_000,
  maxSilenceMs: 120_000,
  maxJumpMs: 3_600_000,
  maxSources: 100,
};
export const SLIDING: WindowSpec = { ...TEST_SPEC, hopMs: 2500 };
export const REACH_WINDOWS = 4;
/** Templates of the dictionary that `templateOf` pretends there is. */
const TEMPLATE_COUNT = 7;

export interface Issued {
  readonly source: string;
  readonly endHop: number;
  readonly revision: number;
  readonly records: number;
  /** Everything the window and those before it held, spelled out: what any feature could be made of. */
  readonly content: string;
}

export interface Outcome {
  /** Every issue, in order. */
  readonly issued: readonly Issued[];
  /** Highest revision of each window, by source and time. */
  readonly final: readonly Issued[];
  readonly taken: number;
  readonly late: readonly LogRecord[];
  readonly setAside: readonly (readonly [LogRecord, RejectReason])[];
}

export type Feed =
  | { readonly kind: 'record'; readonly record: LogRecord }
  | { readonly kind: 'tick'; readonly eventTimeMs: number }
  | { readonly kind: 'restart' };

export interface RunOptions {
  readonly spec?: WindowSpec;
  readonly issue?: 'early' | 'final';
  /** Whether the input ends; true unless told otherwise. */
  readonly end?: boolean;
}

export function run(feeds: readonly Feed[], options: RunOptions = {}): Outcome {
  const { spec = TEST_SPEC, issue = 'early', end = true } = options;
  const issued: Issued[] = [];
  const late: LogRecord[] = [];
  const setAside: [LogRecord, RejectReason][] = [];
  let taken = 0;
  const start = (restored?: WindowerSnapshot) => {
    const keys = createLineTypeKeys(TEMPLATE_COUNT, []);
    const wantsExample = (_source: string, key: number): boolean => keys.read(key).severityClass >= 4;
    const windower = createWindower(
      { spec, reachWindows: REACH_WINDOWS, issue, keys, wantsExample },
      restored,
    );
    return { keys, windower };
  };
  let { keys, windower } = start();
  const sink: WindowSink = {
    onDue: ({ source, endHop, revision }) => {
      const history = windower.history(source, endHop, REACH_WINDOWS);
      issued.push({
        source,
        endHop,
        revision,
        records: history.at(-1)!.records,
        content: history.map((pane) => spellPane(pane, (key) => keys.read(key))).join('\n'),
      });
    },
    onTaken: () => {
      taken++;
    },
    onLate: (record) => late.push(record),
    onSetAside: (record, reason) => setAside.push([record, reason]),
  };
  for (const feed of feeds) {
    if (feed.kind === 'record') windower.add(feed.record, templateOf(feed.record), sink);
    else if (feed.kind === 'tick') windower.tick(feed.eventTimeMs, sink);
    else ({ keys, windower } = start(JSON.parse(JSON.stringify(windower.snapshot())) as WindowerSnapshot));
  }
  if (end) windower.end(sink);
  return { issued, final: finalOf(issued), taken, late, setAside };
}

/** A cheap stand-in for a matcher: lines that begin alike share a template, and two of them are new. */
function templateOf({ body }: LogRecord): number | { readonly id: string; readonly text: string } {
  const word = body.slice(0, body.indexOf(' '));
  const index = ['GET', 'session', 'cache', 'heartbeat', 'slow', 'payment', 'feature'].indexOf(word);
  return index >= 0 ? index : { id: word, text: `${word} <*>` };
}

/** All that a pane holds, in its order, in a short form. */
function spellPane(pane: Pane, read: (key: number) => LineType): string {
  const spell = (key: number | string): string => {
    if (typeof key === 'string') return key;
    const { service, severityClass, templateIndex } = read(key);
    return `${service}/${severityClass}/${templateIndex}`;
  };
  if (pane.records === 0) return `${pane.hop} empty`;
  const types = [...pane.lineTypes].map(([key, count]) => `${spell(key)}=${count}`);
  const fresh = [...pane.newTemplates].map(([key, { count }]) => `${key}=${count}`);
  const examples = [...pane.examples].map(([key, line]) => `${spell(key)}:${line}`);
  return [pane.hop, pane.records, ...pane.severityCounts, ...types, ...fresh, ...examples].join(' ');
}

export function finalOf(issued: readonly Issued[]): readonly Issued[] {
  const byWindow = new Map<string, Issued>();
  for (const each of issued) {
    const known = byWindow.get(`${each.source}|${each.endHop}`);
    if (!known || known.revision <= each.revision) byWindow.set(`${each.source}|${each.endHop}`, each);
  }
  return [...byWindow.values()].sort((a, b) =>
    a.source === b.source ? a.endHop - b.endHop : a.source < b.source ? -1 : 1,
  );
}

export const withoutRevision = (rows: readonly Issued[]): unknown =>
  rows.map(({ source, endHop, records, content }) => ({ source, endHop, records, content }));

export const feedsOf = (records: readonly LogRecord[]): readonly Feed[] =>
  records.map((record) => ({ kind: 'record', record }));

export const arbRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 300, slips: true });
export const arbSteadyRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 300, slips: false });
export const arbSpec = fc.constantFrom<WindowSpec>(
  TEST_SPEC,
  SLIDING,
  { ...TEST_SPEC, groupBy: 'all' },
  { ...SLIDING, groupBy: 'all', correctionMs: 0 },
  { ...TEST_SPEC, allowedLatenessMs: 0, maxSources: 2 },
);

/**
 * Puts something of one's own between the feeds, at places spread over all of them.
 *
 * @param at one share of the way (0 to 1) for each insertion
 */
export function insertAt<T>(
  feeds: readonly Feed[],
  insertions: readonly { readonly at: number; readonly what: T }[],
  make: (what: T, place: number) => Feed,
): readonly Feed[] {
  const places = insertions
    .map(({ at, what }) => ({ place: Math.floor(at * feeds.length), what }))
    .sort((a, b) => a.place - b.place);
  const result: Feed[] = [];
  let next = 0;
  feeds.forEach((feed, index) => {
    for (; places[next]?.place === index; next++) result.push(make(places[next]!.what, index));
    result.push(feed);
  });
  return result;
}
