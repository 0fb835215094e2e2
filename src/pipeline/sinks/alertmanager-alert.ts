// An alert as Prometheus Alertmanager's API v2 takes it. Labels name the alert and never change while it lasts, or it would
// be another one; what changes stands in the annotations.
import { visibleText } from '../alerts/visible-text.js';
import { nameOfArtifact } from '../lanes/promotion.js';
import { cutText } from './cut-text.js';
import type { AlertMessage } from './sink.js';

export interface AlertmanagerAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL?: string;
}

const MOST_LABEL_CHARACTERS = 200;
const MOST_ANNOTATION_CHARACTERS = 4000;

/**
 * @param resolveAfterMs a firing alert that is not told again within that time counts as over
 * @param labels of one's own, such as a team; those of the alert go before them
 */
export function alertmanagerAlert(
  message: AlertMessage,
  resolveAfterMs: number,
  labels: Readonly<Record<string, string>>,
): AlertmanagerAlert {
  const { event, artifact, opened, link, feedback, sentMs } = message;
  const { sinceMs, untilMs } = event;
  const isOver = event.type === 'resolved';
  // an end in the future would not be one yet, and one before the beginning is refused
  const endsMs = isOver ? Math.max(sinceMs, Math.min(untilMs, sentMs)) : sentMs + resolveAfterMs;
  return {
    labels: {
      ...labels,
      alertname: 'LogAnomaly',
      service: visibleText(event.source, MOST_LABEL_CHARACTERS),
      severity: opened.severity,
      kind: opened.kind,
      artifact: visibleText(nameOfArtifact(artifact), MOST_LABEL_CHARACTERS),
    },
    annotations: {
      summary: cutText(message.title, MOST_ANNOTATION_CHARACTERS),
      description: cutText(message.text, MOST_ANNOTATION_CHARACTERS),
      alertId: event.alertId,
      eventId: event.eventId,
      severityNow: message.severity,
      ...(link === null ? {} : { dashboard: link }),
      ...(feedback === null
        ? {}
        : { real: feedback.real, false: feedback.false, notMine: feedback['not-mine'] }),
    },
    startsAt: new Date(Math.min(sinceMs, endsMs)).toISOString(),
    endsAt: new Date(endsMs).toISOString(),
    ...(link === null ? {} : { generatorURL: link }),
  };
}
