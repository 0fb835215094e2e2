// Access logs that are JSON and have no message, or the same one for every request: Caddy, Traefik, nginx with a JSON
// `log_format`. The request and its status are the message, as in the access logs that are text.
import { describeRequest } from './http-request.js';
import { severityOfStatus } from './http-status.js';
import { member, type JsonObject } from './json-object.js';

/** Caddy's only message of its access log. */
const SAME_FOR_ALL = 'handled request';

/** Whether a message says so little that the request is to be looked for. */
export function saysNothing(message: string | undefined): boolean {
  return message === undefined || message === '' || message === SAME_FOR_ALL;
}

/** @returns undefined for an object that is no request with its status */
export function readJsonRequest(
  object: JsonObject,
): { readonly body: string; readonly severity: number } | undefined {
  const status = Number(object['status'] ?? object['DownstreamStatus'] ?? NaN);
  const request = requestOf(object);
  if (request === undefined || !Number.isInteger(status)) return undefined;
  return { body: describeRequest(request, status), severity: severityOfStatus(status) };
}

function requestOf(object: JsonObject): string | undefined {
  const { request } = object;
  if (typeof request === 'string') return request;
  const method = member(request, 'method') ?? object['request_method'] ?? object['RequestMethod'];
  const target = member(request, 'uri') ?? object['request_uri'] ?? object['uri'] ?? object['RequestPath'];
  return typeof method === 'string' && typeof target === 'string' ? `${method} ${target}` : undefined;
}
