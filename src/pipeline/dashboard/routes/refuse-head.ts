// HEAD of an answer that goes on and on: it would be made for nobody, since the router asks the GET handler for it and never
// cancels the body that it does not send.
import type { MiddlewareHandler } from 'hono';
import type { Failure } from '../api.js';
import type { GuardedEnv } from '../guard/guard.js';

export const refuseHead: MiddlewareHandler<GuardedEnv> = async (context, next) => {
  if (context.req.method !== 'HEAD') return await next();
  const failure: Failure = { error: 'only GET has an answer here' };
  context.header('allow', 'GET');
  return context.json(failure, 405);
};
