// Everything that the answers draw from: the store's results, what people said, and the models behind both.
import type { Desk } from '../../desk/desk.js';
import type { Clock, ResultStore } from '../../ports.js';
import type { DashboardReader } from '../reader.js';
import { createDeskWatch, type DeskView } from './desk-view.js';
import { type ModelLine, readModelLine } from './model-line.js';
import { createModelShelf, type ModelShelf } from './model-shelf.js';

export interface DashboardSources {
  readonly store: ResultStore;
  readonly reader: DashboardReader;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly storeKind: 'sqlite' | 'postgres';
  readonly isStoreWritable: () => Promise<boolean>;
  /** @throws Error where a newer build has brought the store up to date: its rows may mean something else */
  readonly checkSchema: () => Promise<void>;
  /** As `--model` has it. */
  readonly wantedModel: string | undefined;
}

export interface DashboardData extends DashboardSources {
  readonly shelf: ModelShelf;
  /** Undefined while nothing was ever stored. At most a second old. */
  line(): Promise<ModelLine | undefined>;
  /** As it is now: for an alert that is of none of the artifacts known so far. */
  lineAnew(): Promise<ModelLine | undefined>;
  deskView(): Promise<DeskView>;
  /** Whole ms. */
  nowMs(): number;
}

const LINE_KEPT_MS = 1000;

export function createDashboardData(sources: DashboardSources): DashboardData {
  const { store, reader, desk, clock, wantedModel } = sources;
  const lookAtDesk = createDeskWatch(desk);
  let line: { readonly atMs: number; readonly value: Promise<ModelLine | undefined> } | undefined;
  const nowMs = (): number => Math.floor(clock.nowMs());
  const lineAnew = (): Promise<ModelLine | undefined> => {
    const value = readModelLine(store, reader, wantedModel);
    // a failure is asked again, not kept
    value.catch(() => (line = undefined));
    line = { atMs: nowMs(), value };
    return value;
  };
  return {
    ...sources,
    shelf: createModelShelf(store),
    nowMs,
    deskView: () => lookAtDesk(nowMs()),
    lineAnew,
    line: () =>
      line === undefined || Math.abs(nowMs() - line.atMs) >= LINE_KEPT_MS ? lineAnew() : line.value,
  };
}
