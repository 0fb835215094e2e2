// The signature of a webhook: whoever receives it can tell that it is ours, that nothing in it was changed, and that it was
// made just now and is not an old one played again.
import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'x-loghorn-signature';
/** How old or how far ahead a signature may be. */
export const REPLAY_WINDOW_MS = 5 * 60_000;

/**
 * HMAC-SHA256 (RFC 2104) over `<seconds>.<body>`, keyed by the secret's UTF-8 bytes.
 *
 * @returns `t=<seconds since epoch>,v1=<64 hex digits>`
 */
export function signWebhook(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  return `t=${seconds},v1=${hmacOf(seconds, body, secret).toString('hex')}`;
}

/**
 * What a receiver does, over the bytes as they came and before they are parsed. Within the window the same event can still
 * come twice, since it is sent again when an answer is lost: its `Idempotency-Key` tells.
 *
 * @param header of SIGNATURE_HEADER; whatever came in
 */
export function verifyWebhook(body: string, header: string, secret: string, nowMs: number): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header);
  if (match === null) return false;
  const seconds = Number(match[1]);
  const isRight = timingSafeEqual(Buffer.from(match[2]!, 'hex'), hmacOf(seconds, body, secret));
  return isRight && Math.abs(nowMs - seconds * 1000) <= REPLAY_WINDOW_MS;
}

function hmacOf(seconds: number, body: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest();
}
