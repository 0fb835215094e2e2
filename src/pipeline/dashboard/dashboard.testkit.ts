// A dashboard over a real store in a temporary folder, without a socket: its answers, its requests, and a clock to hold.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import type { AlertEvent } from '../../core/alert-event.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import { createTestClock } from '../consume/consume.testkit.js';
import type { Commit, ResultStore, StoredWindow, StreamOwner } from '../ports.js';
import { openDesk } from '../store/open-desk.js';
import { openReader } from '../store/open-reader.js';
import { openSql } from '../store/open-sql.js';
import { TEST_KEY, testCommit, testEvent, testWindow } from '../store/result-store.testkit.js';
import { createDashboardData, type DashboardData } from './answers/dashboard-data.js';
import { createDeviations, type Deviations } from './answers/deviation.js';
import { createDashboardApp } from './app.js';
import type { Asset } from './assets/read-assets.js';
import type { EventHub } from './events/event-hub.js';
import { createDoor } from './guard/caller.js';
import type { GuardedEnv, Limits } from './guard/guard.js';
import { createNames } from './guard/hosts.js';
import { createSessions } from './guard/sessions.js';
import type { AccessToken } from './guard/tokens.js';

/** A whole hour. */
export const T0 = 1_767_225_600_000;
export const HOP_MS = 30_000;
export const LINK_SECRET = 'a secret for links in tests';

export interface TestDashboard {
  readonly data: DashboardData;
  readonly deviations: Deviations;
  readonly app: Hono<GuardedEnv>;
  readonly hub: EventHub;
  readonly store: ResultStore;
  /** Of the store's file. */
  readonly path: string;
  readonly clock: ReturnType<typeof createTestClock>;
  /** What the server said to whoever runs it. */
  readonly warnings: string[];
  /** Commits for the stream of TEST_KEY. */
  readonly commit: (changes: Partial<Commit>) => Promise<void>;
  /** As a browser on this machine asks. */
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  /** With the page's own token against forged requests. */
  readonly post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
}

export interface TestDashboardOptions {
  readonly tokens?: readonly AccessToken[];
  readonly limits?: Limits;
  readonly publicUrl?: string;
  readonly assets?: ReadonlyMap<string, Asset>;
  readonly linkSecret?: string;
}

/** Its folder goes with the test. */
export async function createTestDashboard(options: TestDashboardOptions = {}): Promise<TestDashboard> {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-dashboard-'));
  const path = join(folder, 'results.db');
  const clock = createTestClock(T0 + 3_600_000);
  const warnings: string[] = [];
  const onWarning = (sentence: string): number => warnings.push(sentence);
  const store = createSqliteStore(path);
  const opening = { clock, create: true, onWarning };
  const reader = await openReader({ kind: 'sqlite', path }, opening);
  const desk = await openDesk({ kind: 'sqlite', path }, opening);
  const sql = await openSql({ kind: 'sqlite', path }, opening);
  onTestFinished(async () => {
    for (const each of [sql, desk, reader, store]) await each.close();
    rmSync(folder, { recursive: true });
  });
  const data = createDashboardData({
    store,
    reader,
    desk,
    clock,
    storeKind: 'sqlite',
    isStoreWritable: async () => true,
    checkSchema: () => sql.checkSchema(),
    wantedModel: undefined,
  });
  const { tokens = [], publicUrl } = options;
  const url = publicUrl === undefined ? undefined : new URL(publicUrl);
  const isHttps = url?.protocol === 'https:';
  const { app, hub } = createDashboardApp({
    data,
    door: createDoor(tokens, createSessions(tokens), isHttps),
    names: createNames('127.0.0.1', url, []),
    assets: options.assets ?? new Map(),
    isHttps,
    linkSecret: options.linkSecret ?? LINK_SECRET,
    onWarning,
    ...(options.limits ? { limits: options.limits } : {}),
  });
  const client = { clientAddress: '127.0.0.1' };
  const get = async (target: string, headers: Record<string, string> = {}): Promise<Response> =>
    app.request(target, { headers: { host: '127.0.0.1:4173', ...headers } }, client);
  let owner: StreamOwner | undefined;
  return {
    data,
    deviations: createDeviations(data),
    app,
    hub,
    store,
    path,
    clock,
    warnings,
    get,
    commit: async (changes) => {
      owner ??= await store.takeOver(TEST_KEY, ['log_count', 'error_count']);
      await owner.commit(testCommit({ commitTimeMs: clock.nowMs(), ...changes }));
    },
    post: async (target, body, headers = {}) => {
      const { csrfToken } = (await (await get('/api/status', headers)).json()) as { csrfToken?: string };
      return app.request(
        target,
        {
          method: 'POST',
          headers: {
            host: '127.0.0.1:4173',
            origin: 'http://127.0.0.1:4173',
            'content-type': 'application/json',
            'x-loghorn-csrf': csrfToken ?? '',
            ...headers,
          },
          body: JSON.stringify(body),
        },
        client,
      );
    },
  };
}

/** Windows of a source from T0 on, one for each score. */
export function windowsOf(source: string, scores: readonly number[], threshold = 0.9): StoredWindow[] {
  return scores.map((score, at) =>
    testWindow({
      source,
      startMs: T0 + at * HOP_MS,
      endMs: T0 + (at + 1) * HOP_MS,
      score,
      threshold,
      alert: score >= threshold,
    }),
  );
}

/** Opened in the nth window from T0 on, and so far as long as that. */
export function openedAt(source: string, window: number, changes: Partial<AlertEvent> = {}): AlertEvent {
  const sinceMs = T0 + window * HOP_MS;
  const untilMs = sinceMs + HOP_MS;
  const alertId = `alert-${source}-${window}`;
  return testEvent({
    alertId,
    eventId: `${alertId}-0-0`,
    source,
    sinceMs,
    untilMs,
    startMs: sinceMs,
    endMs: untilMs,
    ...changes,
  });
}
