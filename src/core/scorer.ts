// The whole way from a record to an alert, and the only one: replay and stream are both a loop around `push`.
import type { Artifact } from './artifact.js';
import type { LogRecord, RejectReason } from './record.js';
import { createWindowScorer, type WindowRow } from './score-window.js';
import { createMatcher } from './template/miner.js';
import { NEW_TEMPLATE, type TemplateMatcher } from './template/template.js';
import { createMutes } from './tuning.js';
import { isLineTypeClass, type NewTemplate } from './window/add-to-pane.js';
import { createLineTypeKeys } from './window/line-type.js';
import { severityClassOf } from './window/pane.js';
import { OTHER_SOURCE } from './window/window-spec.js';
import type { WindowSink } from './window/issue-windows.js';
import { createWindower, type WindowerSnapshot } from './window/windower.js';

export interface ScorerSink {
  /** A window is to be shown, and will be scored next. */
  onDue?(): void;
  onRow(row: WindowRow): void;
  /**
   * A record was counted into its windows, and its body was looked at: those of DEBUG and TRACE are not.
   *
   * @param template index in the artifact's dictionary, or what describes one that it does not hold
   * @param service who wrote it, or what all those stand under for whom there is no room
   */
  onMatched?(record: LogRecord, template: NewTemplate | number, service: string): void;
  /** A record that no window took, for the keeping aside. */
  onRefused?(record: LogRecord, reason: RejectReason | 'late'): void;
}

/** Records by what became of them; `scored + late + setAside` and those still waiting are all that were pushed. */
export interface RecordCounts {
  readonly scored: number;
  readonly late: number;
  readonly setAside: number;
}

/** Plain JSON; belongs to one artifact. */
export interface ScorerSnapshot {
  readonly artifactVersion: string;
  readonly windows: WindowerSnapshot;
  readonly counts: RecordCounts;
}

export interface Scorer {
  /** How far before the start of a window the records begin that its row depends on, ms. */
  readonly reachMs: number;
  push(record: LogRecord, sink: ScorerSink): void;
  /** Somebody's clock says that event time has come at least this far. */
  tick(eventTimeMs: number, sink: ScorerSink): void;
  /**
   * The input is over: closes every window.
   *
   * @param elsewhereMs greatest event time in the parts of the input that other scorers read
   */
  end(sink: ScorerSink, elsewhereMs?: number): void;
  /** Greatest event time that was believed of any source; undefined before the first. */
  maxEventTimeMs(): number | undefined;
  counts(): RecordCounts;
  /** Records that wait for their source's clock to be confirmed: in no count so far. */
  waiting(): number;
  snapshot(): ScorerSnapshot;
}

export interface ScorerOptions {
  /** `early` shows a window once it closes and corrects it; `final` shows it once nothing can change it. */
  readonly issue: 'early' | 'final';
  /** What sources beyond the window spec's `maxSources` are counted under: of several scorers each has its own. */
  readonly otherSource?: string | undefined;
}

/** @throws Error when `restored` belongs to another artifact */
export function createScorer(
  artifact: Omit<Artifact, 'probe'>,
  options: ScorerOptions,
  restored?: ScorerSnapshot,
): Scorer {
  if (restored && restored.artifactVersion !== artifact.version)
    throw new Error(
      `the stored state belongs to artifact ${restored.artifactVersion}, this is ${artifact.version}: start with an empty store or load the former`,
    );
  const { spec, dictionary } = artifact;
  const matcher = createMatcher(dictionary);
  const services = new Set(spec.vocabularies.flatMap(({ types }) => types.map(({ service }) => service)));
  const keys = createLineTypeKeys(
    dictionary.templates.length,
    [...services],
    spec.window.groupBy === 'all' ? OTHER_SOURCE : undefined,
  );
  const windows = createWindowScorer(artifact, keys, {
    history: (source, endHop, count) => windower.history(source, endHop, count),
    firstEndHop: (source) => windower.firstEndHop(source),
  });
  const windower = createWindower(
    {
      spec: spec.window,
      reachWindows: windows.reachWindows,
      issue: options.issue,
      keys,
      wantsExample: (source, key) => windows.wantsExample(source, key),
      otherSource: options.otherSource,
      isMuted: createMutes(
        dictionary.templates.map(({ id }) => id),
        artifact.tuning,
      ),
    },
    restored?.windows,
  );
  const counts = { scored: 0, late: 0, setAside: 0, ...restored?.counts };

  // one sink for all calls, turned to whoever calls: an object a record would cost more than the counting
  let outside: ScorerSink = { onRow: () => {} };
  const inside: WindowSink = {
    onDue: (window) => {
      outside.onDue?.();
      outside.onRow(windows.rowOf(window));
    },
    onTaken: (record, template, source) => {
      counts.scored++;
      if (outside.onMatched === undefined || template === NEW_TEMPLATE) return;
      const isApart = spec.window.groupBy === 'service';
      const service = isApart ? source : services.has(record.source) ? record.source : OTHER_SOURCE;
      outside.onMatched(record, template, service);
    },
    onLate: (record) => {
      counts.late++;
      outside.onRefused?.(record, 'late');
    },
    onSetAside: (record, reason) => {
      counts.setAside++;
      outside.onRefused?.(record, reason);
    },
  };

  return {
    reachMs: windows.reachWindows * spec.window.hopMs,
    push: (record, sink) => {
      outside = sink;
      windower.add(record, templateOf(matcher, record), inside);
    },
    tick: (eventTimeMs, sink) => {
      outside = sink;
      windower.tick(eventTimeMs, inside);
    },
    end: (sink, elsewhereMs) => {
      outside = sink;
      windower.end(inside, elsewhereMs);
    },
    maxEventTimeMs: () => windower.maxEventTimeMs(),
    counts: () => ({ ...counts }),
    waiting: () => windower.waiting(),
    snapshot: () => ({
      artifactVersion: artifact.version,
      windows: windower.snapshot(),
      counts: { ...counts },
    }),
  };
}

/** As the windower takes it. Records of a severity whose bodies are not looked at have none. */
export function templateOf(
  matcher: TemplateMatcher,
  { severity, body }: Pick<LogRecord, 'severity' | 'body'>,
): NewTemplate | number {
  if (!isLineTypeClass(severityClassOf(severity))) return NEW_TEMPLATE;
  const index = matcher.match(body);
  return index === NEW_TEMPLATE ? matcher.describeNew(body) : index;
}
