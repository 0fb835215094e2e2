// What every route group is given.
import type { Context } from 'hono';
import type { DashboardData } from '../answers/dashboard-data.js';
import type { Deviations } from '../answers/deviation.js';
import type { CommonStatus } from '../answers/status.js';
import type { GuardedEnv } from '../guard/guard.js';
import { BadRequest } from '../params.js';

export interface RouteOptions {
  readonly data: DashboardData;
  readonly deviations: Deviations;
  readonly status: () => Promise<CommonStatus>;
}

export type RouteContext = Context<GuardedEnv>;

/** A JSON object. @throws BadRequest */
export async function bodyOf(context: RouteContext): Promise<Readonly<Record<string, unknown>>> {
  const type = context.req.header('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new BadRequest('the body must be JSON: send it with content-type application/json');
  let body: unknown;
  try {
    body = await context.req.json();
  } catch {
    throw new BadRequest('the body is not JSON: send an object');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new BadRequest('the body must be a JSON object');
  return body as Readonly<Record<string, unknown>>;
}
