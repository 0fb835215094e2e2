// What the silence dialog holds, and what goes to the server: one place that knows what is missing and how to say so.
import { parseDuration } from '../../../core/duration.js';
import type { SilenceMatch } from '../../desk/desk.js';
import type { SilencesRequest } from '../api-alerts.js';

/** As typed. */
export interface SilenceForm {
  readonly source: string;
  readonly kind: string;
  readonly templateId: string;
  /** Of an incident that is silenced as a whole: one for each of its services and kinds; otherwise empty. */
  readonly incident: readonly SilenceMatch[];
  /** `2h`, `30m`. */
  readonly duration: string;
  readonly cause: 'silence' | 'maintenance';
  readonly reason: string;
}

export type SilenceAnswer =
  | { readonly ok: true; readonly request: SilencesRequest }
  | { readonly ok: false; readonly sentence: string };

const LONGEST_MS = 90 * 86_400_000;
const SHORTEST_MS = 60_000;

export function requestSilence(form: SilenceForm, who: string, nowMs: number): SilenceAnswer {
  const match = {
    ...(form.source === '' ? {} : { source: form.source }),
    ...(form.kind === '' ? {} : { kind: form.kind }),
    ...(form.templateId === '' ? {} : { templateId: form.templateId }),
  };
  const matches = form.incident.length > 0 ? form.incident : [match];
  if (matches.some((each) => Object.keys(each).length === 0))
    return refuse(
      'Say what to silence: a service, a kind or a template. Silencing everything is not offered.',
    );
  if (form.reason.trim() === '')
    return refuse('Give a reason: whoever is on call next wants to know why nothing was said.');
  let durationMs: number;
  try {
    durationMs = parseDuration(form.duration);
  } catch {
    return refuse(`'${form.duration}' is no duration: write for example 30m, 2h or 1d.`);
  }
  if (durationMs < SHORTEST_MS || durationMs > LONGEST_MS)
    return refuse('A silence lasts between a minute and 90 days: nothing should be silent for ever.');
  return {
    ok: true,
    request: {
      matches,
      fromMs: nowMs,
      untilMs: nowMs + durationMs,
      cause: form.cause,
      reason: form.reason.trim(),
      who,
    },
  };
}

function refuse(sentence: string): SilenceAnswer {
  return { ok: false, sentence };
}
