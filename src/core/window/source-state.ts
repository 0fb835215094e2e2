// What is remembered of one source between records, and its plain JSON form.
import type { LineTypeKeys } from './line-type.js';
import { createPane, type NewTemplateCount, type Pane } from './pane.js';
import { createTimeGate, type TimeGate } from './time-gate.js';

export interface SourceState<Waiting> {
  readonly source: string;
  gate: TimeGate<Waiting>;
  readonly panes: Map<number, Pane>;
  /** First hop of this source's history; its windows begin here. */
  firstHop: number;
  /** Greatest hop with a record. */
  lastHop: number;
  /** Records before this hop belong to a history that is over. */
  floorHop: number;
  /** Windows ending in (issuedFromHop, issuedToHop] have been issued. */
  issuedFromHop: number;
  issuedToHop: number;
  /** What the source's own records have made due so far. */
  ownDueHop: number;
  /** Panes changed since their windows were issued. */
  dirty: { readonly fromHop: number; readonly toHop: number } | undefined;
  /** endHop → times issued again; only those above 0. */
  readonly revisions: Map<number, number>;
  /** How often the source's clock was set back. */
  generation: number;
}

/** A line type spelled out: service, severity class, template index. */
type SpelledType = readonly [string, number, number];

interface PaneSnapshot {
  readonly hop: number;
  readonly records: number;
  readonly severityCounts: readonly number[];
  readonly lineTypes: readonly (readonly [...SpelledType, number])[];
  readonly newTemplates: readonly (readonly [string, NewTemplateCount])[];
  readonly newTemplateOverflow: number;
  readonly examples: readonly (readonly [SpelledType | string, string])[];
}

/** Plain JSON; infinite hops are null. */
export interface SourceSnapshot {
  readonly source: string;
  readonly gate: {
    readonly maxEventTimeMs: number | null;
    readonly waiting: TimeGate<unknown>['waiting'];
    readonly quietMs?: number;
  };
  readonly panes: readonly PaneSnapshot[];
  readonly firstHop: number | null;
  readonly lastHop: number | null;
  readonly floorHop: number | null;
  readonly issuedFromHop: number | null;
  readonly issuedToHop: number | null;
  readonly ownDueHop: number | null;
  readonly dirty: { readonly fromHop: number; readonly toHop: number } | null;
  readonly revisions: readonly (readonly [number, number])[];
  readonly generation: number;
}

export function createSourceState<Waiting>(source: string): SourceState<Waiting> {
  return {
    source,
    gate: createTimeGate<Waiting>(),
    panes: new Map(),
    firstHop: Number.POSITIVE_INFINITY,
    lastHop: Number.NEGATIVE_INFINITY,
    floorHop: Number.NEGATIVE_INFINITY,
    issuedFromHop: Number.NEGATIVE_INFINITY,
    issuedToHop: Number.NEGATIVE_INFINITY,
    ownDueHop: Number.NEGATIVE_INFINITY,
    dirty: undefined,
    revisions: new Map(),
    generation: 0,
  };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

export function snapshotSource<Waiting>(state: SourceState<Waiting>, keys: LineTypeKeys): SourceSnapshot {
  const spell = (key: number): SpelledType => {
    const type = keys.read(key);
    return [type.service, type.severityClass, type.templateIndex];
  };
  return {
    source: state.source,
    gate: {
      maxEventTimeMs: state.gate.maxEventTimeMs ?? null,
      waiting: [...state.gate.waiting],
      ...(state.gate.quietMs === undefined ? {} : { quietMs: state.gate.quietMs }),
    },
    panes: [...state.panes.values()].map((pane) => ({
      hop: pane.hop,
      records: pane.records,
      severityCounts: [...pane.severityCounts],
      lineTypes: [...pane.lineTypes].map(([key, count]) => [...spell(key), count] as const),
      newTemplates: [...pane.newTemplates].map(([key, count]) => [key, { ...count }] as const),
      newTemplateOverflow: pane.newTemplateOverflow,
      examples: [...pane.examples].map(
        ([key, line]) => [typeof key === 'number' ? spell(key) : key, line] as const,
      ),
    })),
    firstHop: finiteOrNull(state.firstHop),
    lastHop: finiteOrNull(state.lastHop),
    floorHop: finiteOrNull(state.floorHop),
    issuedFromHop: finiteOrNull(state.issuedFromHop),
    issuedToHop: finiteOrNull(state.issuedToHop),
    ownDueHop: finiteOrNull(state.ownDueHop),
    dirty: state.dirty ? { ...state.dirty } : null,
    revisions: [...state.revisions],
    generation: state.generation,
  };
}

export function restoreSource<Waiting>(snapshot: SourceSnapshot, keys: LineTypeKeys): SourceState<Waiting> {
  const state = createSourceState<Waiting>(snapshot.source);
  const keyOf = ([service, severityClass, templateIndex]: SpelledType): number =>
    keys.key(keys.serviceIndex(service), severityClass, templateIndex);
  state.gate = {
    ...(snapshot.gate.maxEventTimeMs === null ? {} : { maxEventTimeMs: snapshot.gate.maxEventTimeMs }),
    waiting: [...(snapshot.gate.waiting as TimeGate<Waiting>['waiting'])],
    ...(snapshot.gate.quietMs === undefined ? {} : { quietMs: snapshot.gate.quietMs }),
  } as TimeGate<Waiting>;
  for (const each of snapshot.panes) {
    const pane = createPane(each.hop);
    pane.records = each.records;
    each.severityCounts.forEach((count, index) => {
      pane.severityCounts[index] = count;
    });
    for (const [service, severityClass, templateIndex, count] of each.lineTypes)
      pane.lineTypes.set(keyOf([service, severityClass, templateIndex]), count);
    for (const [key, count] of each.newTemplates) pane.newTemplates.set(key, { ...count });
    pane.newTemplateOverflow = each.newTemplateOverflow;
    for (const [key, line] of each.examples)
      pane.examples.set(typeof key === 'string' ? key : keyOf(key), line);
    state.panes.set(each.hop, pane);
  }
  state.firstHop = snapshot.firstHop ?? state.firstHop;
  state.lastHop = snapshot.lastHop ?? state.lastHop;
  state.floorHop = snapshot.floorHop ?? state.floorHop;
  state.issuedFromHop = snapshot.issuedFromHop ?? state.issuedFromHop;
  state.issuedToHop = snapshot.issuedToHop ?? state.issuedToHop;
  state.ownDueHop = snapshot.ownDueHop ?? state.ownDueHop;
  state.dirty = snapshot.dirty ?? undefined;
  for (const [endHop, count] of snapshot.revisions) state.revisions.set(endHop, count);
  state.generation = snapshot.generation;
  return state;
}
