// Cuts each source's records into windows by event time, says when a window is due, and says it again when a record
// within the correction horizon changed it. What a window finally holds depends on its source's records alone:
// a tick decides only when it is first shown.
import type { LogRecord } from '../record.js';
import { addToPane, type PaneAdding, type NewTemplate } from './add-to-pane.js';
import { createIssue, hasBegun, markDirty, type WindowSink } from './issue-windows.js';
import type { LineTypeKeys } from './line-type.js';
import { createPane, mergePane, type Pane } from './pane.js';
import { createSourceState, restoreSource, snapshotSource } from './source-state.js';
import type { SourceSnapshot, SourceState } from './source-state.js';
import { passGate } from './time-gate.js';
import { ALL_SOURCES, OTHER_SOURCE, type WindowSpec } from './window-spec.js';

export interface WindowerOptions {
  readonly spec: WindowSpec;
  /** Windows before a window that its row depends on: its rolling horizon and its hold. */
  readonly reachWindows: number;
  /** `early`: each window once it closes, and corrections. `final`: each window once, when nothing can change it. */
  readonly issue: 'early' | 'final';
  readonly keys: LineTypeKeys;
  /** Whether the first raw line of this line type in a pane is worth keeping. */
  readonly wantsExample: (source: string, key: number) => boolean;
  /** As `addToPane` has it. */
  readonly isMuted?: PaneAdding['isMuted'];
  /** What sources beyond `maxSources` are counted under. Default OTHER_SOURCE. */
  readonly otherSource?: string | undefined;
}

export interface WindowerSnapshot {
  readonly sources: readonly SourceSnapshot[];
}

export interface Windower {
  add(record: LogRecord, template: NewTemplate | number, sink: WindowSink): void;
  /** Event time has come at least this far, says somebody's clock. */
  tick(eventTimeMs: number, sink: WindowSink): void;
  /**
   * The input is over: one last tick at the greatest event time in all of it, which closes every window.
   *
   * @param elsewhereMs greatest event time in the parts of the input that others read
   */
  end(sink: WindowSink, elsewhereMs?: number): void;
  /** Greatest event time that was believed of any source; undefined before the first. */
  maxEventTimeMs(): number | undefined;
  /**
   * What the source wrote in the `count` windows that end with `endHop`, oldest first; fewer at the start of its
   * history, and never windows before it. To be read, not changed: some of them are the windower's own.
   */
  history(source: string, endHop: number, count: number): Pane[];
  /** End of the first window of the source's history, in hops; Infinity for a source without one. */
  firstEndHop(source: string): number;
  /** Records that wait for their clock to be confirmed: neither taken nor refused so far. */
  waiting(): number;
  snapshot(): WindowerSnapshot;
}

interface Waiting {
  readonly record: LogRecord;
  readonly template: NewTemplate | number;
}

type State = SourceState<Waiting>;

/**
 * - A source's own time is the greatest event time of its records that is believed (the very first one is). A window is
 *   due once own time is `allowedLatenessMs` beyond its end, and final `correctionMs` after that: a record for a
 *   pane that ended before is late.
 * - A record in time for a window that was issued issues it again, and with it every window that looks back on it, as
 *   soon as own time or a tick makes the next one due. The end issues all that is outstanding.
 * - Gaps are windows without records, for `maxSilenceMs` after the last record. The record that ends a longer silence
 *   begins a new history; stragglers from before it are late.
 * - A first record that came too early in the input moves the begin of the history back.
 * - A clock that is set back begins a new history too. Its windows replace those of the same time, which keep their
 *   records in the counts but not in the rows.
 *
 * Memory: for each source the panes from the oldest that a row still looks back on; sources are bounded.
 */
