// What a webhook is sent: the documented JSON of an alert event. Fields are added as the schema grows, and none is changed
// under the same number.
import { visibleText } from '../alerts/visible-text.js';
import { cutText } from './cut-text.js';
import type { AlertMessage } from './sink.js';

export const WEBHOOK_SCHEMA = 'loghorn.alert/1';
const MOST_CHARACTERS = 1000;

/** @returns JSON; text of the log stands in it as it was, but for its length: whoever shows it escapes it */
export function webhookPayload({
  event,
  streamId,
  artifact,
  feedback,
  sentMs,
  ...rest
}: AlertMessage): string {
  const { features = [], templates = [] } = event.explanation ?? {};
  return JSON.stringify({
    schema: WEBHOOK_SCHEMA,
    eventId: event.eventId,
    alertId: event.alertId,
    type: event.type,
    status: event.type === 'resolved' ? 'resolved' : 'firing',
    ...(event.reason === undefined ? {} : { reason: event.reason }),
    source: cutText(event.source, MOST_CHARACTERS),
    kind: rest.kind,
    severity: rest.severity,
    title: rest.title,
    text: rest.text,
    since: new Date(event.sinceMs).toISOString(),
    until: new Date(event.untilMs).toISOString(),
    score: event.score,
    threshold: event.threshold,
    peakScore: event.peakScore,
    features: features.map(({ feature, value, usualLow, usualHigh }) => ({
      feature,
      value,
      usualLow,
      usualHigh,
    })),
    templates: templates.map(
      ({ event: change, templateId, text, service, severity, count, usual, example }) => ({
        change,
        templateId,
        text: cutText(text, MOST_CHARACTERS),
        service: cutText(service, MOST_CHARACTERS),
        severity,
        count,
        usual,
        example: cutText(example, MOST_CHARACTERS),
      }),
    ),
    artifact,
    stream: visibleText(streamId, MOST_CHARACTERS),
    link: rest.link,
    feedback:
      feedback === null
        ? null
        : { real: feedback.real, false: feedback.false, notMine: feedback['not-mine'] },
    sent: new Date(sentMs).toISOString(),
  });
}
