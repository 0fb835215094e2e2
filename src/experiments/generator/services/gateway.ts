// The edge: every outside request passes here, so it sees trouble anywhere behind it.

import { debug, error, every, info, warn, type ServiceSpec } from '../system-spec.js';

/** The access log. */
const access = (request: string) => [info(`{ip} "${request}" {status} {bytes}B {elapsedMs}ms "{agent}"`)];
const routed = debug('route matched, upstream pool {region} conn={poolUsed}', { share: 0.12 });

export const gateway: ServiceSpec = {
  name: 'gateway',
  runtime: 'node',
  codeRoot: 'gateway/dist',
  operations: {
    browse: {
      start: [routed],
      calls: [
        ['auth.verify', 0.2],
        ['catalog.list', 0.9],
      ],
      done: access('GET /api/v1/categories/{category}/products?page={few}'),
      medianMs: 4,
    },
    product: {
      start: [routed],
      calls: [['catalog.product', 0.95]],
      done: access('GET /api/v1/products/{product}'),
      medianMs: 3,
    },
    search: {
      start: [],
      calls: [['catalog.search', 1]],
      done: access('GET /api/v1/search?q={term}'),
      medianMs: 4,
    },
    login: {
      start: [info('login attempt forwarded for {username} from {ip}')],
      calls: [['auth.login', 1]],
      done: access('POST /login'),
      medianMs: 6,
    },
    cart: {
      start: [routed],
      calls: [
        ['auth.verify', 0.9],
        ['cart.change', 1],
      ],
      done: access('PUT /api/v1/carts/{cart}/items'),
      medianMs: 4,
    },
    checkout: {
      start: [info('checkout accepted user={user} idempotency_key={uuid}')],
      calls: [
        ['auth.verify', 1],
        ['checkout.place', 1],
      ],
      done: access('POST /api/v1/checkout'),
      medianMs: 8,
    },
    track: {
      start: [],
      calls: [
        ['auth.verify', 0.6],
        ['shipping.track', 1],
      ],
      done: access('GET /api/v1/orders/{order}/parcels'),
      medianMs: 4,
    },
  },
  incidental: [
    debug('tls session resumed for {ip} cipher=TLS_AES_128_GCM_SHA256'),
    info('rate limiter: {user} has {count} tokens left'),
    debug('response compressed {bytes} -> {many} bytes encoding=br'),
    warn('slow client {ip}: body received in {slowMs} ms'),
    info('websocket upgraded for {user} channel=stock', {
      reworded: 'websocket connection opened for {user} channel=stock',
    }),
    debug('cors preflight answered origin=https://shop.example.com in {queryMs} ms'),
    warn('rejected request without content-length from {ip}'),
    info('bot score {percent} for {ip} agent "{agent}", letting through', {
      reworded: 'bot check passed: score {percent} for {ip} agent "{agent}"',
    }),
    warn('rate limit exceeded for {ip}: 429'),
    debug('retry-after header honoured for {ip}'),
  ],
  incidentalPerVisit: 0.16,
  errors: [
    error('unhandled error while proxying for {ip}: ECONNRESET'),
    error('response malformed: unexpected end of JSON input'),
    error(
      'TypeError: Cannot read properties of undefined (reading "headers")\n    at forward (/srv/gateway/dist/proxy.js:87:17)\n    at async handle (/srv/gateway/dist/server.js:88:5)',
    ),
  ],
  upstream: [
    warn('request failed: upstream {peer} answered {code5xx} after {elapsedMs} ms, attempt {attempt}'),
    error('giving up on upstream {peer}: {attempt} attempts, last error timeout of {timeoutMs}ms exceeded'),
    warn('circuit breaker for {peer} half-open, probing'),
  ],
  periodic: [
    every(40_000, debug('GET /healthz 200 {queryMs}ms')),
    every(120_000, info('connections active={count} idle={few} draining=0')),
    every(300_000, info('certificate check: shop.example.com valid for {percent} days')),
  ],
  rare: [
    info('dns cache flushed, {count} names re-resolved'),
    info('blocklist refreshed: {many} entries, {few} new'),
    warn('clock skew of {queryMs} ms against time server, within tolerance'),
  ],
  startup: [
    info('gateway {version} starting pid={pid} region={region}'),
    info('loaded {count} routes from routes.yaml'),
    info('loaded TLS certificate CN=shop.example.com'),
    debug('feature flags fetched: {count} flags'),
    info('upstream auth resolved to {innerIp}:8080'),
    info('upstream catalog resolved to {innerIp}:8080'),
    info('upstream cart resolved to {innerIp}:8080'),
    info('upstream checkout resolved to {innerIp}:8080'),
    info('rate limiter connected to session-cache {innerIp}:6379'),
    info('access log enabled, format=short'),
    info('listening on 0.0.0.0:8443'),
    info('readiness probe passed after {many} ms'),
  ],
};
