// The dashboard's answers over HTTP: the only file that knows the server library. Slow and endless requests are cut off.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

export interface HttpServer {
  readonly port: number;
  /** Ends at once, open streams too. */
  close(): Promise<void>;
}

export interface HttpOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** A proxy of ours stands before this server and tells who asked. */
  readonly isBehindProxy: boolean;
}

/** What the app is told besides the request. */
export interface ClientInfo {
  readonly clientAddress: string;
  /** Ends the connection at once, whatever of the answer is still to be sent. */
  readonly hangUp: () => void;
}

/** A request must be there within these, or its sender is slow on purpose. */
const HEADERS_TIMEOUT_MS = 5000;
const REQUEST_TIMEOUT_MS = 15_000;
/** How often the server looks for them. */
const CHECK_EVERY_MS = 1000;
const KEEP_ALIVE_MS = 10_000;
const MOST_HEADER_BYTES = 16_384;
const MOST_CONNECTIONS = 1000;

/** @throws Error with code EADDRINUSE when the port is taken */
export async function serveHttp(
  fetch: (request: Request, client: ClientInfo) => Response | Promise<Response>,
  { host, port, isBehindProxy }: HttpOptions,
): Promise<HttpServer> {
  const server = createAdaptorServer({
    // its own Request and Response stay this server's, not the process's
    overrideGlobalObjects: false,
    serverOptions: {
      maxHeaderSize: MOST_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    fetch: (request, { incoming }) => {
      const peer = incoming.socket.remoteAddress ?? '';
      return fetch(request, {
        clientAddress: isBehindProxy ? behindProxy(peer, request.headers.get('x-forwarded-for')) : peer,
        hangUp: () => incoming.socket.destroy(),
      });
    },
  }) as Server;
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The last address is the one that the proxy saw; those before it were told by the client and may be anything. */
function behindProxy(peer: string, forwardedFor: string | null): string {
  const isLocal = peer === '127.0.0.1' || peer === '::1' || peer === '::ffff:127.0.0.1';
  const last = forwardedFor?.split(',').at(-1)?.trim();
  return isLocal && last ? last : peer;
}
