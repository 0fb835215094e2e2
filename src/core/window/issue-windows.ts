// Which windows of a source are due, and which are due again because a record within the correction horizon changed them.
import type { LogRecord, RejectReason } from '../record.js';
import type { NewTemplate } from './add-to-pane.js';
import type { SourceState } from './source-state.js';
import type { WindowSpec } from './window-spec.js';

/** A window that is due, or due again: `[endMs - windowMs, endMs)` of `source`. */
export interface DueWindow {
  readonly source: string;
  /** `endMs / hopMs`. */
  readonly endHop: number;
  readonly revision: number;
}

export interface WindowSink {
  onDue(window: DueWindow): void;
  /** A record was counted into the windows of a source: its own, or what stands for it. */
  onTaken(record: LogRecord, template: NewTemplate | number, source: string): void;
  /** Records that no window took, and why. */
  onLate(record: LogRecord): void;
  onSetAside(record: LogRecord, reason: RejectReason): void;
}

type IssuedSource = SourceState<unknown>;

export interface Issue {
  /** Issues again what changed and for the first time what is due, for windows ending at or before `hop`. */
  settle(state: IssuedSource, hop: number, sink: WindowSink): void;
  /** Forgets what no later record can change or need. */
  prune(state: IssuedSource, ownTimeMs: number): void;
  /** Begins a new history with `hop`. */
  startStretch(state: IssuedSource, hop: number, sink: WindowSink): void;
}

/** @param reachHops panes before a window's end that its row depends on */
export function createIssue(spec: WindowSpec, reachHops: number): Issue {
  const { hopMs } = spec;
  const silenceHops = Math.floor(spec.maxSilenceMs / hopMs);
  const finalDelayMs = spec.allowedLatenessMs + spec.correctionMs;

  const settle = (state: IssuedSource, hop: number, sink: WindowSink): void => {
    const limit = Math.min(hop, state.lastHop + 1 + silenceHops);
    const { dirty } = state;
    if (dirty) {
      const last = Math.min(dirty.toHop + reachHops, state.issuedToHop);
      // history that turned out to begin earlier is shown at once, so that what is issued stays one stretch
      const until = dirty.fromHop < state.issuedFromHop ? Math.max(limit, state.issuedFromHop) : limit;
      for (let endHop = dirty.fromHop + 1; endHop <= Math.min(last, until); endHop++) {
        issue(state, endHop, endHop > state.issuedFromHop, sink);
      }
      state.issuedFromHop = Math.min(state.issuedFromHop, dirty.fromHop);
      // windows that only a tick had closed and that are still open by the source's own time wait on
      state.dirty =
        last > until ? { fromHop: Math.max(until, dirty.fromHop), toHop: dirty.toHop } : undefined;
    }
    for (let endHop = state.issuedToHop + 1; endHop <= limit; endHop++) issue(state, endHop, false, sink);
    state.issuedToHop = Math.max(state.issuedToHop, limit);
  };

  const issue = (state: IssuedSource, endHop: number, again: boolean, sink: WindowSink): void => {
    const count = again ? (state.revisions.get(endHop) ?? 0) + 1 : (state.revisions.get(endHop) ?? 0);
    if (again) state.revisions.set(endHop, count);
    sink.onDue({
      source: state.source,
      endHop,
      revision: state.generation * REVISIONS_PER_GENERATION + count,
    });
  };

  const prune = (state: IssuedSource, ownTimeMs: number): void => {
    const finalHop = Math.floor((ownTimeMs - finalDelayMs) / hopMs);
    for (const hop of state.panes.keys()) if (hop < finalHop - reachHops) state.panes.delete(hop);
    for (const endHop of state.revisions.keys()) if (endHop <= finalHop) state.revisions.delete(endHop);
  };

  const startStretch = (state: IssuedSource, hop: number, sink: WindowSink): void => {
    // what came before is over: its silence is told in full first, as ticks would have told it
    settle(state, state.lastHop + 1 + silenceHops, sink);
    const backwards = hop <= state.issuedToHop;
    state.generation += backwards ? 1 : 0;
    state.panes.clear();
    state.revisions.clear();
    state.dirty = undefined;
    state.firstHop = hop;
    state.lastHop = hop;
    state.floorHop = backwards ? Number.NEGATIVE_INFINITY : state.issuedToHop;
    state.issuedFromHop = hop;
    state.issuedToHop = hop;
  };

  return { settle, prune, startStretch };
}

/** A source whose clock was set back issues its windows again, above every revision that they had. */
export const REVISIONS_PER_GENERATION = 1_000_000;

export function hasBegun(state: SourceState<unknown>): boolean {
  return state.lastHop !== Number.NEGATIVE_INFINITY;
}

export function markDirty(state: SourceState<unknown>, fromHop: number, toHop: number): void {
  const { dirty } = state;
  state.dirty = dirty
    ? { fromHop: Math.min(dirty.fromHop, fromHop), toHop: Math.max(dirty.toHop, toHop) }
    : { fromHop, toHop };
}
