// Parcels: quotes and tracking through carriers that are slow and sometimes wrong.

import { debug, error, every, info, warn, type ServiceSpec } from '../system-spec.js';

export const shipping: ServiceSpec = {
  name: 'shipping',
  runtime: 'python',
  codeRoot: 'shipping',
  operations: {
    quote: {
      start: [],
      done: [info('quote for {order} to {country}: {carrier} {money} {currency} in {elapsedMs} ms')],
      medianMs: 60,
    },
    track: {
      start: [],
      calls: [['session-cache.get', 0.5]],
      done: [info('tracking {tracking} ({carrier}) looked up for {user} in {elapsedMs} ms')],
      medianMs: 110,
    },
    dispatch: {
      start: [info('label requested for {order} carrier={carrier}')],
      calls: [
        ['orders-db.write', 1],
        ['notification.send', 0.8],
      ],
      done: [info('label {tracking} printed in {warehouse} for {order}')],
      medianMs: 240,
    },
  },
  incidental: [
    debug('carrier {carrier} api answered {status} in {waitMs} ms'),
    info('parcel {tracking} left {warehouse}'),
    info('parcel {tracking} delivered in {country}', {
      reworded: 'delivery of {tracking} confirmed, {country}',
    }),
    warn('carrier {carrier} returned no estimate for {country}, using default of {few} days'),
    debug('zone table lookup {country} -> zone {few}'),
    info('pickup window booked with {carrier} at {warehouse}', {
      reworded: 'booked pickup with {carrier} at {warehouse}',
    }),
    warn('address of {order} normalised with low confidence ({percent}%)'),
    info('parcel {tracking} held at customs {country}'),
    warn('parcel {tracking} returned to sender'),
    debug('label {tracking} rendered, {bytes} bytes'),
  ],
  incidentalPerVisit: 0.8,
  errors: [
    error('carrier {carrier} rejected label for {order}: 422 invalid postal code'),
    error(
      'carrier {carrier} api failed: HTTPSConnectionPool(host="labels.carriers.example", port=443): Max retries exceeded',
    ),
    error(
      'Traceback (most recent call last):\n  File "/app/shipping/labels.py", line 86, in create\n    pdf = carrier.fetch_label(parcel)\n  File "/app/shipping/carriers.py", line 118, in fetch_label\n    raise LabelError(response.text)\nshipping.carriers.LabelError: empty label',
    ),
  ],
  upstream: [
    warn('{peer} timed out after {timeoutMs} ms for {order}, retry {attempt}'),
    error('{peer} unreachable, {order} put back in queue after {attempt} tries'),
  ],
  periodic: [
    every(40_000, debug('liveness ok {queryMs} ms')),
    every(240_000, info('label queue depth {few}, oldest {count} s')),
    every(300_000, info('polled {carrier} for {count} parcels in {waitMs} ms')),
  ],
  rare: [
    info('carrier price list {carrier} reloaded, {many} zones'),
    info('holiday calendar updated for {country}'),
    warn('printer {hex8} in {warehouse} is out of labels, using spare'),
  ],
  startup: [
    info('shipping {version} starting, python 3.12'),
    info('settings module shipping.settings.prod'),
    info('carrier adapter loaded: dhl'),
    info('carrier adapter loaded: ups'),
    info('carrier adapter loaded: gls'),
    info('carrier adapter loaded: postnl'),
    info('zone table loaded: {many} rows'),
    info('database pool opened: {innerIp}:5432 size=6'),
    info('label queue restored, {few} jobs'),
    info('gunicorn listening at http://0.0.0.0:8000 ({pid})'),
    info('booting worker with pid {pid}'),
    info('ready after {many} ms'),
  ],
  maintenance: [
    info('carrier {carrier} announced maintenance, change {ticket}, quotes from table'),
    info('carrier {carrier} in maintenance, {count} parcels waiting for status'),
    info('carrier {carrier} maintenance over, change {ticket} closed'),
  ],
};
