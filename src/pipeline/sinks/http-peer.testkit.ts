// A receiver of webhooks on loopback that behaves as told, and keeps what it got.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpPeer {
  readonly url: URL;
  readonly requests: {
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  close(): Promise<void>;
}

export async function startHttpPeer(
  answer: (response: ServerResponse, n: number, body: string) => void = (response) => response.end('ok'),
  port = 0,
): Promise<HttpPeer> {
  const requests: HttpPeer['requests'] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      requests.push({ path: request.url ?? '', headers: request.headers, body });
      answer(response, requests.length - 1, body);
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/secret-path`),
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
