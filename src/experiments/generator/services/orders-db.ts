// The relational database: it logs slow statements, checkpoints and vacuums, not every query.

import { debug, error, every, fatal, info, warn, type ServiceSpec } from '../system-spec.js';

export const ordersDb: ServiceSpec = {
  name: 'orders-db',
  runtime: 'native',
  codeRoot: 'postgres',
  operations: {
    select: {
      start: [],
      done: [
        info(
          'duration: {elapsedMs} ms  execute <unnamed>: SELECT * FROM {table} WHERE id = $1 -- {rows} rows',
          {
            share: 0.45,
          },
        ),
      ],
      medianMs: 5,
    },
    write: {
      start: [],
      done: [
        info(
          'duration: {elapsedMs} ms  execute S_{few}: INSERT INTO {table} (id, ref, payload) VALUES ($1, $2, $3)',
          {
            share: 0.35,
          },
        ),
        info('duration: {elapsedMs} ms  execute S_{few}: UPDATE {table} SET state = $1 WHERE id = $2', {
          share: 0.2,
        }),
        debug('commit xid {offset} lsn {lsn}', { share: 0.1 }),
      ],
      medianMs: 8,
    },
  },
  incidental: [
    info('connection received: host={innerIp} port={port}'),
    info('connection authorized: user=shop database=orders'),
    debug('plan cache: generic plan chosen for S_{few}'),
    info('temporary file: path "base/pgsql_tmp/pgsql_tmp{pid}.{few}", size {bytes}'),
    warn('process {pid} still waiting for ShareLock on transaction {offset} after {slowMs} ms'),
    info('disconnection: session time: 0:{few}:{percent} user=shop database=orders host={innerIp}', {
      reworded:
        'disconnection: session time: 0:{few}:{percent} user=shop database=orders app=hikari host={innerIp}',
    }),
    info('process {pid} acquired ShareLock on transaction {offset} after {slowMs} ms'),
    warn('there is no transaction in progress'),
    debug('prepared statement S_{few} deallocated'),
    warn('nonstandard use of \\\\ in a string literal at character {line}'),
  ],
  incidentalPerVisit: 0.1,
  errors: [
    error('canceling statement due to statement timeout: UPDATE {table} SET state = $1 WHERE id = $2'),
    error(
      'deadlock detected: process {pid} waits for ShareLock on transaction {offset}; blocked by process {pid}',
    ),
    error('could not serialize access due to concurrent update on {table}'),
    fatal('remaining connection slots are reserved for roles with the SUPERUSER attribute'),
  ],
  upstream: [warn('standby {peer} has not confirmed for {timeoutMs} ms, attempt {attempt}')],
  periodic: [
    every(
      60_000,
      info('checkpoint complete: wrote {count} buffers ({few}.{few}%); sync={waitMs} ms; lsn={lsn}'),
    ),
    every(120_000, info('checkpoint starting: time')),
    every(90_000, debug('archiver: archived WAL segment {hex8}')),
    every(300_000, info('automatic analyze of table "orders.public.{table}" took {waitMs} ms')),
  ],
  rare: [
    info(
      'automatic vacuum of table "orders.public.{table}": index scans: 1, pages: {few} removed, {many} remain',
    ),
    info('replication slot standby_1 advanced to {lsn}'),
    warn('autovacuum worker took too long to start; canceled'),
  ],
  jobs: [
    {
      name: 'backup',
      schedule: 'nightly',
      atMinute: 180,
      durationMs: 6 * 60_000,
      steps: 40,
      begin: [info('base backup {batch} started, checkpoint at {lsn}')],
      step: [
        info('base backup: {done}% of tablespace pg_default, {many} MB sent'),
        debug('base backup throttled, waiting {waitMs} ms'),
      ],
      end: [info('base backup {batch} finished, stop point {lsn}')],
    },
  ],
  startup: [
    info('starting PostgreSQL 16.{few} on x86_64-pc-linux-gnu'),
    info('listening on IPv4 address "0.0.0.0", port 5432'),
    info('database system was shut down cleanly at lsn {lsn}'),
    info('entering standby-ready recovery of {few} segments'),
    info('redo starts at {lsn}'),
    info('redo done at {lsn} system usage: {waitMs} ms'),
    info('checkpoint complete: end-of-recovery'),
    info('autovacuum launcher started'),
    info('logical replication launcher started'),
    info('archiver process started'),
    info('{few} extensions loaded: pg_stat_statements, pgcrypto'),
    info('database system is ready to accept connections'),
  ],
  maintenance: [
    info('maintenance {ticket}: REINDEX CONCURRENTLY started on {table}'),
    info('maintenance: reindex {done}% of {many} pages'),
    info('maintenance {ticket}: REINDEX finished, old index dropped'),
  ],
};
