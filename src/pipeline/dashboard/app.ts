// The dashboard as one function from a request to an answer: guarded first, then page, login and API. No inside is told.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { visibleText } from '../alerts/visible-text.js';
import type { DashboardData } from './answers/dashboard-data.js';
import { createDeviations } from './answers/deviation.js';
import { createStatusAnswer } from './answers/status.js';
import type { Failure } from './api.js';
import type { Asset } from './assets/read-assets.js';
import { FIRST_MODULE, modulesOf } from './assets/page-modules.js';
import { createRelease } from './assets/release.js';
import { createAssetServer } from './assets/serve-assets.js';
import type { EventHub } from './events/event-hub.js';
import type { Door } from './guard/caller.js';
import { createGuard, type GuardedEnv, type Limits } from './guard/guard.js';
import type { Names } from './guard/hosts.js';
import { securityHeaders } from './guard/security-headers.js';
import { shellPage } from './html.js';
import { BadRequest } from './params.js';
import { alertRoutes } from './routes/alert-routes.js';
import { compressedJson } from './routes/compressed.js';
import { createDashboardHub, eventRoutes } from './routes/event-routes.js';
import { exportRoutes } from './routes/export-routes.js';
import { feedbackRoutes } from './routes/feedback-routes.js';
import { loginRoutes } from './routes/login-routes.js';
import { reportRoutes } from './routes/report-routes.js';
import { silenceRoutes } from './routes/silence-routes.js';
import { watchRoutes } from './routes/watch-routes.js';
import { READ_ONLY, storeTrouble } from './store-trouble.js';
import { readViewState } from './view/view-state.js';

export interface DashboardAppOptions {
  readonly data: DashboardData;
  readonly door: Door;
  readonly names: Names;
  readonly assets: ReadonlyMap<string, Asset>;
  /** Whether people reach it over https. */
  readonly isHttps: boolean;
  readonly limits?: Limits;
  /** Of the feedback links in notifications. */
  readonly linkSecret: string | undefined;
  /** For whoever runs the server: one line. */
  readonly onWarning: (sentence: string) => void;
}

const MOST_BODY_BYTES = 65_536;
const STORE_RETRY_S = 5;

export function createDashboardApp(options: DashboardAppOptions): {
  readonly app: Hono<GuardedEnv>;
  /** To be run beside it. */
  readonly hub: EventHub;
} {
  const { data, door, names, assets, isHttps, limits, linkSecret, onWarning } = options;
  const app = new Hono<GuardedEnv>();
  const guard = createGuard({ names, door, clock: data.clock, ...(limits ? { limits } : {}) });
  const deviations = createDeviations(data);
  const routeOptions = { data, deviations, status: createStatusAnswer(data, deviations) };
  const release = createRelease(assets);
  const serveAsset = createAssetServer(assets, release);
  const fail = (error: string): Failure => ({ error });
  let failures = 0;

  app.use(securityHeaders(isHttps));
  app.use(guard.address);
  // without a content-length the limit makes a new request from this one, which it can of a standard one alone
  app.use(async (context, next) => {
    const { raw } = context.req;
    if (raw.body !== null && !raw.headers.has('content-length')) context.req.raw = standardRequest(raw);
    await next();
  });
  app.use(
    bodyLimit({
      maxSize: MOST_BODY_BYTES,
      onError: (context) =>
        context.json(fail(`the body is larger than ${MOST_BODY_BYTES} bytes: send less`), 413),
    }),
  );
  app.get('/livez', (context) => context.text('alive\n'));
  // style and code of the page are no secret, and the login needs them
  app.get('/assets/*', async (context, next) => (await serveAsset(context)) ?? (await next()));
  app.get('/core/*', async (context, next) => (await serveAsset(context)) ?? (await next()));
  app.route('/', loginRoutes({ door, guard, clock: data.clock }));

  app.route('/', feedbackRoutes(routeOptions, linkSecret));

  app.use('/api/*', guard.admission, compressedJson, async (_, next) => {
    await data.checkSchema();
    await next();
  });
  const hub = createDashboardHub(routeOptions);
  app.route('/api', eventRoutes(routeOptions, { hub, door }));
  for (const routes of [watchRoutes, alertRoutes, silenceRoutes, reportRoutes, exportRoutes])
    app.route('/api', routes(routeOptions));

  app.get('/', (context) => {
    const { headers, url } = context.req.raw;
    const credentials = { authorization: undefined, cookie: headers.get('cookie') ?? undefined };
    if (door.admit(credentials, data.clock.nowMs()) !== undefined)
      return context.html(
        shellPage({
          style: release.addressOf('/assets/style.css'),
          firstModule: release.addressOf(FIRST_MODULE),
          modules: modulesOf(assets, readViewState(new URL(url).search).view).map((path) =>
            release.addressOf(path),
          ),
        }),
      );
    return context.redirect(`/login?next=${encodeURIComponent(`/${new URL(url).search}`)}`, 303);
  });

  app.notFound((context) => context.json(fail('there is nothing here: the dashboard is at /'), 404));
  app.onError((error, context) => {
    if (error instanceof BadRequest) return context.json(fail(error.message), 400);
    if (error instanceof HTTPException) return context.json(fail('the request cannot be read'), error.status);
    const trouble = storeTrouble(error);
    if (trouble === READ_ONLY) return context.json(fail(trouble), 403);
    if (trouble !== undefined) {
      onWarning(`dashboard: at ${context.req.path}: ${trouble} (${visibleText(String(error))})`);
      context.header('retry-after', String(STORE_RETRY_S));
      return context.json(fail(trouble), 503);
    }
    const id = `${data.nowMs().toString(36)}-${++failures}`;
    onWarning(`dashboard: error ${id} at ${context.req.path}: ${visibleText(String(error.stack))}`);
    return context.json(
      fail(`something went wrong (${id}): the dashboard's standard error tells what it was`),
      500,
    );
  });
  return { app, hub };
}

/** The same request as the platform's own, whatever the server made it of. */
function standardRequest({ url, method, headers, body }: Request): Request {
  // types of the browser's fetch do not know that a body that is a stream must say so
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, duplex: 'half' };
  return new Request(url, init);
}
