// Mails and pushes to customers; bounces are everyday.

import { debug, error, every, info, warn, type ServiceSpec } from '../system-spec.js';

export const notification: ServiceSpec = {
  name: 'notification',
  runtime: 'node',
  codeRoot: 'notification/src',
  operations: {
    send: {
      start: [info('queued {template} for {user} via email')],
      done: [info('sent {template} to {user}, message id <{hex8}@mail.shop.example>, {elapsedMs} ms')],
      medianMs: 75,
    },
    digest: {
      start: [debug('digest for {user}: {few} items')],
      done: [info('digest sent to {user} in {elapsedMs} ms')],
      medianMs: 40,
    },
  },
  incidental: [
    debug('rendered {template} locale={country} {bytes} bytes'),
    info('push delivered to device {hex8}'),
    warn('mail to {user} bounced: 550 mailbox unavailable'),
    info('{user} unsubscribed from {template}', { reworded: 'unsubscribe: {user} from {template}' }),
    debug('smtp connection {few} reused'),
    warn('smtp 421 from relay, message {hex8} deferred by {count} s'),
    info('{user} opened {template}', { reworded: 'open tracked: {template} by {user}' }),
    warn('push token of device {hex8} expired'),
    info('sms to {country} sent, {few} segments'),
    debug('quiet hours for {user}, delayed'),
  ],
  incidentalPerVisit: 0.5,
  errors: [
    error('smtp relay refused connection: connect ECONNREFUSED {innerIp}:587'),
    error('template {template} failed to render: variable "order.total" is undefined'),
    error(
      'Error: Greeting never received\n    at SMTPConnection._onTimeout (/app/node_modules/smtp/connection.js:87:21)\n    at listOnTimeout (node:internal/timers:581:17)',
    ),
  ],
  upstream: [
    warn('{peer} slow: timeout {timeoutMs} ms, attempt {attempt}'),
    error('{peer} failed, message {hex8} dropped after {attempt} attempts'),
  ],
  periodic: [
    every(40_000, debug('health: ok ({queryMs} ms)')),
    every(120_000, info('queue depth={few} rate={count}/min')),
    every(300_000, info('smtp pool: {few} connections, {count} messages since start of pool')),
  ],
  rare: [
    info('templates reloaded from bucket, {count} files'),
    info('suppression list synced: {many} addresses'),
    warn('dkim key will rotate in {few} days'),
  ],
  jobs: [
    {
      name: 'bounce-report',
      schedule: 'hourly',
      atMinute: 35,
      durationMs: 40_000,
      steps: 6,
      begin: [info('bounce report {batch} started')],
      step: [info('bounce mailbox page {few}: {count} messages'), debug('bounce classified as {status}')],
      end: [info('bounce report {batch} finished')],
    },
  ],
  startup: [
    info('notification {version} booting (node v20)'),
    info('env NODE_ENV=production region={region}'),
    info('templates loaded: {count}'),
    info('smtp relay mail-{region}.shop.example:587 verified'),
    info('push gateway certificate valid for {percent} days'),
    info('queue consumer notification-{few} attached'),
    info('suppression list: {many} addresses'),
    info('dkim selector s2026 loaded'),
    info('metrics endpoint on :9464'),
    info('worker {worker} started'),
    info('worker {worker} started'),
    info('listening on :8080'),
  ],
};
