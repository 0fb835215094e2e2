// A network between the store and its server that fails exactly where it hurts most: around a COMMIT.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { tieSockets } from './socket-pair.testkit.js';

export interface CuttingProxy {
  /** The same database through this proxy. */
  readonly address: string;
  /** Cuts the connection of the next COMMIT: before the server gets it, or when it has done it and says so. */
  cutNextCommit(when: 'before' | 'after'): void;
  /** COMMITs cut so far. */
  cuts(): number;
  close(): Promise<void>;
}

/** The whole statement: a transaction that begins as READ COMMITTED is none. */
const COMMIT = 'COMMIT\0';

export async function startCuttingProxy(address: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(address);
  let next: 'before' | 'after' | undefined;
  let cuts = 0;
  const sockets = new Set<Socket>();

  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let cutsAnswer = false;
    const cut = (): void => {
      cuts++;
      near.destroy();
      far.destroy();
    };
    tieSockets(near, far, sockets);
    near.on('data', (bytes) => {
      if (next !== undefined && bytes.includes(COMMIT)) {
        cutsAnswer = next === 'after';
        const isNow = next === 'before';
        next = undefined;
        if (isNow) return cut();
      }
      far.write(bytes);
      return undefined;
    });
    far.on('data', (bytes) => {
      if (cutsAnswer) cut();
      else near.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = server.address();
  if (own === null || typeof own === 'string') throw new Error('the proxy got no port');
  const through = new URL(address);
  through.hostname = '127.0.0.1';
  through.port = String(own.port);
  return {
    address: through.href,
    cutNextCommit: (when) => {
      next = when;
    },
    cuts: () => cuts,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
