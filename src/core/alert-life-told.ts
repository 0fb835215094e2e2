// What was told of an alert, and what is still to be told: an alert that goes on brings new lines, and whoever reads of it
// wants to see them all, but not a message each.
import type { OpenAlert } from './alert-life-open.js';
import { reasonsSoFar } from './alert-life-same.js';
import { templateKey } from './alert-reasons.js';
import type { Explanation, TemplateEvidence } from './alert.js';

/** Twice what one window shows. */
const MOST_LINES = 16;
const MOST_EXAMPLE_CHARACTERS = 200;
const MOST_UPDATES = 6;
const HOUR_MS = 3_600_000;
/** New lines come together as trouble unfolds: they are told together. */
const SPACE_MS = 120_000;

/** Whether one more thing may be told with the window that starts then: at most six an hour, two minutes apart. */
export function mayTell({ toldMs = [] }: OpenAlert, startMs: number): boolean {
  const recent = toldMs.filter((each) => each > startMs - HOUR_MS);
  return recent.length < MOST_UPDATES && startMs - (recent.at(-1) ?? -Infinity) >= SPACE_MS;
}

/** With the new lines of errors that a window brings, before the window's reasons are among those of the alert. */
export function withNewLines(alert: OpenAlert, explanation: Explanation | undefined): OpenAlert {
  if (explanation === undefined) return alert;
  // what an earlier version told is not known: what comes first is the beginning
  if (alert.told === undefined) return { ...alert, told: kept(explanation) };
  const before = new Set(
    [...alert.told.templates, ...(alert.untold ?? [])]
      .map(templateKey)
      .concat(reasonsSoFar(alert).templates.map(({ key }) => key)),
  );
  const fresh = explanation.templates.filter((each) => isNewError(each) && !before.has(templateKey(each)));
  if (fresh.length === 0) return alert;
  return { ...alert, untold: [...(alert.untold ?? []), ...fresh.map(cut)].slice(-MOST_LINES) };
}

/** As told of now: the lines that were not told yet first, then those of this window, then those that were told before. */
export function explanationOf(
  alert: OpenAlert,
  explanation: Explanation | undefined,
): Explanation | undefined {
  const base = explanation ?? alert.told;
  if (base === undefined) return undefined;
  const templates = new Map<string, TemplateEvidence>();
  const inWindow = new Map((explanation?.templates ?? []).map((each) => [templateKey(each), each]));
  for (const each of [...(alert.untold ?? []), ...base.templates, ...(alert.told?.templates ?? [])]) {
    const key = templateKey(each);
    if (!templates.has(key)) templates.set(key, inWindow.get(key) ?? each);
  }
  return { ...base, templates: [...templates.values()].slice(0, MOST_LINES) };
}

/** After it was told with the window that starts then. */
export function asTold(alert: OpenAlert, startMs: number, explanation: Explanation | undefined): OpenAlert {
  const { untold: _, ...rest } = alert;
  const recent = (alert.toldMs ?? []).filter((each) => each > startMs - HOUR_MS);
  return {
    ...rest,
    toldMs: [...recent, startMs].slice(-MOST_UPDATES),
    ...(explanation === undefined ? {} : { told: kept(explanation) }),
  };
}

function kept(explanation: Explanation): Explanation {
  return { ...explanation, templates: explanation.templates.map(cut) };
}

function cut(line: TemplateEvidence): TemplateEvidence {
  if (line.example.length <= MOST_EXAMPLE_CHARACTERS) return line;
  return { ...line, example: `${line.example.slice(0, MOST_EXAMPLE_CHARACTERS)}…` };
}

function isNewError({ event, severity }: TemplateEvidence): boolean {
  return event === 'new' && (severity === 'ERROR' || severity === 'FATAL');
}
