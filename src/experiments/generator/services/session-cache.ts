// The in-memory store for sessions, carts and prices: fast, terse, and everybody leans on it.

import { debug, error, every, info, warn, type ServiceSpec } from '../system-spec.js';

export const sessionCache: ServiceSpec = {
  name: 'session-cache',
  runtime: 'native',
  codeRoot: 'cache',
  operations: {
    get: {
      start: [],
      done: [
        debug('GET {cacheKey} hit {commandUs} us', { share: 0.3 }),
        debug('GET {cacheKey} miss', { share: 0.06 }),
      ],
      medianMs: 1,
    },
    set: {
      start: [],
      done: [debug('SET {cacheKey} {bytes} bytes ttl=1800 {commandUs} us', { share: 0.4 })],
      medianMs: 1,
    },
  },
  incidental: [
    debug('expired {few} keys in cycle'),
    info('Accepted {innerIp}:{port}'),
    info('Client closed connection id={many} addr={innerIp}:{port}', {
      reworded: 'Client disconnected id={many} addr={innerIp}:{port}',
    }),
    debug('hash table resized to {many} buckets'),
    warn('slow command GET {cacheKey} took {slowUs} us'),
    info('evicted {few} keys, policy allkeys-lru'),
    debug('active defrag moved {few} keys'),
    warn('client {innerIp}:{port} output buffer over soft limit'),
  ],
  incidentalPerVisit: 0.08,
  errors: [
    error('OOM command not allowed when used memory > maxmemory, client {innerIp}:{port}'),
    error('MISCONF unable to persist to disk, writes refused'),
    error('connection {innerIp}:{port} reset while replying'),
  ],
  upstream: [warn('replica {peer} not acknowledging for {timeoutMs} ms, attempt {attempt}')],
  periodic: [
    every(40_000, debug('PING from kubelet answered in {commandUs} us')),
    every(120_000, info('DB 0: {many} keys ({many} volatile), used_memory {heapMb}M')),
    every(300_000, info('Background saving terminated with success, {few} MB copy-on-write')),
    every(300_000, info('Background saving started by pid {pid}')),
  ],
  rare: [
    info('Replica {innerIp}:6379 asked for partial resynchronization, accepted, {bytes} bytes of backlog'),
    info('Config rewritten: maxmemory-policy allkeys-lru'),
    warn('Latency spike of {waitMs} ms in fork'),
  ],
  startup: [
    info('cache 7.2.{few} starting, pid={pid}'),
    info('Configuration loaded'),
    info('monotonic clock: POSIX clock_gettime'),
    info('Running mode=standalone, port=6379.'),
    info('Server initialized'),
    info('Loading RDB produced by version 7.2'),
    info('RDB age {count} seconds'),
    info('RDB memory usage when created {heapMb} Mb'),
    info('Done loading RDB, keys loaded: {many}, keys expired: {few}.'),
    info('DB loaded from disk: {waitMs} ms'),
    info('Replica {innerIp}:6379 synchronization succeeded'),
    info('Ready to accept connections tcp'),
  ],
  maintenance: [
    info('Failover for change {ticket} started, target {innerIp}:6379'),
    info('Replication backlog {bytes} bytes behind, {done}% caught up'),
    info('Failover for change {ticket} completed, role master'),
  ],
};
