// The alerts of one stream, whichever artifact speaks for it: one state a source, which all of them go on with, and one order
// in which their windows count, that of the reads they came of, so that it makes no difference how reads come in batches.
import type { AlertEvent } from '../../core/alert-event.js';
import type { OpenAlert } from '../../core/alert-life-open.js';
import type { AlertLifeState } from '../../core/alert-life-state.js';
import { latelyOf } from '../../core/alert-life-step.js';
import type { SourceMemory, StampedWindow } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';

export interface AlertLine {
  /** By source. */
  readonly states: Map<string, AlertLifeState>;
  /** Sources whose state may have changed since the last commit by a window of anybody. */
  readonly changed: ReadonlySet<string>;
  /** Has the work that a window makes done at its place. */
  inOrder(place: LinePlace, work: () => void): void;
  /** Where an event of an alert goes; undefined: to whoever has it. @param openedBy `name@version` of the artifact it is stored under */
  noteOf(openedBy: string | undefined): ((event: AlertEvent, row: StampedWindow) => void) | undefined;
}

export interface LinePlace {
  /** Whose window it is. */
  readonly by: ArtifactKey;
  readonly source: string;
  /** Of the record in the batch; -1 of a tick and of the end. */
  readonly read: number;
  /** Of those who speak one after the other: windows of former ones come first. */
  readonly turn: number;
}

/** Of an artifact that reads alone: all is done at once. */
export function createAlertLine(memories: readonly SourceMemory[], artifact: ArtifactKey): AlertLine {
  const states = new Map<string, AlertLifeState>();
  restoreAlerts(states, memories, artifact);
  return {
    states,
    changed: new Set(),
    inOrder: (_place, work) => work(),
    noteOf: () => undefined,
  };
}

/**
 * Adds what an artifact remembers of the alerts, where another one does not remember more. All of a stream remember the
 * same; those of earlier versions each had their own.
 */
export function restoreAlerts(
  states: Map<string, AlertLifeState>,
  memories: readonly SourceMemory[],
  { name, version }: ArtifactKey,
): void {
  const named = (alert: OpenAlert): OpenAlert => ({ openedBy: `${name}@${version}`, ...alert });
  for (const { source, alertLife } of memories) {
    if (alertLife === null) continue;
    const { resolved: _, ...state } = alertLife as AlertLifeState;
    const known = states.get(source);
    if (known !== undefined && isNewer(known, state)) continue;
    states.set(source, {
      ...state,
      open: state.open && named(state.open),
      lately: latelyOf(alertLife as AlertLifeState).map(named),
    });
  }
}

/** Artifacts under whose names alerts are stored that are on, or may open again; `name@version`. */
export function openersOf(states: ReadonlyMap<string, AlertLifeState>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const state of states.values())
    for (const alert of [...latelyOf(state), ...(state.open ? [state.open] : [])])
      if (alert.openedBy !== undefined) names.add(alert.openedBy);
  return names;
}

function isNewer(a: AlertLifeState, b: AlertLifeState): boolean {
  return a.generation === b.generation ? a.newestStartMs > b.newestStartMs : a.generation > b.generation;
}
