// Sessions of browsers that logged in: the cookie is random and signed with a key that comes of the token, so that it
// outlives a restart of the server and dies with the token.
import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { AccessToken } from './tokens.js';

export interface Session {
  readonly access: AccessToken;
  /** What a page of this session sends back with every change. */
  readonly csrfToken: string;
  readonly expiresMs: number;
}

export interface Sessions {
  /** @returns the cookie's value */
  open(access: AccessToken, nowMs: number): string;
  /** Undefined for whatever is no session that holds now. */
  find(cookie: string, nowMs: number): Session | undefined;
  /** The cookie is refused from now on, also where somebody kept a copy of it. */
  end(cookie: string, nowMs: number): void;
}

export const SESSION_MS = 12 * 3_600_000;
/** Ended sessions that are remembered until they would be over anyway. */
const MOST_ENDED = 10_000;
const ID_BYTES = 18;
const KEY_BYTES = 32;
const MOST_COOKIE_CHARACTERS = 200;

export function createSessions(tokens: readonly AccessToken[]): Sessions {
  // a cookie that leaks must not help to guess the token that it was signed for
  const keys = tokens.map((access) => ({
    access,
    key: scryptSync(access.token, 'loghorn dashboard session', KEY_BYTES),
  }));
  const ended = new Map<string, number>();
  const sign = (key: Buffer, purpose: string, content: string): string =>
    createHmac('sha256', key).update(`${purpose}.${content}`).digest('base64url');

  return {
    open: (access, nowMs) => {
      const { key } = keys.find((each) => each.access === access)!;
      const content = `${randomBytes(ID_BYTES).toString('base64url')}.${Math.floor(nowMs) + SESSION_MS}`;
      return `${content}.${sign(key, 'session', content)}`;
    },
    find: (cookie, nowMs) => {
      if (cookie.length > MOST_COOKIE_CHARACTERS || ended.has(cookie)) return undefined;
      const [id, expires, signature, ...more] = cookie.split('.');
      if (signature === undefined || more.length > 0) return undefined;
      const content = `${id}.${expires}`;
      const owner = keys.find(({ key }) => isEqual(sign(key, 'session', content), signature));
      const expiresMs = Number(expires);
      if (owner === undefined || !(nowMs < expiresMs)) return undefined;
      return { access: owner.access, csrfToken: sign(owner.key, 'csrf', content), expiresMs };
    },
    end: (cookie, nowMs) => {
      for (const [each, untilMs] of ended)
        if (untilMs <= nowMs || ended.size >= MOST_ENDED) ended.delete(each);
      ended.set(cookie, nowMs + SESSION_MS);
    },
  };
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
