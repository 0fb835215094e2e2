// HTTP status codes by name and by how grave they are. Names are one word in capitals: a template keeps such words
// apart, while a number would be taken for a value, and 200 and 500 for the same message.
import { SEVERITY } from '../severity.js';

/** RFC 9110 and the registry behind it; 444, 494–497 and 499 are nginx's, 520–526 Cloudflare's. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [101, 'SWITCHING_PROTOCOLS'],
  [200, 'OK'],
  [201, 'CREATED'],
  [202, 'ACCEPTED'],
  [204, 'NO_CONTENT'],
  [206, 'PARTIAL_CONTENT'],
  [207, 'MULTI_STATUS'],
  [301, 'MOVED_PERMANENTLY'],
  [302, 'FOUND'],
  [303, 'SEE_OTHER'],
  [304, 'NOT_MODIFIED'],
  [307, 'TEMPORARY_REDIRECT'],
  [308, 'PERMANENT_REDIRECT'],
  [400, 'BAD_REQUEST'],
  [401, 'UNAUTHORIZED'],
  [402, 'PAYMENT_REQUIRED'],
  [403, 'FORBIDDEN'],
  [404, 'NOT_FOUND'],
  [405, 'METHOD_NOT_ALLOWED'],
  [406, 'NOT_ACCEPTABLE'],
  [408, 'REQUEST_TIMEOUT'],
  [409, 'CONFLICT'],
  [410, 'GONE'],
  [411, 'LENGTH_REQUIRED'],
  [412, 'PRECONDITION_FAILED'],
  [413, 'CONTENT_TOO_LARGE'],
  [414, 'URI_TOO_LONG'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
  [416, 'RANGE_NOT_SATISFIABLE'],
  [421, 'MISDIRECTED_REQUEST'],
  [422, 'UNPROCESSABLE_CONTENT'],
  [423, 'LOCKED'],
  [426, 'UPGRADE_REQUIRED'],
  [429, 'TOO_MANY_REQUESTS'],
  [431, 'HEADERS_TOO_LARGE'],
  [444, 'CLOSED_WITHOUT_ANSWER'],
  [494, 'HEADERS_TOO_LARGE'],
  [495, 'CERTIFICATE_ERROR'],
  [496, 'CERTIFICATE_REQUIRED'],
  [497, 'PLAIN_HTTP_ON_TLS_PORT'],
  [499, 'CLIENT_CLOSED_REQUEST'],
  [500, 'INTERNAL_SERVER_ERROR'],
  [501, 'NOT_IMPLEMENTED'],
  [502, 'BAD_GATEWAY'],
  [503, 'SERVICE_UNAVAILABLE'],
  [504, 'GATEWAY_TIMEOUT'],
  [507, 'INSUFFICIENT_STORAGE'],
  [520, 'ORIGIN_UNKNOWN_ERROR'],
  [521, 'ORIGIN_DOWN'],
  [522, 'ORIGIN_CONNECT_TIMEOUT'],
  [523, 'ORIGIN_UNREACHABLE'],
  [524, 'ORIGIN_TIMEOUT'],
  [525, 'ORIGIN_TLS_FAILED'],
  [526, 'ORIGIN_CERTIFICATE_INVALID'],
]);

/** Different numbers of words: what varies in the rare answers of one class is then no example for another class. */
const CLASSES = ['', '', '', 'redirect', 'client error', 'server error:'];

/**
 * `OK http200`, `cached NOT_MODIFIED http304`, `redirect FOUND http302`, `client error NOT_FOUND http404`, `server error: BAD_GATEWAY http502`.
 *
 * @param status 0, or anything that is no HTTP status, when the connection ended without an answer
 */
export function describeStatus(status: number): string {
  const kind = CLASSES[Math.floor(status / 100)];
  if (kind === undefined || status < 100) return 'no answer given';
  return `${status === 304 ? 'cached' : kind} ${NAMES.get(status) ?? 'OTHER'} http${status}`.trimStart();
}

/**
 * From 500 on ERROR: the service failed, and whoever is on call wants those counted as errors. 4xx and no answer are
 * WARN: there are always some (bots, typing errors, expired sessions), so that they must not count as errors; yet twice
 * their usual share is how a broken link, a failing login or a scan looks, and the counts and rates of WARN know what is
 * usual. All else is INFO.
 */
export function severityOfStatus(status: number): number {
  if (status >= 500 && status < 600) return SEVERITY.error;
  return status >= 100 && status < 400 ? SEVERITY.info : SEVERITY.warn;
}

/** 4xx that a service gives for what it knows. The others are for paths that are anybody's guess. */
const ABOUT_KNOWN_PATHS: ReadonlySet<number> = new Set([402, 409, 412, 422, 423, 429, 499]);

/** Whether the path of a request with this answer says something about the service, and not only about who asked. */
export function isPathTelling(status: number): boolean {
  return status < 400 || status >= 500 || ABOUT_KNOWN_PATHS.has(status);
}
