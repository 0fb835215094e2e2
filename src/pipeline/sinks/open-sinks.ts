// The sinks that settings name: the one place where they meet their adapters.
import { createAlertmanagerSink } from '../adapters/alertmanager-sink.js';
import { createSlackSink } from '../adapters/slack-sink.js';
import { createSmtpSink } from '../adapters/smtp-sink.js';
import { createWebhookSink } from '../adapters/webhook-sink.js';
import type { RemoteSink } from './sink.js';
import type { SinkSettings } from './sink-settings.js';

/** Nothing is asked of them yet. */
export function openSink(settings: SinkSettings): RemoteSink {
  switch (settings.type) {
    case 'webhook':
      return createWebhookSink(settings);
    case 'alertmanager':
      return createAlertmanagerSink(settings);
    case 'slack':
      return createSlackSink(settings);
    default:
      return createSmtpSink(settings);
  }
}
