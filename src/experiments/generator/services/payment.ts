// Takes the money: declines are business as usual, so WARN lines here are no trouble by themselves.

import { debug, error, every, info, warn, type ServiceSpec } from '../system-spec.js';

export const payment: ServiceSpec = {
  name: 'payment',
  runtime: 'java',
  codeRoot: 'com.shop.payment',
  operations: {
    charge: {
      start: [info('Authorizing {money} {currency} on {issuer} {card} for {order}')],
      calls: [['orders-db.write', 0.6]],
      done: [
        info('Payment for {order} captured, psp reference {hex8}, {elapsedMs} ms', { share: 0.93 }),
        warn('Payment for {order} declined by issuer: code 05 do not honor', { share: 0.06 }),
      ],
      medianMs: 180,
    },
    refund: {
      start: [info('Refund of {money} {currency} requested for {order}')],
      calls: [['orders-db.write', 1]],
      done: [info('Refund for {order} settled in {elapsedMs} ms')],
      medianMs: 140,
    },
  },
  incidental: [
    debug('PSP request signed, nonce {hex8}'),
    info('3-D Secure challenge passed for {card}'),
    debug('Fraud rules evaluated in {queryMs} ms, {few} hits'),
    info('Card token {uuid} reused for {user}', { reworded: 'Reusing card token {uuid} for {user}' }),
    warn('3-D Secure challenge abandoned for {card}'),
    info('Exchange rate {currency}/EUR fixed for {order}'),
    warn('PSP answered slowly: {slowMs} ms, soft limit 250 ms'),
    info('Webhook from PSP accepted: payment.captured {hex8}', {
      reworded: 'PSP webhook payment.captured {hex8} accepted',
    }),
    warn('Webhook signature older than {few} min, accepted'),
    debug('Ledger entry {lsn} appended'),
  ],
  incidentalPerVisit: 0.9,
  errors: [
    error('PSP connection failed: Connection reset by peer (psp.example.net:443)'),
    error(
      'java.net.SocketTimeoutException: Read timed out\n\tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:288)\n\tat com.shop.payment.psp.PspClient.authorize(PspClient.java:87)\n\tat com.shop.payment.ChargeService.charge(ChargeService.java:63)',
    ),
    error('Ledger write for {order} failed: could not serialize access due to concurrent update'),
  ],
  upstream: [
    warn('{peer} timeout after {timeoutMs} ms while booking {order}, attempt {attempt}'),
    error('Booking of {order} in {peer} failed after {attempt} attempts'),
  ],
  periodic: [
    every(40_000, debug('Health check passed: psp=UP db=UP in {queryMs} ms')),
    every(120_000, info('PSP pool stats active={poolUsed} idle={few} p95={waitMs} ms')),
    every(300_000, info('Ledger position {lsn} confirmed')),
  ],
  rare: [
    info('PSP credentials rotated, key id {hex8}'),
    info('Chargeback file fetched: {few} entries'),
    warn('BIN table is {percent} days old'),
  ],
  jobs: [
    {
      name: 'settlement',
      schedule: 'nightly',
      atMinute: 90,
      durationMs: 4 * 60_000,
      steps: 50,
      begin: [info('Settlement run {batch} started'), info('Settlement: {many} captured payments to match')],
      step: [
        info('Settlement page {partition}: matched {count} payments, {money} {currency}'),
        debug('Settlement cursor moved to {offset}'),
        warn('Settlement: payment {hex8} has no counterpart yet'),
      ],
      end: [info('Settlement run {batch} finished, difference 0.00 EUR')],
    },
  ],
  startup: [
    info('Starting PaymentApplication v{version} using Java 21 with PID {pid}'),
    info('The following 1 profile is active: "prod"'),
    info('HikariPool-1 - Starting...'),
    info('HikariPool-1 - Start completed.'),
    info('PSP endpoint https://psp.example.net/v3 merchant {hex8}'),
    info('TLS client certificate loaded, expires in {percent} days'),
    info('Fraud rules loaded: {count}'),
    info('Ledger opened at {lsn}'),
    info('Webhook receiver registered'),
    info('Retry queue empty'),
    info('Tomcat started on port 8080 (http) with context path "/"'),
    info('Started PaymentApplication in {few}.{percent} seconds'),
  ],
};
