// What is looked at first and all the time: status and swimlane; and markers, which are told to the swimlane.
import { Hono } from 'hono';
import { answerStatus } from '../answers/status.js';
import { answerSwimlane } from '../answers/swimlane.js';
import type { Marker, Status } from '../api.js';
import { textOfBody, timeOfBody } from '../body.js';
import type { Caller } from '../guard/caller.js';
import type { GuardedEnv } from '../guard/guard.js';
import { numberOfQuery, rangeOfQuery } from '../params.js';
import { bodyOf, type RouteOptions } from './env.js';

const DAY_MS = 86_400_000;
const MOST_MARKER_CHARACTERS = 200;

export function watchRoutes({ data, deviations }: RouteOptions): Hono<GuardedEnv> {
  const routes = new Hono<GuardedEnv>();
  routes.get('/status', async (context) =>
    context.json(statusFor(await answerStatus(data, deviations), context.get('caller'))),
  );
  routes.get('/swimlane', async (context) => {
    const query = context.req.query();
    const bucketMs = numberOfQuery(query, 'bucket', { least: 0, most: DAY_MS, fallback: 0 });
    return context.json(await answerSwimlane(data, rangeOfQuery(query), bucketMs));
  });
  routes.post('/markers', async (context) => {
    const body = await bodyOf(context);
    const source = textOfBody(body, 'source', { most: MOST_MARKER_CHARACTERS, isOptional: true });
    const marker: Marker = {
      kind: 'deploy',
      atMs: timeOfBody(body, 'atMs') ?? data.nowMs(),
      text: textOfBody(body, 'text', { most: MOST_MARKER_CHARACTERS })!,
      ...(source === undefined ? {} : { source }),
    };
    const { kind: _, ...told } = marker;
    await data.reader.addMarker(told);
    return context.json(marker, 201);
  });
  return routes;
}

export function statusFor(
  common: Omit<Status, 'who' | 'csrfToken'>,
  { name, mayWrite, csrfToken }: Caller,
): Status {
  return { ...common, who: { name, mayWrite }, csrfToken: csrfToken ?? '' };
}
