// Links by which whoever was told of an alert says what it was worth, without logging in: the token names the alert and the
// verdict, and the signature says that we wrote it. Made by the sinks, verified by the dashboard's server.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Verdict } from '../desk/desk.js';

export interface FeedbackClaim {
  readonly alertId: string;
  readonly verdict: Verdict;
  /** From then on it is refused, whole ms since epoch. */
  readonly expiresMs: number;
}

export type FeedbackCheck =
  | { readonly ok: true; readonly claim: FeedbackClaim }
  | { readonly ok: false; readonly reason: 'malformed' | 'bad-signature' | 'expired' };

const VERSION = '1';
/** What the key signs besides these links must never pass for one. */
const PURPOSE = 'loghorn-feedback';
const LEAST_SECRET_CHARACTERS = 16;
/** Far above what `signFeedback` makes of an alert's id. */
const MOST_TOKEN_CHARACTERS = 512;
const VERDICTS: readonly unknown[] = ['real', 'false', 'not-mine'] satisfies Verdict[];

/**
 * HMAC-SHA256 (RFC 2104) over purpose, version and claim.
 *
 * @param secret that the server of the dashboard has as well
 * @returns letters, digits, `-`, `_` and two dots: fit for a path, as in `/f/<token>`
 * @throws RangeError on a secret of less than 16 characters
 */
export function signFeedback({ alertId, verdict, expiresMs }: FeedbackClaim, secret: string): string {
  const claim = Buffer.from(JSON.stringify([alertId, verdict, expiresMs])).toString('base64url');
  return `${VERSION}.${claim}.${signatureOf(claim, secret)}`;
}

/**
 * The signature is looked at before anything else is believed, in a time that does not depend on how much of it is right.
 *
 * @param token whatever came in
 * @throws RangeError on a secret of less than 16 characters
 */
export function verifyFeedback(token: string, secret: string, nowMs: number): FeedbackCheck {
  if (token.length > MOST_TOKEN_CHARACTERS) return { ok: false, reason: 'malformed' };
  const [version, claim, signature, ...more] = token.split('.');
  if (version !== VERSION || claim === undefined || signature === undefined || more.length > 0)
    return { ok: false, reason: 'malformed' };
  // compared as text: base64url has several spellings of some bytes, and only ours is taken
  const wanted = Buffer.from(signatureOf(claim, secret));
  const given = Buffer.from(signature);
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given))
    return { ok: false, reason: 'bad-signature' };
  const [alertId, verdict, expiresMs] = JSON.parse(Buffer.from(claim, 'base64url').toString()) as unknown[];
  if (typeof alertId !== 'string' || !VERDICTS.includes(verdict) || typeof expiresMs !== 'number')
    return { ok: false, reason: 'malformed' };
  if (nowMs >= expiresMs) return { ok: false, reason: 'expired' };
  return { ok: true, claim: { alertId, verdict: verdict as Verdict, expiresMs } };
}

function signatureOf(claim: string, secret: string): string {
  if (secret.length < LEAST_SECRET_CHARACTERS)
    throw new RangeError(
      `the secret of feedback links must have ${LEAST_SECRET_CHARACTERS} characters or more, this one has ${secret.length}: make one with 'openssl rand -hex 32'`,
    );
  return createHmac('sha256', secret).update(`${PURPOSE}.${VERSION}.${claim}`).digest('base64url');
}
