// The variable parts of messages: ids, addresses, sizes and times with the shapes and tails that real ones have.
// Ids of the requester come from the request, so that all lines of one trace speak of the same user and order.

import type { Random } from '../../core/random.js';

/** What a parameter may look at. One object per request, rewritten as the request moves on. */
export interface Draw {
  readonly random: Random;
  /** 32 bits that stand for who asks and what for. */
  readonly identity: number;
  /** Time spent in the current visit so far. */
  elapsedMs: number;
  /** Factor on every time taken; 1 in health. */
  slowdown: number;
  /** The service that was called. */
  peer: string;
  /** How much of a longer work is done, 0 to 1. */
  progress: number;
  attempt: number;
}

export type Parameter = (draw: Draw) => string;

const HEX_BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** `bytes` random bytes as lower-case hex. */
export function hex(random: Random, bytes: number): string {
  let text = '';
  for (let left = bytes; left > 0; left -= 4) {
    const word = random.below(4294967296);
    text += HEX_BYTES[word & 255];
    if (left > 1) text += HEX_BYTES[(word >>> 8) & 255];
    if (left > 2) text += HEX_BYTES[(word >>> 16) & 255];
    if (left > 3) text += HEX_BYTES[word >>> 24];
  }
  return text;
}

/** Log-normal around a median; one in a hundred has a Pareto tail (index 1.5) on top. At most 20 s. */
export function drawTimeMs(random: Random, medianMs: number, sigma: number): number {
  const body = medianMs * Math.exp(sigma * random.normal());
  const tail = random.next() < 0.01 ? (1 - random.next()) ** (-1 / 1.5) : 1;
  return Math.min(20_000, body * tail);
}

/** Popular things are asked for more: low numbers come up most. */
const popular = (random: Random, n: number): number => Math.floor(n * random.next() ** 3);
const pick = (items: readonly string[]): Parameter => {
  return ({ random }) => items[popular(random, items.length)] ?? '';
};
const between = (low: number, high: number): Parameter => {
  return ({ random }) => String(low + random.below(high - low + 1));
};
const heavyTail = (median: number, sigma: number): Parameter => {
  return ({ random }) => String(Math.max(1, Math.round(median * Math.exp(sigma * random.normal()))));
};
const timeTaken = (medianMs: number, sigma: number, digits = 0): Parameter => {
  return ({ random, slowdown }) => (drawTimeMs(random, medianMs, sigma) * slowdown).toFixed(digits);
};
const userNumber = (identity: number): number => 1000 + Math.floor(60_000 * (identity / 4294967296) ** 2);

const FIRST = ['maria', 'jonas', 'li', 'amara', 'peter', 'sofia', 'ivan', 'noor', 'kenji', 'laura', 'omar'];
const LAST = ['lopez', 'berg', 'wei', 'okafor', 'novak', 'rossi', 'petrov', 'haddad', 'sato', 'meyer'];

/** In [0, 1), another one for each purpose, the same all through a request. */
const spread = (identity: number, purpose: number): number =>
  (Math.imul(identity ^ (identity >>> 15), 0x2c1b3c6d + 2 * purpose * 0x4f6cdd1d) >>> 0) / 4294967296;
/** Chosen once for the request: a customer pays in one currency. */
const byIdentity = (purpose: number, items: readonly string[]): Parameter => {
  return ({ identity }) => items[Math.floor(items.length * spread(identity, purpose) ** 2)]!;
};

/** Parameters whose value grows when a service is slow. */
export const TIMED_PARAMETERS: ReadonlySet<string> = new Set(['elapsedMs', 'queryMs', 'commandUs', 'waitMs']);

