// Everything that is asked of a request before it is answered: that it means us, that it does not come too often, that its
// sender may have what it asks for, and that a change was meant by the person at the page.
import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ClientInfo } from '../../adapters/dashboard-http.js';
import type { Clock } from '../../ports.js';
import type { Caller, Door } from './caller.js';
import type { Names } from './hosts.js';
import { createRateLimiter, type RateLimit } from './rate-limit.js';

export interface GuardedEnv {
  Bindings: Partial<ClientInfo>;
  Variables: { caller: Caller };
}

export interface GuardOptions {
  readonly names: Names;
  readonly door: Door;
  readonly clock: Clock;
  readonly limits?: Limits;
}

export interface Limits {
  /** Of the page's own files, which cost next to nothing. */
  readonly assets: RateLimit;
  readonly reads: RateLimit;
  readonly writes: RateLimit;
  readonly logins: RateLimit;
}

/** A page that is opened asks for some sixty files and ten answers; a person changes something every few seconds. */
const DEFAULT_LIMITS: Limits = {
  assets: { burst: 3000, perSecond: 500 },
  reads: { burst: 300, perSecond: 50 },
  writes: { burst: 30, perSecond: 2 },
  logins: { burst: 5, perSecond: 1 / 12 },
};
const MOST_ORIGIN_CHARACTERS = 300;
const ASSET_PATH = /^\/(assets|core)\//;

/** Refuses with a sentence; sets `caller` for whoever comes in. */
export function createGuard({ names, door, clock, limits = DEFAULT_LIMITS }: GuardOptions): {
  /** Of every request. */
  readonly address: MiddlewareHandler<GuardedEnv>;
  /** Of all that is nobody's but ours to see. */
  readonly admission: MiddlewareHandler<GuardedEnv>;
  /** Of a form that is sent without a caller: the login, a signed link. */
  readonly form: MiddlewareHandler<GuardedEnv>;
} {
  const assets = createRateLimiter(limits.assets);
  const reads = createRateLimiter(limits.reads);
  const writes = createRateLimiter(limits.writes);
  const logins = createRateLimiter(limits.logins);
  const isChange = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

  const isFromElsewhere = (headers: Headers): boolean => {
    const origin = headers.get('origin');
    if (origin !== null)
      return (
        origin.length > MOST_ORIGIN_CHARACTERS || !names.isOurOrigin(origin, headers.get('host') ?? undefined)
      );
    const site = headers.get('sec-fetch-site');
    return site !== null && site !== 'same-origin' && site !== 'none';
  };

  return {
    address: async (context, next) => {
      const { headers, method } = context.req.raw;
      // a request may name its server in two places
      const isOurs =
        names.isOurs(headers.get('host') ?? undefined) && names.isOurs(new URL(context.req.url).host);
      if (!isOurs)
        return context.json(
          { error: `this server answers to ${names.listed}; start it with --allow-host for another name` },
          421,
        );
      const client = context.env?.clientAddress ?? '';
      const limiter = isChange(method) ? writes : ASSET_PATH.test(context.req.path) ? assets : reads;
      const waitS = limiter(client, clock.nowMs());
      if (waitS > 0) {
        context.header('retry-after', String(waitS));
        return context.json({ error: `too many requests: try again in ${waitS} s` }, 429);
      }
      if (isChange(method) && isFromElsewhere(headers))
        return context.json({ error: 'a change must come from a page of this server' }, 403);
      return next();
    },
    admission: async (context, next) => {
      const { headers, method } = context.req.raw;
      const authorization = headers.get('authorization') ?? undefined;
      const caller = door.admit({ authorization, cookie: headers.get('cookie') ?? undefined }, clock.nowMs());
      if (caller === undefined) {
        // guessing by header is as slow as guessing at the form
        if (authorization !== undefined) {
          const waitS = logins(context.env?.clientAddress ?? '', clock.nowMs());
          if (waitS > 0) {
            context.header('retry-after', String(waitS));
            return context.json({ error: `too many wrong tokens: try again in ${waitS} s` }, 429);
          }
        }
        context.header('www-authenticate', 'Bearer realm="loghorn"');
        return context.json({ error: 'log in at /login, or send a token as Authorization: Bearer' }, 401);
      }
      if (isChange(method)) {
        if (!caller.mayWrite)
          return context.json({ error: 'this token may read, not write: log in with another' }, 403);
        if (caller.csrfToken !== null && !isSame(headers.get('x-loghorn-csrf') ?? '', caller.csrfToken))
          return context.json(
            { error: 'the page is out of date: reload it (x-loghorn-csrf is not the one of /api/status)' },
            403,
          );
      }
      context.set('caller', caller);
      return next();
    },
    form: async (context, next) => {
      const waitS = isChange(context.req.method)
        ? logins(context.env?.clientAddress ?? '', clock.nowMs())
        : 0;
      if (waitS === 0) return next();
      context.header('retry-after', String(waitS));
      return context.text(`Too many attempts: try again in ${waitS} s.\n`, 429);
    },
  };
}

function isSame(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}
