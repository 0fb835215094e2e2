// The simulated system: a small web shop, its eleven services and where requests enter it.

import { auth } from './services/auth.js';
import { cart } from './services/cart.js';
import { catalog } from './services/catalog.js';
import { checkout } from './services/checkout.js';
import { gateway } from './services/gateway.js';
import { inventory } from './services/inventory.js';
import { notification } from './services/notification.js';
import { ordersDb } from './services/orders-db.js';
import { payment } from './services/payment.js';
import { sessionCache } from './services/session-cache.js';
import { shipping } from './services/shipping.js';
import type { ServiceSpec } from './system-spec.js';

export interface SystemSpec {
  readonly services: readonly ServiceSpec[];
  /** Operations that start requests, with the share of all requests that each starts. Shares add up to 1. */
  readonly entries: readonly (readonly [operation: string, share: number])[];
}

export const SHOP: SystemSpec = {
  services: [
    gateway,
    auth,
    catalog,
    cart,
    checkout,
    payment,
    inventory,
    shipping,
    notification,
    ordersDb,
    sessionCache,
  ],
  entries: [
    ['gateway.browse', 0.24],
    ['gateway.product', 0.2],
    ['gateway.search', 0.09],
    ['gateway.cart', 0.14],
    ['gateway.checkout', 0.1],
    ['gateway.login', 0.07],
    ['gateway.track', 0.03],
    // queues and workers of their own, not behind the gateway
    ['inventory.adjust', 0.05],
    ['shipping.dispatch', 0.04],
    ['notification.digest', 0.02],
    ['payment.refund', 0.02],
  ],
};
