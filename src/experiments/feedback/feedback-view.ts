// What people judged beside what the labels say: where both agree, and each alert with what was going on at its time.
import { ALL_SOURCES } from '../../core/window/window-spec.js';
import type { Labels } from '../labels.js';
import type { Row } from '../notebook/row.js';
import { showDuration, showInstant, showSource } from '../report/show-figures.js';
import type { JudgedAlert } from './read-feedback.js';

export interface FeedbackCase extends JudgedAlert {
  /** Kind of the first label of its service that overlaps it; null where none does. */
  readonly label: string | null;
  /** Kind of the first harmless stretch that does. */
  readonly benign: string | null;
}

export interface FeedbackView {
  /** Those judged false first, then by start. Only of the time that the labels speak about. */
  readonly cases: readonly FeedbackCase[];
  /** Judged, but at a time of which the labels say nothing. */
  readonly outside: number;
}

const VERDICTS = ['false', 'not-mine', 'real'] as const;

/** @param graceMs an alert may outlive its cause by it */
export function viewFeedback(
  judged: readonly JudgedAlert[],
  { startMs, endMs, labels, benign }: Labels,
  graceMs: number,
): FeedbackView {
  const inside = judged.filter((each) => each.sinceMs < endMs && each.untilMs > startMs);
  const kindOf = (
    { source, sinceMs, untilMs }: JudgedAlert,
    stretches: readonly { kind: string; startMs: number; endMs: number; services: readonly string[] }[],
  ): string | null =>
    stretches.find(
      (each) =>
        each.startMs < untilMs &&
        sinceMs < each.endMs + graceMs &&
        (source === ALL_SOURCES || each.services.includes(source)),
    )?.kind ?? null;
  return {
    cases: inside
      .map((each) => ({ ...each, label: kindOf(each, labels), benign: kindOf(each, benign) }))
      .sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || a.sinceMs - b.sinceMs),
    outside: judged.length - inside.length,
  };
}

/** A row a verdict: how many of its alerts belong to a label, to something harmless, or to nothing that is labelled. */
export function agreementRows({ cases }: FeedbackView): readonly Row[] {
  return VERDICTS.map((verdict) => {
    const own = cases.filter((each) => each.verdict === verdict);
    return {
      judged: verdict,
      alerts: own.length,
      'of a label': own.filter(({ label }) => label !== null).length,
      'of something harmless': own.filter(({ label, benign }) => label === null && benign !== null).length,
      'of nothing labelled': own.filter(({ label, benign }) => label === null && benign === null).length,
    };
  });
}

/** A row an alert, in the order of the cases. Times are UTC. */
export function feedbackRows({ cases }: FeedbackView): readonly Row[] {
  return cases.map(({ verdict, source, sinceMs, untilMs, label, benign, who, text }) => ({
    judged: verdict,
    service: showSource(source),
    began: showInstant(sinceMs),
    lasted: showDuration(untilMs - sinceMs),
    label,
    'harmless cause': benign,
    who,
    said: text.slice(0, MOST_CHARACTERS),
  }));
}

const MOST_CHARACTERS = 200;
