// What is looked at with more time: templates, the pipeline's health, live quality, the model and other thresholds.
import { Hono } from 'hono';
import { answerHealth } from '../answers/health.js';
import { answerModel } from '../answers/model.js';
import { createPreview } from '../answers/preview.js';
import { answerQuality } from '../answers/quality.js';
import { answerTemplates, TEMPLATE_ORDERS } from '../answers/templates.js';
import type { Failure } from '../api.js';
import type { GuardedEnv } from '../guard/guard.js';
import { choiceOfQuery, numberOfQuery, rangeOfQuery, shareOfQuery, textOfQuery } from '../params.js';
import type { RouteOptions } from './env.js';

const MOST_PAGE = 500;
const DEFAULT_PAGE = 50;
const DAY_MS = 86_400_000;

export function reportRoutes({ data }: RouteOptions): Hono<GuardedEnv> {
  const routes = new Hono<GuardedEnv>();
  const preview = createPreview(data);

  routes.get('/templates', async (context) => {
    const query = context.req.query();
    return context.json(
      await answerTemplates(data, {
        ...rangeOfQuery(query),
        source: textOfQuery(query, 'source'),
        text: textOfQuery(query, 'q'),
        order: choiceOfQuery(query, 'sort', TEMPLATE_ORDERS) ?? 'count',
        after: textOfQuery(query, 'after'),
        limit: numberOfQuery(query, 'limit', { least: 1, most: MOST_PAGE, fallback: DEFAULT_PAGE }),
      }),
    );
  });
  routes.get('/health', async (context) =>
    context.json(await answerHealth(data, rangeOfQuery(context.req.query()))),
  );
  routes.get('/quality', async (context) =>
    context.json(await answerQuality(data, rangeOfQuery(context.req.query()))),
  );
  routes.get('/model', async (context) => {
    const query = context.req.query();
    const toMs = data.nowMs();
    const isGiven = query['from'] !== undefined || query['to'] !== undefined;
    return context.json(
      await answerModel(data, isGiven ? rangeOfQuery(query) : { fromMs: toMs - DAY_MS, toMs }),
    );
  });
  routes.get('/model/preview', async (context) => {
    const query = context.req.query();
    const found = await preview(rangeOfQuery(query), shareOfQuery(query, 'threshold'));
    const none: Failure = { error: 'there is no model yet whose threshold could be another' };
    return found ? context.json(found) : context.json(none, 404);
  });
  return routes;
}
