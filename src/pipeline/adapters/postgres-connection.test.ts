import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createWallClock } from '../clock.js';
import { connectPostgres } from './postgres-connection.js';

afterEach(() => vi.unstubAllEnvs());

/** A message of the server about logging in: its kind and what follows. */
function login(kind: number, text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.from('R\0\0\0\0\0\0\0\0');
  head.writeInt32BE(8 + body.length, 1);
  head.writeInt32BE(kind, 5);
  return Buffer.concat([head, body]);
}

test('a server that wants a password where none was given is said so, and nothing is left open', async () => {
  vi.stubEnv('PGPASSWORD', undefined);
  vi.stubEnv('PGPASSFILE', '/nowhere/pgpass');
  const [askedFor, first] = [10, 11];
  let closed: Promise<unknown> | undefined;
  const server = createServer((socket: Socket) => {
    closed = once(socket, 'close');
    const answers = [login(askedFor, 'SCRAM-SHA-256\0\0'), login(first, 'r=nonce,s=c2FsdA==,i=4096')];
    socket.on('data', () => socket.write(answers.shift() ?? ''));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const db = connectPostgres({
    address: `postgres://me@127.0.0.1:${port}/logs`,
    shownAddress: 'postgres://shown',
    clock: createWallClock(),
  });

  await expect(db.read({ text: 'SELECT 1' })).rejects.toThrow(
    /^postgres:\/\/shown: .* password must be a string; set the password in PGPASSWORD/,
  );
  await db.close();

  await closed;
  server.close();
});
