// From an alert event to what a sink is sent: its kind and severity, its words by the templates, and the links.
import { headlineOf, kindOf, severityOf } from '../../core/alert-kind.js';
import type { Explanation } from '../../core/alert.js';
import { showUnsafe } from '../../core/unsafe-characters.js';
import { alertUrl, urlUnder } from '../alerts/alert-url.js';
import { createPaint, explain, showDuration, showEnd, showScore, showTime } from '../alerts/show-alert.js';
import { visibleText } from '../alerts/visible-text.js';
import type { Verdict } from '../desk/desk.js';
import { nameOfArtifact } from '../lanes/promotion.js';
import type { StreamKey } from '../stream-key.js';
import type { ToldEvent } from './delivery.js';
import { signFeedback } from './signed-link.js';
import type { AlertMessage } from './sink.js';
import { compileTemplate, type TextTemplate } from './text-template.js';

export interface MessageOptions {
  /** Where people reach the dashboard, such as `https://logs.example.net/`; undefined where there is none. */
  readonly dashboardUrl?: string | undefined;
  /** Shared with the dashboard, which verifies the feedback links. */
  readonly linkSecret?: string | undefined;
  readonly title: TextTemplate;
  readonly text: TextTemplate;
}

export const DEFAULT_TITLE = '{status} {severity} {source}: {headline}';
export const DEFAULT_TEXT = `{headline}
{reasons}
score {score} (alerts from {threshold}), since {since}
{reason}
{link}`;

/** Long enough for a holiday, short enough that an old mail is no standing right. */
const FEEDBACK_FOR_MS = 30 * 86_400_000;
const VERDICTS: readonly Verdict[] = ['real', 'false', 'not-mine'];
const STATUS = { opened: 'ALERT', updated: 'WORSE', resolved: 'RESOLVED' } as const;
/** Of those that say why. */
const UPDATES: ReadonlyMap<ToldEvent['event']['reason'], string> = new Map([
  ['changed', 'CHANGED'],
  ['more lines', 'MORE'],
]);
const MOST_SOURCE_CHARACTERS = 80;

/** @throws RangeError on a template that cannot be used */
export function compileTexts(
  texts: { readonly title?: string | undefined; readonly text?: string | undefined } = {},
): Pick<MessageOptions, 'title' | 'text'> {
  return {
    title: compileTemplate(texts.title ?? DEFAULT_TITLE),
    text: compileTemplate(texts.text ?? DEFAULT_TEXT),
  };
}

export function messageOf(
  { event, first }: ToldEvent,
  { streamId, artifact }: StreamKey,
  sentMs: number,
  { dashboardUrl, linkSecret, title, text }: MessageOptions,
): AlertMessage {
  const { alertId } = event;
  const told = event.explanation === undefined ? first : event;
  const severity = severityOf(told);
  const length = showDuration(event.untilMs - event.sinceMs);
  const link = dashboardUrl === undefined ? null : alertUrl(dashboardUrl, alertId);
  const expiresMs = Math.floor(sentMs) + FEEDBACK_FOR_MS;
  const feedbackLink = (verdict: Verdict): string =>
    urlUnder(dashboardUrl!, `f/${signFeedback({ alertId, verdict, expiresMs }, linkSecret!)}`);
  const values = {
    source: visibleText(event.source, MOST_SOURCE_CHARACTERS),
    severity,
    kind: kindOf(told.explanation),
    status: (event.type === 'updated' ? UPDATES.get(event.reason) : undefined) ?? STATUS[event.type],
    headline: told.explanation === undefined ? '' : showUnsafe(headlineOf(told.explanation)),
    reasons: event.explanation === undefined || event.type === 'resolved' ? '' : reasonsOf(event.explanation),
    since: showTime(event.type === 'resolved' ? event.sinceMs : (event.episodeMs ?? event.sinceMs)),
    until: showTime(event.untilMs),
    duration: event.type === 'resolved' ? length : '',
    reason: event.type === 'resolved' ? showEnd(event.reason, length) : '',
    score: showScore(event.score),
    threshold: showScore(event.threshold),
    peak: showScore(event.peakScore),
    link: link ?? '',
    artifact: visibleText(nameOfArtifact(artifact), MOST_SOURCE_CHARACTERS),
    alert: alertId,
  };
  return {
    event,
    streamId,
    artifact: { name: artifact.name, version: artifact.version },
    kind: values.kind,
    severity,
    opened: { eventId: first.eventId, kind: kindOf(first.explanation), severity: severityOf(first) },
    title: title(values).replaceAll('\n', ' '),
    text: text(values),
    link,
    feedback:
      dashboardUrl === undefined || linkSecret === undefined
        ? null
        : (Object.fromEntries(VERDICTS.map((verdict) => [verdict, feedbackLink(verdict)])) as Record<
            Verdict,
            string
          >),
    sentMs,
  };
}

function reasonsOf(explanation: Explanation): string {
  return explain(explanation, createPaint(false))
    .map((line) => line.trim())
    .join('\n');
}
