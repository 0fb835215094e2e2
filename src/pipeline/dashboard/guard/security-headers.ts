// What a browser is told to refuse for us: scripts and styles that are not ours, frames, guesses about types. Log text that
// found a way into the page could still not run.
import type { MiddlewareHandler } from 'hono';

/** plotly.js writes its styles through the CSSOM, and draws pictures for download as data and blob addresses. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  // no script of the page, whatever it came by, turns text into markup; the charts' library is the one script that is added
  "require-trusted-types-for 'script'",
  'trusted-types loghorn-charts',
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  // forms of our own pages must still say where they come from
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
} as const;

/** @param isHttps whether people reach it over https, by a proxy */
export function securityHeaders(isHttps: boolean): MiddlewareHandler {
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    if (isHttps) context.header('strict-transport-security', 'max-age=31536000');
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
  };
}
