// Shopping carts, kept in the cache.

import { debug, error, every, info, warn, type ServiceSpec } from '../system-spec.js';

export const cart: ServiceSpec = {
  name: 'cart',
  runtime: 'node',
  codeRoot: 'cart/src',
  operations: {
    change: {
      start: [],
      calls: [
        ['session-cache.get', 0.8],
        ['catalog.product', 0.3],
        ['session-cache.set', 0.6],
      ],
      done: [
        info('{cart} updated: added {few}x {sku} for {user}', { share: 0.65 }),
        info('{cart} viewed by {user}, {few} items', { share: 0.35 }),
      ],
      medianMs: 8,
    },
    close: {
      start: [],
      calls: [['session-cache.set', 1]],
      done: [info('{cart} closed, converted to order {order} in {elapsedMs} ms')],
      medianMs: 6,
    },
  },
  incidental: [
    debug('{cart} loaded from cache in {queryMs} ms'),
    info('{cart} removed {sku}', { reworded: '{cart}: item {sku} removed' }),
    info('coupon {coupon} applied to {cart}, discount {money} {currency}'),
    debug('price of {sku} unchanged since last view'),
    warn('{cart}: price of {sku} changed to {money} since it was added'),
    warn('coupon {coupon} rejected for {user}: already used'),
    info('{cart} merged with guest cart after login of {user}', {
      reworded: 'guest cart merged into {cart} after login of {user}',
    }),
    debug('ttl of {cart} extended to 14 days'),
    warn('{cart} has {count} items, more than usual'),
    info('{cart} expired with {few} items'),
  ],
  incidentalPerVisit: 0.4,
  errors: [
    error('failed to save {cart}: ReplyError: LOADING dataset in memory'),
    error(
      'Error: cart version conflict on {cart}\n    at saveCart (/app/cart/src/store.ts:87:11)\n    at processTicksAndRejections (node:internal/process/task_queues:95:5)',
    ),
    error('could not price {cart}: product {sku} unknown'),
  ],
  upstream: [
    warn('{peer} did not answer in {timeoutMs} ms, retrying ({attempt}/3)'),
    error('{peer} unavailable after {attempt} tries, {cart} left unchanged'),
  ],
  periodic: [
    every(40_000, debug('health: ok ({queryMs} ms)')),
    every(300_000, info('carts open={many} abandoned_last_hour={count}')),
    every(180_000, debug('event loop lag p99 {queryMs} ms')),
  ],
  rare: [
    info('cleanup removed {count} expired carts'),
    info('price snapshot {hex8} taken for {count} carts'),
    warn('redis client reconnected to {innerIp}:6379 after idle close'),
  ],
  startup: [
    info('cart service {version} booting (node v20)'),
    info('env NODE_ENV=production region={region}'),
    info('redis client connecting to {innerIp}:6379'),
    info('redis client ready'),
    info('catalog client base url http://catalog:8080'),
    info('coupon rules loaded: {count}'),
    info('tax table loaded: {count} regions'),
    info('metrics endpoint on :9464'),
    info('route POST /carts/:id/items registered'),
    info('route GET /carts/:id registered'),
    info('listening on :8080'),
    info('warmup done in {many} ms'),
  ],
};
