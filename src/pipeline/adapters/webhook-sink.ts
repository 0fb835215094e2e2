// Alerts to anything that takes a POST.
import { SIGNATURE_HEADER, signWebhook } from '../sinks/webhook-signature.js';
import { webhookPayload } from '../sinks/webhook-payload.js';
import type { RemoteSink } from '../sinks/sink.js';
import { postJson } from './http-post.js';

export interface WebhookOptions {
  readonly name: string;
  readonly url: URL;
  readonly timeoutMs: number;
  /** Signs each request. */
  readonly secret?: string | undefined;
  /** Value of the header of that name, such as `Bearer …`. */
  readonly authorization?: string | undefined;
}

export function createWebhookSink({
  name,
  url,
  timeoutMs,
  secret,
  authorization,
}: WebhookOptions): RemoteSink {
  return {
    name,
    timeoutMs,
    send: async (message, signal) => {
      const body = webhookPayload(message);
      const headers = {
        'idempotency-key': message.event.eventId,
        ...(authorization === undefined ? {} : { authorization }),
        ...(secret === undefined ? {} : { [SIGNATURE_HEADER]: signWebhook(body, secret, message.sentMs) }),
      };
      await postJson({ url, headers, body, signal }, message.sentMs);
    },
  };
}