export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  user: ({ identity }) => `u-${userNumber(identity)}`,
  username: ({ identity }) =>
    `${FIRST[identity % FIRST.length]}.${LAST[(identity >>> 5) % LAST.length]}${userNumber(identity) % 97}`,
  order: ({ identity }) => `ORD-${10_000_000 + (identity % 89_999_999)}`,
  cart: ({ identity }) => `cart_${(identity >>> 4).toString(36)}`,
  ip: ({ identity }) =>
    `${11 + (identity % 180)}.${(identity >>> 8) & 255}.${(identity >>> 16) & 255}.${1 + ((identity >>> 24) % 254)}`,
  innerIp: ({ random }) => `10.42.${random.below(6)}.${2 + random.below(40)}`,
  port: between(32_768, 60_999),
  session: ({ random }) => hex(random, 8),
  uuid: ({ random }) => {
    const digits = hex(random, 16);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
  },
  kid: pick(['9f3ac1d0', '9f3ac1d0', '51be7702']),
  hex8: ({ random }) => hex(random, 4),
  sku: ({ identity }) => {
    const n = Math.floor(4000 * spread(identity, 2) ** 3);
    return `SKU-${'ABCDEFGH'[n % 8]}${1000 + n}`;
  },
  money: ({ identity }) => (4 + 16 / (1.03 - spread(identity, 1))).toFixed(2),
  few: ({ random }) => String(1 + popular(random, 8)),
  count: heavyTail(24, 1),
  rows: heavyTail(40, 1.4),
  many: heavyTail(4200, 0.8),
  bytes: heavyTail(3800, 1.2),
  elapsedMs: ({ elapsedMs }) => String(Math.max(1, Math.round(elapsedMs))),
  queryMs: timeTaken(4, 0.8),
  waitMs: timeTaken(12, 0.7),
  commandUs: timeTaken(180, 0.5),
  product: ({ identity }) => String(1000 + Math.floor(4000 * spread(identity, 2) ** 3)),
  agent: byIdentity(4, ['Mozilla/5.0', 'okhttp/4.12.0', 'ShopApp/8.3 (iOS)', 'curl/8.5.0', 'Googlebot/2.1']),
  status: pick(['200', '200', '200', '304', '201', '404']),
  category: byIdentity(5, ['shoes', 'kitchen', 'garden', 'audio', 'books', 'toys', 'outdoor', 'lighting']),
  term: byIdentity(6, [
    'running shoes',
    'usb c cable',
    'lamp',
    'coffee grinder',
    'tent',
    'headphones',
    'desk',
  ]),
  region: pick(['eu-west-1', 'eu-central-1', 'us-east-1']),
  country: byIdentity(7, ['DE', 'FR', 'NL', 'ES', 'PL', 'US', 'AT']),
  currency: byIdentity(7, ['EUR', 'EUR', 'USD', 'GBP']),
  carrier: byIdentity(8, ['dhl', 'ups', 'postnl', 'gls', 'dpd']),
  tracking: ({ random }) => `JD${random.below(900_000_000) + 100_000_000}`,
  card: ({ identity }) => `****${1000 + (identity % 9000)}`,
  issuer: byIdentity(9, ['visa', 'mastercard', 'amex']),
  warehouse: pick(['WH-01', 'WH-02', 'WH-05', 'WH-07']),
  table: pick(['orders', 'order_items', 'products', 'stock_levels', 'payments', 'users']),
  cacheKey: ({ random }) => `${['sess', 'product', 'cart', 'price'][popular(random, 4)]}:${hex(random, 3)}`,
  pid: between(112, 4090),
  worker: between(1, 8),
  partition: between(0, 11),
  offset: between(1_200_000, 98_000_000),
  percent: between(1, 99),
  done: ({ progress }) => String(Math.floor(100 * progress)),
  slowMs: heavyTail(1800, 0.5),
  slowUs: heavyTail(14_000, 0.6),
  heapMb: heavyTail(310, 0.2),
  poolUsed: ({ random }) => String(1 + popular(random, 18)),
  lsn: ({ random }) => `${random.below(16).toString(16).toUpperCase()}/${hex(random, 4).toUpperCase()}`,
  template: byIdentity(10, [
    'order-confirmation',
    'shipping-update',
    'password-reset',
    'welcome',
    'cart-reminder',
  ]),
  coupon: pick(['SPRING10', 'WELCOME5', 'FREESHIP', 'VIP15']),
  batch: ({ identity }) => `b${(identity % 900_000) + 100_000}`,
  ticket: ({ identity }) => `CHG-${(identity % 9000) + 1000}`,
  version: ({ random }) => `${2 + random.below(3)}.${random.below(30)}.${random.below(12)}`,
  peer: ({ peer }) => peer,
  attempt: ({ attempt }) => String(attempt),
  timeoutMs: pick(['2000', '2000', '3000', '5000']),
  code5xx: pick(['503', '502', '500', '504']),
  line: between(18, 420),
};
