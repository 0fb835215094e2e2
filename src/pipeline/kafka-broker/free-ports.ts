// Whether ports on loopback are free, and where some are.
import { createServer } from 'node:net';
import { HOST } from './broker-properties.js';

/** @returns the first of the ports that is taken; undefined when all are free */
export async function findTaken(ports: readonly number[]): Promise<number | undefined> {
  for (const port of ports) if (!(await isFree(port))) return port;
  return undefined;
}

/** @returns the first of so many ports in a row that are all free now */
export async function findFreeRow(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    // below the range that the system gives to outgoing connections
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const ports = Array.from({ length: count }, (_, i) => first + i);
    if ((await findTaken(ports)) === undefined) return first;
  }
  throw new Error(`no ${count} free ports in a row between 20000 and 30000`);
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}
