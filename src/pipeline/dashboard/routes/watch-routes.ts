// What is looked at first and all the time: status and swimlane; and markers, which are told to the swimlane.
import { Hono } from 'hono';
import { statusFor } from '../answers/status.js';
import { answerSwimlane } from '../answers/swimlane.js';
import type { Marker, Status } from '../api.js';
import { textOfBody, timeOfBody } from '../body.js';
import type { GuardedEnv } from '../guard/guard.js';
import { currentPosition } from '../events/changes.js';
import { encodeEventId } from '../events/event-id.js';
import { numberOfQuery, rangeOfQuery } from '../params.js';
import { bodyOf, type RouteOptions } from './env.js';

const DAY_MS = 86_400_000;
const MOST_MARKER_CHARACTERS = 200;

export function watchRoutes({ data, status }: RouteOptions): Hono<GuardedEnv> {
  const routes = new Hono<GuardedEnv>();
  routes.get('/status', async (context) => {
    // before the rest: what comes between the two is told again, not missed
    const eventId = encodeEventId(await currentPosition(data));
    const answer = statusFor(await status(), context.get('caller'));
    return context.json({ ...answer, eventId } satisfies Status);
  });
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
