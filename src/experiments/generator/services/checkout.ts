// Turns a cart into an order: the longest path through the system.

import { debug, error, every, info, warn, type ServiceSpec } from '../system-spec.js';

export const checkout: ServiceSpec = {
  name: 'checkout',
  runtime: 'java',
  codeRoot: 'com.shop.checkout',
  operations: {
    place: {
      start: [info('Checkout started for user {user}, {cart} with {few} items')],
      calls: [
        ['inventory.reserve', 1],
        ['shipping.quote', 0.6],
        ['payment.charge', 0.95],
        ['orders-db.write', 0.9],
        ['cart.close', 0.7],
        ['notification.send', 0.9],
      ],
      done: [info('Order {order} placed by {user}: total {money} {currency}, took {elapsedMs} ms')],
      medianMs: 35,
    },
  },
  incidental: [
    debug('Saga {uuid} step completed in {queryMs} ms'),
    info('Address validated for {user} country={country}'),
    info('Tax computed for {order}: {money} {currency}', {
      reworded: 'Computed tax of {money} {currency} for {order}',
    }),
    debug('Idempotency key {uuid} not seen before'),
    warn('Duplicate checkout request for {cart} ignored'),
    info('Gift wrapping added to {order}'),
    warn('Address of {user} could not be verified, asking customer'),
    info('Fraud score for {order}: {percent}', { reworded: 'Fraud check of {order} scored {percent}' }),
    warn('Stock of {sku} changed during checkout of {order}'),
    debug('Loyalty points for {user}: {count}'),
  ],
  incidentalPerVisit: 1.1,
  errors: [
    error('Checkout of {order} failed: saga {uuid} rolled back'),
    error(
      'java.util.concurrent.TimeoutException: saga {uuid} exceeded 10000 ms\n\tat com.shop.checkout.saga.SagaRunner.await(SagaRunner.java:87)\n\tat com.shop.checkout.CheckoutService.place(CheckoutService.java:74)\n\tat java.base/java.lang.Thread.run(Thread.java:1583)',
    ),
    error('Could not persist order {order}: transaction marked rollback-only'),
  ],
  upstream: [
    warn('Call to {peer} timed out after {timeoutMs} ms, attempt {attempt} of 3'),
    error('Call to {peer} failed for order {order}: {code5xx} after {attempt} attempts'),
    warn('Compensating step for {peer}: releasing reservation of {order}'),
  ],
  periodic: [
    every(40_000, debug('Health check passed: db=UP payment=UP inventory=UP in {queryMs} ms')),
    every(120_000, info('Sagas: running={few} completed={many} compensated={few}')),
    every(300_000, info('GC pause (G1 Evacuation) {heapMb}M->{count}M took {waitMs} ms')),
  ],
  rare: [
    info('Payment methods reloaded: {few} active'),
    info('Abandoned saga {uuid} cleaned up'),
    warn('Outbox lag {count} messages, catching up'),
  ],
  startup: [
    info('Starting CheckoutApplication v{version} using Java 21 with PID {pid}'),
    info('The following 1 profile is active: "prod"'),
    info('HikariPool-1 - Starting...'),
    info('HikariPool-1 - Start completed.'),
    info('Flyway: schema "checkout" is up to date, no migration necessary'),
    info('Outbox relay started, poll every 500 ms'),
    info('Circuit breaker registered: payment threshold=50%'),
    info('Circuit breaker registered: inventory threshold=50%'),
    info('Circuit breaker registered: shipping threshold=50%'),
    info('Recovered {few} unfinished sagas'),
    info('Tomcat started on port 8080 (http) with context path "/"'),
    info('Started CheckoutApplication in {few}.{percent} seconds'),
  ],
};
