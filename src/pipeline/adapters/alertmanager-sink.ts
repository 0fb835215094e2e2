// Alerts to Prometheus Alertmanager, API v2, which forgets what it is not told again.
import { alertmanagerAlert } from '../sinks/alertmanager-alert.js';
import type { RemoteSink } from '../sinks/sink.js';
import { postJson } from './http-post.js';

export interface AlertmanagerOptions {
  readonly name: string;
  /** Of Alertmanager, with its path prefix where it has one. */
  readonly url: URL;
  readonly timeoutMs: number;
  /** A firing alert that is not told again within that time counts as over there. */
  readonly resolveAfterMs: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Value of the header of that name, such as `Bearer …`. */
  readonly authorization?: string | undefined;
}

/** Told again so many times before the alert would be taken for over. */
const REPEATS = 5;

export function createAlertmanagerSink(options: AlertmanagerOptions): RemoteSink {
  const { name, timeoutMs, resolveAfterMs, labels, authorization } = options;
  const url = new URL(options.url);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v2/alerts`;
  return {
    name,
    timeoutMs,
    repeatEveryMs: resolveAfterMs / REPEATS,
    send: async (message, signal) => {
      const body = JSON.stringify([alertmanagerAlert(message, resolveAfterMs, labels)]);
      const headers = authorization === undefined ? {} : { authorization };
      await postJson({ url, headers, body, signal }, message.sentMs);
    },
  };
}
