// Who is asking: log-ins and token checks, with the failed log-ins that every public site has.

import { debug, error, every, info, warn, type ServiceSpec } from '../system-spec.js';

export const auth: ServiceSpec = {
  name: 'auth',
  runtime: 'go',
  codeRoot: 'internal/auth',
  operations: {
    verify: {
      start: [],
      calls: [['session-cache.get', 0.5]],
      done: [info('token verified sub={user} scope=shop kid={kid} took={queryMs}ms', { share: 0.85 })],
      medianMs: 3,
    },
    login: {
      start: [info('login started user={username} ip={ip} method=password')],
      calls: [
        ['orders-db.select', 0.6],
        ['session-cache.set', 0.9],
      ],
      done: [info('login succeeded user={username} session={session} in {elapsedMs}ms', { share: 0.9 })],
      medianMs: 90,
    },
  },
  incidental: [
    debug('jwks cache hit kid={kid}'),
    warn('login failed user={username} ip={ip} reason=bad_password'),
    info('refresh token rotated for {user}', { reworded: 'refresh token renewed for {user}' }),
    debug('password hash verified cost=12 in {waitMs}ms'),
    info('second factor requested user={username} channel=totp'),
    warn('token expired {few} s ago sub={user}'),
    info('session {session} revoked by user {user}', {
      reworded: 'session {session} closed at the request of {user}',
    }),
    warn('login failed user={username} ip={ip} reason=unknown_user'),
    info('device {hex8} remembered for {user}'),
    warn('account {username} locked for 15m after 5 failed attempts'),
  ],
  incidentalPerVisit: 0.22,
  errors: [
    error('verify: store unavailable: dial tcp {innerIp}:6379: connect: connection refused'),
    error('login: query users: context deadline exceeded'),
    error('sign token: key {kid} not loaded'),
  ],
  upstream: [
    warn('store {peer} slow or down: timeout after {timeoutMs}ms, attempt {attempt}/3'),
    error('store {peer} failed {attempt} times: i/o timeout'),
  ],
  periodic: [
    every(40_000, debug('health ok in {queryMs}ms')),
    every(300_000, info('key set refreshed: {few} active keys, next rotation in {percent}h')),
    every(240_000, info('sessions: active={many} created_last_2m={few}')),
  ],
  rare: [
    info('password policy reloaded from configmap auth-policy'),
    info('audit log shipped: {count} entries to s3://audit-{region}'),
    warn('deprecated grant type "password" used by client shop-legacy'),
  ],
  startup: [
    info('auth {version} go1.22 starting'),
    info('config loaded from /etc/auth/config.yaml'),
    info('signing key {kid} loaded'),
    info('signing key {kid} loaded'),
    info('connected to session-cache at {innerIp}:6379'),
    info('connected to orders-db at {innerIp}:5432 pool=10'),
    info('password policy: min length 10, breach list {many} hashes'),
    info('rate limits: login 10/min/ip'),
    info('metrics on :9090'),
    info('grpc server on :9091'),
    info('http server on :8080'),
    info('ready'),
  ],
};
