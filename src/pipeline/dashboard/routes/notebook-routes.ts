// An alert as a notebook to download.
import { Hono } from 'hono';
import { answerAlertNotebook } from '../answers/alert-notebook.js';
import type { Failure } from '../api.js';
import type { GuardedEnv } from '../guard/guard.js';
import type { RouteOptions } from './env.js';

export function notebookRoutes({ data }: Pick<RouteOptions, 'data'>): Hono<GuardedEnv> {
  const routes = new Hono<GuardedEnv>();
  routes.get('/alerts/:id/notebook', async (context) => {
    const alertId = context.req.param('id');
    const text = await answerAlertNotebook(data, alertId);
    const none: Failure = { error: 'there is no such alert in the store' };
    if (text === undefined) return context.json(none, 404);
    // an id that is stored has nothing but what its hash is written in; whatever else there is stays out of the header
    const name = `alert-${alertId.replaceAll(/[^0-9a-zA-Z-]/g, '')}.ipynb`;
    return context.body(text, 200, {
      'content-type': 'application/x-ipynb+json',
      'content-disposition': `attachment; filename="${name}"`,
    });
  });
  return routes;
}
