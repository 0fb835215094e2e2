// HAProxy's HTTP log, the message of a syslog line: client, accept time, frontend, backend/server, timers, status, …
// The time is that of the syslog line around it: it is when the answer was over, as the time of other servers is.
import type { LogRecord } from '../record.js';
import { describeRequest } from './http-request.js';
import { severityOfStatus } from './http-status.js';

const TIMERS = String.raw`[+-]?\d{1,12}(?:/[+-]?\d{1,12}){2,5}`;
const LINE = new RegExp(
  String.raw`^(\S{1,100}) \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d\.\d{3}\] (\S{1,200}) (\S{1,200}) (${TIMERS})` +
    String.raw` (-1|\d{3}) \+?(\d{1,20}) \S{1,1000} \S{1,1000} (\S{4}) \S{1,100} \S{1,40} ([^"]{0,2000})"`,
);

/** @returns what the message says in place of what the record has; undefined when it is no such message */
export function readHaproxyMessage(
  message: string,
): Pick<LogRecord, 'body' | 'severity' | 'attributes'> | undefined {
  const match = LINE.exec(message);
  if (match === null) return undefined;
  const [all, client, frontend, backend, timers, status = '', bytes, termination] = match;
  // a long request is cut, and its quote with it
  const request = message.slice(all.length).replace(/"$/, '');
  const statusNumber = Math.max(0, Number(status));
  return {
    severity: severityOfStatus(statusNumber),
    body: describeRequest(request, statusNumber),
    attributes: { client, frontend, backend, timers, status, bytes, termination, request },
  };
}
