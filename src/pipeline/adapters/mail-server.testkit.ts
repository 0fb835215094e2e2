// A mail server on loopback that keeps what it is sent, and can be killed while it is sent something.
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, with its headers. */
  readonly source: string;
}

export interface MailServer {
  readonly port: number;
  readonly mails: readonly Mail[];
  /** With all its connections, whatever is under way. */
  close(): Promise<void>;
}

/** @param answer to the nth mail, once it is kept; by default it is taken */
export async function startMailServer(
  options: SMTPServerOptions = {},
  answer: (n: number, done: (error?: Error) => void) => void = (_, done) => done(),
  port = 0,
): Promise<MailServer> {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to,
          source: Buffer.concat(parts).toString(),
        });
        answer(mails.length - 1, done);
      });
    },
    ...options,
  });
  // connections that end in the middle are what some tests are about
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
