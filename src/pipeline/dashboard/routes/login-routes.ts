// The login: a token in, a cookie out. Forms without scripts, so that nothing else can read what is typed.
import { Hono } from 'hono';
import type { Clock } from '../../ports.js';
import type { Door } from '../guard/caller.js';
import type { createGuard, GuardedEnv } from '../guard/guard.js';
import { loginPage } from '../html.js';

export interface LoginOptions {
  readonly door: Door;
  readonly guard: ReturnType<typeof createGuard>;
  readonly clock: Clock;
}

export function loginRoutes({ door, guard, clock }: LoginOptions): Hono<GuardedEnv> {
  const routes = new Hono<GuardedEnv>();
  routes.get('/login', (context) =>
    door.isLocked
      ? context.html(loginPage(pathOf(context.req.query('next')), undefined))
      : context.redirect('/', 303),
  );
  routes.post('/login', guard.form, async (context) => {
    const { token, next } = await context.req.parseBody();
    const path = pathOf(typeof next === 'string' ? next : undefined);
    const cookie = typeof token === 'string' ? door.logIn(token.trim(), clock.nowMs()) : undefined;
    if (cookie === undefined)
      return context.html(
        loginPage(path, 'No token like this is known here. Ask whoever runs this server.'),
        401,
      );
    context.header('set-cookie', cookie);
    return context.redirect(path, 303);
  });
  routes.post('/logout', (context) => {
    context.header('set-cookie', door.logOut(context.req.header('cookie'), clock.nowMs()));
    return context.redirect('/login', 303);
  });
  return routes;
}

/** A page of ours, whatever was asked for: nobody is led elsewhere after a login. */
function pathOf(next: string | undefined): string {
  return next !== undefined && /^\/(\?[\x21-\x7e]*)?$/.test(next) ? next : '/';
}
