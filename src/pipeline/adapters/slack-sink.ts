// Alerts to a Slack-compatible incoming webhook. It knows no ids: what is sent again after a crash is shown twice.
import { slackPayload } from '../sinks/slack-payload.js';
import type { RemoteSink } from '../sinks/sink.js';
import { postJson } from './http-post.js';

export interface SlackOptions {
  readonly name: string;
  /** A secret in itself. */
  readonly url: URL;
  readonly timeoutMs: number;
}

export function createSlackSink({ name, url, timeoutMs }: SlackOptions): RemoteSink {
  return {
    name,
    timeoutMs,
    send: (message, signal) => postJson({ url, body: slackPayload(message), signal }, message.sentMs),
  };
}
