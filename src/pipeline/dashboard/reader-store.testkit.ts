// What the contract of the dashboard's reader is tested with: a store, its reader and its desk, opened side by side on nothing.
import { expect, test } from 'vitest';
import type { Desk } from '../desk/desk.js';
import type { ResultStore, StoredWindow } from '../ports.js';
import { testWindow } from '../store/result-store.testkit.js';
import type { DashboardReader } from './reader.js';

export const HOUR_MS = 3_600_000;
export const WINDOW_MS = 30_000;
export const ALWAYS = { fromMs: -(2 ** 50), toMs: 2 ** 50 };

/** Three of one empty store, side by side. */
export interface OpenedStore {
  readonly store: ResultStore;
  readonly reader: DashboardReader;
  readonly desk: Desk;
}

/** A test with a store of its own, closed behind it. */
export type WithStore = (sentence: string, run: (opened: OpenedStore) => Promise<void>) => void;

/** @param open of a store that holds nothing yet */
export function storeTests(name: string, open: () => Promise<OpenedStore>): WithStore {
  return (sentence, run) =>
    test(`${name}: ${sentence}`, async () => {
      expect.hasAssertions();
      const opened = await open();
      await run(opened);
      for (const each of [opened.store, opened.reader, opened.desk]) await each.close();
    });
}

export const windowAt = (
  source: string,
  startMs: number,
  changes: Partial<StoredWindow> = {},
): StoredWindow => testWindow({ source, startMs, endMs: startMs + WINDOW_MS, score: 0.1, ...changes });
