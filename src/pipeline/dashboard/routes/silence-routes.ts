// Silences and maintenance periods: listed, added, and lifted early.
import { Hono } from 'hono';
import type { SilenceMatch } from '../../desk/desk.js';
import { answerSilences } from '../answers/silences.js';
import { type Body, choiceOfBody, listOfBody, textOfBody, timeOfBody } from '../body.js';
import type { Failure } from '../api.js';
import type { GuardedEnv } from '../guard/guard.js';
import { BadRequest } from '../params.js';
import { MOST_SILENCES } from '../view/send-in-parts.js';
import { whoOf } from './alert-routes.js';
import { bodyOf, type RouteOptions } from './env.js';

const CAUSES = ['silence', 'maintenance'] as const;
const MOST_REASON_CHARACTERS = 1000;
const MOST_MATCH_CHARACTERS = 500;
/** What shall be quiet for longer is no matter of a silence. */
const MOST_SILENCE_MS = 400 * 86_400_000;

export function silenceRoutes({ data }: RouteOptions): Hono<GuardedEnv> {
  const { desk } = data;
  const routes = new Hono<GuardedEnv>();
  routes.get('/silences', async (context) => context.json(await answerSilences(data)));
  routes.post('/silences', async (context) => {
    const body = await bodyOf(context);
    const atMs = data.nowMs();
    const fromMs = timeOfBody(body, 'fromMs') ?? atMs;
    const untilMs = timeOfBody(body, 'untilMs');
    if (untilMs === undefined || untilMs <= Math.max(fromMs, atMs) || untilMs - fromMs > MOST_SILENCE_MS)
      throw new BadRequest(
        'untilMs must lie after now and after fromMs, by no more than 400 days: milliseconds since 1970',
      );
    const isMany = body['matches'] !== undefined;
    const matches = isMany
      ? listOfBody(body, 'matches', MOST_SILENCES).map(matchOf)
      : [matchOf(body['match'])];
    const terms = {
      fromMs,
      untilMs,
      cause: body['cause'] === undefined ? 'silence' : choiceOfBody(body, 'cause', CAUSES),
      reason: textOfBody(body, 'reason', { most: MOST_REASON_CHARACTERS })!,
      who: whoOf(body, context.get('caller')),
      atMs,
    } as const;
    const silences = await desk.addSilences(matches.map((match) => ({ match, ...terms })));
    return context.json(isMany ? silences : silences[0], 201);
  });
  routes.post('/silences/lift', async (context) => {
    const body = await bodyOf(context);
    const { ids } = body;
    const isList = Array.isArray(ids) && ids.length > 0 && ids.length <= MOST_SILENCES;
    if (!isList || !ids.every((id) => Number.isSafeInteger(id)))
      throw new BadRequest(`ids must be a list of 1 to ${MOST_SILENCES} numbers of silences`);
    const who = whoOf(body, context.get('caller'));
    return context.json(await desk.liftSilences(ids as readonly number[], who, data.nowMs()));
  });
  routes.post('/silences/:id/lift', async (context) => {
    const id = Number(context.req.param('id'));
    if (!Number.isSafeInteger(id)) throw new BadRequest('the number of a silence is a whole one');
    const lifted = await desk.liftSilence(
      id,
      whoOf(await bodyOf(context), context.get('caller')),
      data.nowMs(),
    );
    const none: Failure = { error: 'there is no such silence' };
    return lifted ? context.json(lifted) : context.json(none, 404);
  });
  return routes;
}

function matchOf(value: unknown): SilenceMatch {
  const body = (typeof value === 'object' && value !== null ? value : {}) as Body;
  const text = (name: keyof SilenceMatch): string | undefined =>
    textOfBody(body, name, { most: MOST_MATCH_CHARACTERS, isOptional: true });
  const [source, kind, templateId] = [text('source'), text('kind'), text('templateId')];
  if (source === undefined && kind === undefined && templateId === undefined)
    throw new BadRequest('match must name a source, a kind or a templateId, or several: not everything');
  return {
    ...(source === undefined ? {} : { source }),
    ...(kind === undefined ? {} : { kind }),
    ...(templateId === undefined ? {} : { templateId }),
  };
}
