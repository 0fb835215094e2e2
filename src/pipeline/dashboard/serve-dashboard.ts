// The dashboard put together: what is in the store, who may see it, and the server that shows it. One function for the
// command of its own and for `start`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveHttp } from '../adapters/dashboard-http.js';
import type { Clock } from '../ports.js';
import { openDesk } from '../store/open-desk.js';
import { openReader } from '../store/open-reader.js';
import { openSql } from '../store/open-sql.js';
import { openStore } from '../store/open-store.js';
import type { StoreAddress } from '../store/store-address.js';
import { createDashboardData } from './answers/dashboard-data.js';
import { createDashboardApp } from './app.js';
import { readAssets } from './assets/read-assets.js';
import { runHub } from './events/run-hub.js';
import { createDoor } from './guard/caller.js';
import { createNames, isLoopback } from './guard/hosts.js';
import { readLinkSecret } from './guard/link-secret.js';
import { createSessions } from './guard/sessions.js';
import { readTokens, TOKEN_ADVICE } from './guard/tokens.js';
import { isStoreWritable } from './store-writable.js';

export interface DashboardOptions {
  readonly store: StoreAddress;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** As people open it, where a proxy with https stands before it. */
  readonly publicUrl: URL | undefined;
  /** Further names that it may be called by. */
  readonly allowedHosts: readonly string[];
  /** As `--model` has it. */
  readonly model: string | undefined;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onWarning: (sentence: string) => void;
}

export interface Dashboard {
  readonly port: number;
  /** For a person to open. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Behind a proxy the loopback address is open to whoever reaches the proxy.
 *
 * @throws Error when it would be open to a network without a token
 */
export function checkTokens(
  tokens: readonly unknown[],
  { host, publicUrl }: Pick<DashboardOptions, 'host' | 'publicUrl'>,
): void {
  if (tokens.length > 0 || (isLoopback(host) && publicUrl === undefined)) return;
  throw new Error(
    `the dashboard would be open to everybody who reaches ${publicUrl?.origin ?? host}: ${TOKEN_ADVICE}`,
  );
}

/**
 * @throws Error when it would be open to a network without a token, when there is no store, or, with code EADDRINUSE, when
 * the port is taken
 */
export async function serveDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { store: address, host, port, publicUrl, clock, onWarning } = options;
  const readFile = (path: string): string => readFileSync(path, 'utf8');
  const tokens = readTokens(options.env, readFile);
  const linkSecret = readLinkSecret(options.env, readFile);
  checkTokens(tokens, options);
  const isHttps = publicUrl?.protocol === 'https:';
  const opening = { clock, create: false, onWarning };
  const closers: (() => Promise<void>)[] = [];
  try {
    const store = await openStore(address, opening);
    closers.unshift(() => store.close());
    const reader = await openReader(address, opening);
    closers.unshift(() => reader.close());
    const sql = await openSql(address, opening);
    closers.unshift(() => sql.close());
    const desk = await openDesk(address, opening);
    closers.unshift(() => desk.close());
    const data = createDashboardData({
      store,
      reader,
      desk,
      clock,
      storeKind: address.kind === 'postgres' ? 'postgres' : 'sqlite',
      isStoreWritable: () => isStoreWritable(address, sql),
      checkSchema: () => sql.checkSchema(),
      wantedModel: options.model,
    });
    const { app, hub } = createDashboardApp({
      data,
      door: createDoor(tokens, createSessions(tokens), isHttps),
      names: createNames(host, publicUrl, options.allowedHosts),
      assets: readAssets(folderOf('./'), folderOf('../../core/')),
      isHttps,
      linkSecret,
      onWarning,
    });
    const server = await serveHttp((request, client) => app.fetch(request, client), {
      host,
      port,
      isBehindProxy: publicUrl !== undefined,
    });
    closers.unshift(() => server.close());
    const stop = new AbortController();
    const running = runHub(hub, clock, stop.signal, onWarning);
    closers.unshift(() => {
      stop.abort();
      return running;
    });
    return {
      port: server.port,
      url: publicUrl?.href ?? `http://${shownHost(host)}:${server.port}/`,
      close: async () => {
        for (const close of closers) await close();
      },
    };
  } catch (error) {
    for (const close of closers) await close();
    throw error;
  }
}

/** A name that it answers to: every address is none. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function folderOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
