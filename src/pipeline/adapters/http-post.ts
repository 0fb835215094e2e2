// A POST to a sink over HTTP: no redirects, an answer of bounded size, and every failure in words that hold no secret of
// the address. Certificates of one's own come from NODE_EXTRA_CA_CERTS.
import { SinkError } from '../sinks/sink.js';

export interface HttpPost {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  readonly signal: AbortSignal;
}

const MOST_ANSWER_BYTES = 4096;
/** The body is what they are about. Of all others, such as a wrong address or a login, the message is not guilty. */
const MESSAGE_STATUS: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/**
 * Resolves on any status from 200 to 299.
 *
 * @throws SinkError naming the host alone, since path and query may be secret
 */
export async function postJson({ url, headers = {}, body, signal }: HttpPost, nowMs: number): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'loghorn', ...headers },
      body,
      redirect: 'error',
      signal,
    });
  } catch (error) {
    throw new SinkError(`${url.host}: ${reasonOf(error as Error)}`, { cause: error });
  }
  const answer = await readAnswer(response);
  if (response.ok) return;
  throw new SinkError(`${url.host} answered HTTP ${response.status}${answer === '' ? '' : `: ${answer}`}`, {
    isAboutMessage: MESSAGE_STATUS.has(response.status),
    retryAfterMs: retryAfterMsOf(response.headers.get('retry-after'), nowMs),
  });
}

/** What fetch says stands in its cause, or in the causes of that. */
function reasonOf(error: Error): string {
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  if (!(cause instanceof Error)) return error.name === 'TypeError' ? 'it cannot be asked' : error.message;
  return cause.message === 'unexpected redirect'
    ? 'it answered with a redirect, which is not followed: give the address that it leads to'
    : cause.message;
}

/** The beginning of it; what else comes is not read. */
async function readAnswer(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    while (bytes < MOST_ANSWER_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      bytes += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // the status has said it all
  }
  return Buffer.concat(parts).subarray(0, MOST_ANSWER_BYTES).toString().trim();
}

/** @param header seconds, or a date @returns undefined where it is neither */
export function retryAfterMsOf(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const dateMs = Date.parse(header);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
