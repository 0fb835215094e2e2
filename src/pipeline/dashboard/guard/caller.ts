// Who is asking: a token in the header, a cookie of somebody who logged in, or, where there are no tokens, anybody on this
// machine.
import { randomBytes } from 'node:crypto';
import { type AccessToken, findToken } from './tokens.js';
import { SESSION_MS, type Sessions } from './sessions.js';

export interface Caller {
  /** As the token says; null where there are no tokens, and the page asks. */
  readonly name: string | null;
  readonly mayWrite: boolean;
  /** To be sent back with every change; null for whoever sends a token with each request, which no other page can do. */
  readonly csrfToken: string | null;
}

export interface Door {
  /** Whether anybody has to show who they are. */
  readonly isLocked: boolean;
  /** Undefined for whoever may not come in. */
  admit(credentials: Credentials, nowMs: number): Caller | undefined;
  /** @returns the Set-Cookie header of a new session; undefined for a wrong token */
  logIn(token: string, nowMs: number): string | undefined;
  /** @returns the Set-Cookie header that takes the cookie away */
  logOut(cookieHeader: string | undefined, nowMs: number): string;
}

export interface Credentials {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
}

/** @param isHttps whether people reach it over https: their cookie then never goes over anything else */
export function createDoor(tokens: readonly AccessToken[], sessions: Sessions, isHttps: boolean): Door {
  // a name with this prefix cannot be set by any other host or over plain http
  const cookieName = isHttps ? '__Host-loghorn' : 'loghorn';
  const attributes = `Path=/; HttpOnly; SameSite=Strict${isHttps ? '; Secure' : ''}`;
  // of this process: a page of before a restart is told anew with its next status
  const openCaller: Caller = { name: null, mayWrite: true, csrfToken: randomBytes(18).toString('base64url') };
  const cookieOf = (header: string | undefined): string | undefined =>
    header
      ?.split(';')
      .map((each) => each.trim())
      .find((each) => each.startsWith(`${cookieName}=`))
      ?.slice(cookieName.length + 1);

  return {
    isLocked: tokens.length > 0,
    admit: ({ authorization, cookie }, nowMs) => {
      if (tokens.length === 0) return openCaller;
      const bearer = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1];
      if (bearer !== undefined) {
        const access = findToken(tokens, bearer);
        return access && { name: access.name, mayWrite: access.role === 'write', csrfToken: null };
      }
      const value = cookieOf(cookie);
      const session = value === undefined ? undefined : sessions.find(value, nowMs);
      return (
        session && {
          name: session.access.name,
          mayWrite: session.access.role === 'write',
          csrfToken: session.csrfToken,
        }
      );
    },
    logIn: (token, nowMs) => {
      const access = findToken(tokens, token);
      if (access === undefined) return undefined;
      return `${cookieName}=${sessions.open(access, nowMs)}; Max-Age=${SESSION_MS / 1000}; ${attributes}`;
    },
    logOut: (cookieHeader, nowMs) => {
      const value = cookieOf(cookieHeader);
      if (value !== undefined && sessions.find(value, nowMs) !== undefined) sessions.end(value, nowMs);
      return `${cookieName}=; Max-Age=0; ${attributes}`;
    },
  };
}
