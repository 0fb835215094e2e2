// The live stream of a page: server-sent events, begun where the browser says that it stood.
import { Hono } from 'hono';
import { changesSince, currentPosition } from '../events/changes.js';
import { createEventHub, type EventClient, type EventHub } from '../events/event-hub.js';
import { decodeEventId } from '../events/event-id.js';
import type { Failure } from '../api.js';
import type { Door } from '../guard/caller.js';
import type { GuardedEnv } from '../guard/guard.js';
import type { RouteOptions } from './env.js';
import { refuseHead } from './refuse-head.js';

/** A page that lets this much wait is not reading. */
const MOST_WAITING_BYTES = 1_048_576;
/** Nor is one that leaves anything lying for so long, however little. Beats find that out on quiet days. */
const MOST_WAITING_MS = 30_000;

export function createDashboardHub({ data, status }: RouteOptions): EventHub {
  return createEventHub({
    changesSince: async (position, nowMs) => {
      await data.checkSchema();
      return changesSince(data, position, nowMs);
    },
    status,
    nowMs: () => data.nowMs(),
  });
}

export function eventRoutes(
  { data }: RouteOptions,
  { hub, door }: { readonly hub: EventHub; readonly door: Door },
): Hono<GuardedEnv> {
  const routes = new Hono<GuardedEnv>();
  routes.get('/events', refuseHead, async (context) => {
    const { headers } = context.req.raw;
    const credentials = {
      authorization: headers.get('authorization') ?? undefined,
      cookie: headers.get('cookie') ?? undefined,
    };
    // a browser that comes again sends what it saw last, and the address as it was at first
    const stood = headers.get('last-event-id') ?? context.req.query('after') ?? '';
    const position = decodeEventId(stood) ?? (await currentPosition(data));
    let leave: (() => void) | undefined;
    let isFull = false;
    let waitingSinceMs: number | undefined;
    const encoder = new TextEncoder();
    const stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          const client: EventClient = {
            address: context.env?.clientAddress ?? '',
            caller: () => door.admit(credentials, data.clock.nowMs()),
            send: (text) => {
              const nowMs = data.clock.nowMs();
              if (controller.desiredSize === MOST_WAITING_BYTES) waitingSinceMs = undefined;
              else waitingSinceMs ??= nowMs;
              controller.enqueue(encoder.encode(text));
              const isStuck = waitingSinceMs !== undefined && nowMs - waitingSinceMs >= MOST_WAITING_MS;
              return !isStuck && (controller.desiredSize ?? 0) > 0;
            },
            // an error in the stream would end it, too, and be printed as one of ours
            cut: () => context.env?.hangUp?.(),
          };
          leave = hub.connect(client, position);
          isFull = leave === undefined;
        },
        cancel: () => leave?.(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: MOST_WAITING_BYTES }),
    );
    if (isFull) {
      const failure: Failure = {
        error: `${hub.clients} pages are open already, or too many of yours: close some of them`,
      };
      return context.json(failure, 503);
    }
    context.header('content-type', 'text/event-stream; charset=utf-8');
    // a proxy that gathers answers would hold events back
    context.header('x-accel-buffering', 'no');
    context.header('cache-control', 'no-store, no-transform');
    return context.body(stream);
  });
  return routes;
}
