// Signed links of notifications: whoever was told says what the alert was worth, without a login. To look at the link says
// nothing yet: mail scanners open every one.
import { type Context, Hono } from 'hono';
import { type FeedbackCheck, type FeedbackClaim, verifyFeedback } from '../../sinks/signed-link.js';
import type { Verdict } from '../../desk/desk.js';
import { standingVerdict } from '../../desk/verdict.js';
import type { GuardedEnv } from '../guard/guard.js';
import { wordsPage } from '../html.js';
import type { RouteOptions } from './env.js';

/** Written down as the name of whoever comes by a link: it was sent to many, maybe. */
export const LINK_NAME = 'link in a notification';

const WORDS: Readonly<Record<Verdict, string>> = {
  real: 'real',
  false: 'a false alarm',
  'not-mine': 'real, and somebody else’s',
};
const REFUSALS: Readonly<Record<Extract<FeedbackCheck, { ok: false }>['reason'], string>> = {
  malformed: 'The link is not complete: copy all of it from the notification.',
  'bad-signature': 'The link was not made by this system, or its secret has changed since.',
  expired: 'The link is too old: say it on the dashboard instead.',
};

/** @param secret that the links are signed with; undefined where none is set */
export function feedbackRoutes({ data }: RouteOptions, secret: string | undefined): Hono<GuardedEnv> {
  const routes = new Hono<GuardedEnv>();
  const refuse = (context: Context, status: 403 | 404, sentence: string) =>
    context.html(wordsPage('No feedback given', [sentence]), status);

  /** The claim, or the page that says why there is none. */
  const claimOf = async (context: Context<GuardedEnv>): Promise<FeedbackClaim | Response> => {
    if (secret === undefined)
      return refuse(context, 404, 'Feedback by link is not set up here: LOGHORN_LINK_SECRET is missing.');
    const check = verifyFeedback(context.req.param('token') ?? '', secret, data.nowMs());
    if (!check.ok) return refuse(context, 403, REFUSALS[check.reason]);
    if ((await data.reader.alert(check.claim.alertId)) === undefined)
      return refuse(context, 404, 'The store of this dashboard has no such alert.');
    return check.claim;
  };

  routes.get('/f/:token', async (context) => {
    const claim = await claimOf(context);
    if (claim instanceof Response) return claim;
    const alert = (await data.reader.alert(claim.alertId))!.alert;
    return context.html(
      wordsPage(
        `Was it ${WORDS[claim.verdict]}?`,
        [`An alert of ${alert.source}, since ${new Date(alert.sinceMs).toISOString()}.`],
        { action: context.req.path, button: `Yes, it was ${WORDS[claim.verdict]}` },
      ),
    );
  });
  routes.post('/f/:token', async (context) => {
    const claim = await claimOf(context);
    if (claim instanceof Response) return claim;
    const { alertId, verdict } = claim;
    const said = standingVerdict(await data.desk.notes({ alertId }));
    // sent twice, it is still one opinion
    if (said?.who !== LINK_NAME || said.verdict !== verdict)
      await data.desk.note({
        alertId,
        action: { type: 'judged', verdict },
        who: LINK_NAME,
        atMs: data.nowMs(),
      });
    return context.html(wordsPage('Thank you', [`The alert is marked as ${WORDS[verdict]}.`]));
  });
  return routes;
}
