// Incidents and the alerts in them, and what people say about an alert.
import { Hono } from 'hono';
import { answerAlert } from '../answers/alert-detail.js';
import { answerIncidents } from '../answers/incidents.js';
import type { AlertAction } from '../../desk/desk.js';
import { type Body, choiceOfBody, listOfBody, textOfBody } from '../body.js';
import type { Failure } from '../api.js';
import type { Caller } from '../guard/caller.js';
import type { GuardedEnv } from '../guard/guard.js';
import { BadRequest, numberOfQuery, textOfQuery } from '../params.js';
import { MOST_NOTES } from '../view/send-in-parts.js';
import { bodyOf, type RouteOptions } from './env.js';
import { incidentQueryOf } from './incident-query.js';
import { notebookRoutes } from './notebook-routes.js';

const ACTIONS = ['acknowledged', 'unacknowledged', 'commented', 'judged', 'unjudged'] as const;
const VERDICTS = ['real', 'false', 'not-mine'] as const;
const MOST_PAGE = 200;
const DEFAULT_PAGE = 50;
const MOST_COMMENT_CHARACTERS = 4000;
const MOST_NAME_CHARACTERS = 200;

export function alertRoutes({ data, deviations }: RouteOptions): Hono<GuardedEnv> {
  const routes = new Hono<GuardedEnv>();
  routes.route('/', notebookRoutes({ data }));
  const noAlert: Failure = { error: 'there is no such alert in the store' };

  routes.get('/incidents', async (context) => {
    const query = context.req.query();
    return context.json(
      await answerIncidents(data, deviations, {
        ...incidentQueryOf(query),
        after: textOfQuery(query, 'after'),
        limit: numberOfQuery(query, 'limit', { least: 1, most: MOST_PAGE, fallback: DEFAULT_PAGE }),
      }),
    );
  });
  routes.get('/alerts/:id', async (context) => {
    const detail = await answerAlert(data, deviations, context.req.param('id'));
    return detail ? context.json(detail) : context.json(noAlert, 404);
  });
  routes.post('/alerts/:id/notes', async (context) => {
    const alertId = context.req.param('id');
    const body = await bodyOf(context);
    const action = actionOf(body['action']);
    const who = whoOf(body, context.get('caller'));
    if ((await data.reader.alert(alertId)) === undefined) return context.json(noAlert, 404);
    return context.json(await data.desk.note({ alertId, action, who, atMs: data.nowMs() }), 201);
  });
  routes.post('/notes', async (context) => {
    const body = await bodyOf(context);
    const wanted = listOfBody(body, 'notes', MOST_NOTES).map((each) => ({
      alertId: textOfBody(each, 'alertId', { most: MOST_NAME_CHARACTERS })!,
      action: actionOf(each['action']),
    }));
    const who = whoOf(body, context.get('caller'));
    const found = await Promise.all(wanted.map(({ alertId }) => data.reader.alert(alertId)));
    if (found.includes(undefined)) return context.json(noAlert, 404);
    const atMs = data.nowMs();
    return context.json(await data.desk.noteAll(wanted.map((note) => ({ ...note, who, atMs }))), 201);
  });
  return routes;
}

/** The token's name; where there are no tokens, the one given. @throws BadRequest when nobody is named */
export function whoOf(body: Body, { name }: Caller): string {
  return name ?? textOfBody(body, 'who', { most: MOST_NAME_CHARACTERS })!;
}

function actionOf(value: unknown): AlertAction {
  if (typeof value !== 'object' || value === null)
    throw new BadRequest(`action must be an object with a type: one of ${ACTIONS.join(', ')}`);
  const body = value as Body;
  const type = choiceOfBody(body, 'type', ACTIONS);
  if (type === 'commented')
    return { type, text: textOfBody(body, 'text', { most: MOST_COMMENT_CHARACTERS })! };
  if (type !== 'judged') return { type };
  const text = textOfBody(body, 'text', { most: MOST_COMMENT_CHARACTERS, isOptional: true });
  return {
    type,
    verdict: choiceOfBody(body, 'verdict', VERDICTS),
    ...(text === undefined ? {} : { text }),
  };
}
