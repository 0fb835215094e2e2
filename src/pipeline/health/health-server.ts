// `/livez`, `/readyz` and `/metrics` over HTTP, on loopback alone: what they tell is not for everybody on the network.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Readiness } from './health.js';
import { METRICS_CONTENT_TYPE } from './metrics-text.js';

export interface HealthAnswers {
  readiness(): Readiness;
  /** In Prometheus' text format. */
  metrics(): Promise<string>;
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** @param port 0 takes a free one @throws Error when the port is taken */
export async function startHealthServer(port: number, answers: HealthAnswers): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://loopback').pathname;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      send(response, 405, 'only GET is answered\n');
      return;
    }
    // to answer at all is to be alive
    if (path === '/livez') send(response, 200, 'alive\n');
    else if (path === '/readyz') {
      const { isReady, reason } = answers.readiness();
      send(response, isReady ? 200 : 503, `${reason}\n`);
    } else if (path === '/metrics') {
      answers.metrics().then(
        (text) => send(response, 200, text, METRICS_CONTENT_TYPE),
        (error: unknown) => send(response, 500, `${(error as Error).message}\n`),
      );
    } else send(response, 404, 'ask for /livez, /readyz or /metrics\n');
  });
  await listen(server, port);
  // the consumer decides when the process ends
  server.unref();
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is taken: choose another with --health-port' : cause.message;
      reject(new Error(`health port ${port} ${why}`, { cause }));
    });
    server.listen(port, HOST, resolve);
  });
}
