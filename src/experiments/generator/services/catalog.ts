// What is for sale: the most read service, with a nightly rebuild of its search index.

import { debug, error, every, info, warn, type ServiceSpec } from '../system-spec.js';

export const catalog: ServiceSpec = {
  name: 'catalog',
  runtime: 'java',
  codeRoot: 'com.shop.catalog',
  operations: {
    list: {
      start: [],
      calls: [
        ['session-cache.get', 0.4],
        ['orders-db.select', 0.25],
      ],
      done: [info('Listed category {category} page {few}: {count} products in {elapsedMs} ms')],
      medianMs: 22,
    },
    product: {
      start: [],
      calls: [
        ['session-cache.get', 0.5],
        ['orders-db.select', 0.15],
      ],
      done: [info('Product {sku} served in {elapsedMs} ms')],
      medianMs: 9,
    },
    search: {
      start: [debug('Search query "{term}" parsed, {few} tokens', { share: 0.5 })],
      done: [info('Search "{term}" found {rows} hits in {elapsedMs} ms')],
      medianMs: 45,
    },
  },
  incidental: [
    debug('Cache hit for product {sku}'),
    debug('Cache miss for product {sku}, loading from database'),
    info('Price for {sku} in {currency} recalculated: {money}', {
      reworded: 'Recalculated price of {sku}: {money} {currency}',
    }),
    debug('Facets computed for {category}: {count} buckets in {queryMs} ms'),
    warn('Image missing for product {sku}, serving placeholder'),
    info('Recommendation set {hex8} attached for user {user}', {
      reworded: 'Attached recommendation set {hex8} for user {user}',
    }),
    warn('Slow query: search "{term}" scored {many} documents'),
    info('Product {sku} out of stock in {warehouse}, hidden from list'),
    debug('Locale fallback {country} -> DE for {sku}'),
    warn('Product {sku} has no translation for {country}'),
    info('Promotion {coupon} applied to category {category}'),
    debug('Query plan cache evicted {few} entries'),
  ],
  incidentalPerVisit: 0.3,
  errors: [
    error('Failed to load product {sku}: could not extract ResultSet'),
    error(
      'org.hibernate.exception.JDBCConnectionException: Unable to acquire JDBC Connection\n\tat org.hibernate.internal.SessionImpl.connection(SessionImpl.java:442)\n\tat com.shop.catalog.ProductRepository.find(ProductRepository.java:87)\n\tat com.shop.catalog.ProductController.get(ProductController.java:51)',
    ),
    error('Search shard {partition} did not answer within {timeoutMs} ms'),
  ],
  upstream: [
    warn('Read from {peer} timed out after {timeoutMs} ms (attempt {attempt}), falling back to stale copy'),
    error('No answer from {peer} after {attempt} attempts, returning 503'),
  ],
  periodic: [
    every(40_000, debug('Health check passed: db=UP cache=UP in {queryMs} ms')),
    every(120_000, info('HikariPool-1 - stats (total=20, active={poolUsed}, idle={few}, waiting=0)')),
    every(300_000, info('GC pause (G1 Evacuation) {heapMb}M->{count}M took {waitMs} ms')),
  ],
  rare: [
    info('Currency rates updated from ECB feed: {count} rates'),
    info('Search synonyms reloaded: {count} groups'),
    warn('Thread starvation or clock leap detected (housekeeper delta={many}ms)'),
  ],
  jobs: [
    {
      name: 'reindex',
      schedule: 'nightly',
      atMinute: 130,
      durationMs: 7 * 60_000,
      steps: 90,
      begin: [
        info('Reindex job {batch} started by scheduler'),
        info('Creating index products_{hex8} with 3 shards'),
      ],
      step: [
        info('Reindexed batch {partition}: {many} documents in {waitMs} ms'),
        info('Bulk request of {bytes} bytes acknowledged by shard {partition}'),
        debug('Skipped {few} inactive products in segment {partition}'),
      ],
      end: [
        info('Alias products switched to products_{hex8}'),
        info('Reindex job finished: {many} documents, {few} failures'),
      ],
    },
  ],
  startup: [
    info('Starting CatalogApplication v{version} using Java 21 with PID {pid}'),
    info('The following 1 profile is active: "prod"'),
    info('Bootstrapping Spring Data JPA repositories in DEFAULT mode'),
    info('Tomcat initialized with port 8080 (http)'),
    info('HikariPool-1 - Starting...'),
    info('HikariPool-1 - Added connection org.postgresql.jdbc.PgConnection@{hex8}'),
    info('HikariPool-1 - Start completed.'),
    info('Flyway: schema "catalog" is up to date, no migration necessary'),
    info('Search client connected to 3 nodes'),
    info('Warmed up cache with {many} products in {waitMs} ms'),
    info('Tomcat started on port 8080 (http) with context path "/"'),
    info('Started CatalogApplication in {few}.{percent} seconds'),
  ],
  maintenance: [
    info('Catalog switched to read-only mode for change {ticket}'),
    info('Backfill of column products.weight: {done}% done, {many} rows'),
    info('Catalog left read-only mode, change {ticket} closed'),
  ],
};
