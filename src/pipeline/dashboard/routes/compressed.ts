// Answers in JSON go out compressed; a live stream goes as it is, since whoever gathers bytes to compress them holds events
// back.
import type { MiddlewareHandler } from 'hono';
import { compress, encodingOf, LEAST_COMPRESSED_BYTES } from '../encoding.js';

/**
 * The status holds the page's token against forged requests beside names that come from logs: how long it becomes when it is
 * compressed would tell of the token.
 */
const SECRET_PATH = '/api/status';

export const compressedJson: MiddlewareHandler = async (context, next) => {
  await next();
  const isJson = context.res.headers.get('content-type')?.startsWith('application/json') ?? false;
  if (!isJson || context.req.path === SECRET_PATH) return;
  context.header('vary', 'accept-encoding');
  const encoding = encodingOf(context.req.header('accept-encoding') ?? '');
  if (encoding === undefined) return;
  const { status, headers } = context.res;
  const bytes = new Uint8Array(await context.res.arrayBuffer());
  const isWorth = bytes.length >= LEAST_COMPRESSED_BYTES;
  const body = isWorth ? new Uint8Array(await compress(bytes, encoding, 'quick')) : bytes;
  context.res = new Response(body, { status, headers });
  if (isWorth) context.header('content-encoding', encoding);
};