export function createWindower(options: WindowerOptions, restored?: WindowerSnapshot): Windower {
  const { spec, keys, otherSource = OTHER_SOURCE } = options;
  const { hopMs } = spec;
  const panesPerWindow = spec.windowMs / hopMs;
  const silenceHops = Math.floor(spec.maxSilenceMs / hopMs);
  const issueDelayMs = spec.allowedLatenessMs + (options.issue === 'final' ? spec.correctionMs : 0);
  const finalDelayMs = spec.allowedLatenessMs + spec.correctionMs;
  const issue = createIssue(spec, panesPerWindow + options.reachWindows);

  const states = new Map<string, State>();
  for (const each of restored?.sources ?? []) states.set(each.source, restoreSource<Waiting>(each, keys));

  const stateOf = (source: string): State => {
    const known = states.get(source);
    if (known) return known;
    if (states.size >= spec.maxSources && source !== otherSource) return stateOf(otherSource);
    const state = createSourceState<Waiting>(source);
    states.set(source, state);
    return state;
  };

  const admit = (
    state: State,
    eventTimeMs: number,
    item: Waiting,
    jumped: boolean,
    sink: WindowSink,
  ): void => {
    const hop = Math.floor(eventTimeMs / hopMs);
    const ownTimeMs = state.gate.maxEventTimeMs ?? eventTimeMs;
    if (!hasBegun(state)) {
      state.firstHop = hop;
      state.lastHop = hop;
      state.issuedFromHop = hop;
      state.issuedToHop = hop;
    } else if (jumped || hop > state.lastHop + 1 + silenceHops) {
      issue.startStretch(state, hop, sink);
    } else if ((hop + 1) * hopMs <= ownTimeMs - finalDelayMs || hop < state.floorHop) {
      sink.onLate(item.record);
      return;
    }

    let pane = state.panes.get(hop);
    if (!pane) {
      pane = createPane(hop);
      state.panes.set(hop, pane);
    }
    addToPane(pane, state.source, item.record, item.template, options);
    sink.onTaken(item.record, item.template, state.source);
    if (hop < state.firstHop) {
      state.firstHop = hop;
      if (state.issuedToHop === state.issuedFromHop) {
        state.issuedFromHop = hop;
        state.issuedToHop = hop;
      } else markDirty(state, hop, state.issuedFromHop);
    } else if (hop < state.issuedToHop) markDirty(state, hop, hop);

    if (hop > state.lastHop) state.lastHop = hop;
    const dueHop = Math.floor((ownTimeMs - issueDelayMs) / hopMs);
    if (dueHop > state.ownDueHop || jumped) {
      state.ownDueHop = dueHop;
      issue.settle(state, dueHop, sink);
      issue.prune(state, ownTimeMs);
    }
  };

  const maxEventTimeMs = (): number | undefined => {
    let max: number | undefined;
    for (const { gate } of states.values())
      if (gate.maxEventTimeMs !== undefined) max = Math.max(max ?? gate.maxEventTimeMs, gate.maxEventTimeMs);
    return max;
  };

  return {
    add: (record, template, sink) => {
      const state = stateOf(spec.groupBy === 'all' ? ALL_SOURCES : record.source);
      const { gate } = state;
      const { eventTimeMs } = record;
      const isNear =
        gate.maxEventTimeMs !== undefined && Math.abs(eventTimeMs - gate.maxEventTimeMs) <= spec.maxJumpMs;
      if (isNear && gate.waiting.length === 0) {
        // the common case, without an object
        if (eventTimeMs > gate.maxEventTimeMs!) gate.maxEventTimeMs = eventTimeMs;
        admit(state, eventTimeMs, { record, template }, false, sink);
      } else {
        const verdict = passGate(gate, eventTimeMs, { record, template }, spec.maxJumpMs);
        for (const each of verdict.refused) sink.onSetAside(each.record, 'implausible-time');
        verdict.admitted.forEach((each, index) => {
          // one after the other, as if they had been believed when they came: the last must not make the others late
          if (verdict.jumped)
            gate.maxEventTimeMs =
              index === 0 ? each.eventTimeMs : Math.max(gate.maxEventTimeMs ?? 0, each.eventTimeMs);
          admit(state, each.eventTimeMs, each.item, verdict.jumped && index === 0, sink);
        });
      }
    },

    tick: (eventTimeMs, sink) => {
      const hop = Math.floor((eventTimeMs - issueDelayMs) / hopMs);
      for (const state of states.values()) {
        if ((hop > state.issuedToHop || state.dirty) && hasBegun(state)) issue.settle(state, hop, sink);
      }
    },

    end: (sink, elsewhereMs = Number.NEGATIVE_INFINITY) => {
      const hop = Math.floor(Math.max(maxEventTimeMs() ?? elsewhereMs, elsewhereMs) / hopMs) + 1;
      for (const state of states.values()) {
        for (const each of state.gate.waiting) sink.onSetAside(each.item.record, 'implausible-time');
        state.gate.waiting = [];
        // what a tick from the future has shown already must not stay as it was before its last correction
        if (hasBegun(state)) issue.settle(state, Math.max(hop, state.issuedToHop), sink);
      }
    },

    maxEventTimeMs,

    history: (source, endHop, count) => {
      const state = states.get(source);
      if (!state) return [];
      const from = Math.max(state.firstHop + 1, endHop - count + 1);
      const windows: Pane[] = [];
      for (let end = from; end <= endHop; end++) windows.push(windowAt(state, end));
      return windows;
    },

    firstEndHop: (source) => (states.get(source)?.firstHop ?? Number.POSITIVE_INFINITY) + 1,

    waiting: () => {
      let records = 0;
      for (const { gate } of states.values()) records += gate.waiting.length;
      return records;
    },

    // in the order of their first records, which is the order in which a tick issues them
    snapshot: () => ({ sources: [...states.values()].map((state) => snapshotSource(state, keys)) }),
  };

  function windowAt(state: State, endHop: number): Pane {
    if (panesPerWindow === 1) return state.panes.get(endHop - 1) ?? createPane(endHop - 1);
    const window = createPane(endHop - 1);
    for (let hop = endHop - panesPerWindow; hop < endHop; hop++) {
      const pane = state.panes.get(hop);
      if (pane) mergePane(window, pane);
    }
    return window;
  }
}
