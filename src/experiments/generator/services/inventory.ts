// What is in stock: reservations, and an hourly feed from the warehouses.

import { debug, error, every, info, warn, type ServiceSpec } from '../system-spec.js';

export const inventory: ServiceSpec = {
  name: 'inventory',
  runtime: 'python',
  codeRoot: 'inventory',
  operations: {
    reserve: {
      start: [],
      calls: [['orders-db.write', 0.9]],
      done: [info('reserved {few} x {sku} in {warehouse} for order {order} ({elapsedMs} ms)')],
      medianMs: 14,
    },
    adjust: {
      start: [info('stock message received partition={partition} offset={offset}')],
      calls: [['orders-db.write', 1]],
      done: [info('stock of {sku} in {warehouse} set to {count}')],
      medianMs: 7,
    },
  },
  incidental: [
    debug('row lock on {sku} acquired after {queryMs} ms'),
    info('reservation for {order} expires in 15 min'),
    info('stock of {sku} below reorder point ({few} left)', {
      reworded: 'reorder point reached for {sku}: {few} left',
    }),
    debug('allocator chose {warehouse} for {country}: distance {count} km'),
    warn('oversell guard: {sku} requested {few}, available {few}'),
    info('backorder created for {sku}, supplier lead time {few} days'),
    warn('stock message for {sku} out of order, keeping newer value'),
    info('reservation of {order} released', { reworded: 'released reservation held by {order}' }),
    debug('consumer lag {count} messages on partition {partition}'),
    warn('negative stock for {sku} in {warehouse} corrected to 0'),
  ],
  incidentalPerVisit: 0.6,
  errors: [
    error('could not reserve {sku}: psycopg2.errors.LockNotAvailable: could not obtain lock on row'),
    error(
      'Traceback (most recent call last):\n  File "/app/inventory/reserve.py", line 86, in reserve\n    row = cursor.fetchone()\n  File "/app/inventory/db.py", line 41, in fetchone\n    raise PoolTimeout(waited)\ninventory.db.PoolTimeout: no connection within 5 s',
    ),
    error('stock message at offset {offset} cannot be decoded, sent to dead letters'),
  ],
  upstream: [
    warn('{peer} not answering (timeout {timeoutMs} ms), retry {attempt}/3'),
    error('{peer} failed {attempt} times, reservation for {order} abandoned'),
  ],
  periodic: [
    every(40_000, debug('liveness ok {queryMs} ms')),
    every(240_000, info('consumer group inventory: lag={few} partitions=12')),
    every(120_000, info('reservations open={count} expired={few}')),
  ],
  rare: [
    info('safety stock recomputed for {count} products'),
    info('{warehouse} reported opening hours change'),
    warn('scanner {hex8} in {warehouse} has low battery'),
  ],
  jobs: [
    {
      name: 'warehouse-feed',
      schedule: 'hourly',
      atMinute: 5,
      durationMs: 60_000,
      steps: 10,
      begin: [info('warehouse feed {batch} import started')],
      step: [
        info('feed {warehouse}: {many} rows read, {few} changed'),
        debug('feed checksum {hex8} verified'),
      ],
      end: [info('warehouse feed {batch} import finished')],
    },
  ],
  startup: [
    info('inventory {version} starting, python 3.12'),
    info('settings module inventory.settings.prod'),
    info('database pool opened: {innerIp}:5432 size=12'),
    info('alembic head {hex8}, nothing to upgrade'),
    info('joined consumer group inventory as member {hex8}'),
    info('assigned partitions 0-5'),
    info('assigned partitions 6-11'),
    info('warehouses known: 7'),
    info('allocator strategy nearest-first'),
    info('gunicorn listening at http://0.0.0.0:8000 ({pid})'),
    info('booting worker with pid {pid}'),
    info('booting worker with pid {pid}'),
  ],
  maintenance: [
    info('stocktaking in {warehouse} started, change {ticket}'),
    info('stocktaking {warehouse}: {done}% counted, {few} differences'),
    info('stocktaking in {warehouse} finished, change {ticket} closed'),
  ],
};
