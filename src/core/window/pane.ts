// A pane: what one source logged in one hop of time. Everything in it is a count, so panes add up to windows.

/** Severity classes, in the order of `Pane.severityCounts`. */
export const SEVERITY_CLASSES = ['UNSPECIFIED', 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
/** Index into SEVERITY_CLASSES, 0–6. */
export type SeverityClass = number;

/** OpenTelemetry SeverityNumber (0–24) → class: four numbers make a class. */
export function severityClassOf(severity: number): SeverityClass {
  return severity > 0 ? Math.min(6, (severity + 3) >> 2) : 0;
}

/** A line whose template the fit never saw. */
export interface NewTemplateCount {
  readonly service: string;
  readonly severityClass: SeverityClass;
  readonly templateId: string;
  readonly text: string;
  count: number;
}

export interface Pane {
  /** Whole number of hops since 1970: `startMs = hop * hopMs`. */
  readonly hop: number;
  records: number;
  /** Length 7, by SEVERITY_CLASSES. */
  readonly severityCounts: number[];
  /** Line-type key (see `line-type.ts`) → records. */
  readonly lineTypes: Map<number, number>;
  /** `service|class|templateId` → count; at most MAX_NEW_PER_PANE, the rest only counted. */
  readonly newTemplates: Map<string, NewTemplateCount>;
  newTemplateOverflow: number;
  /** First raw line of a line type that a person would want to see; keys as in the two maps above. */
  readonly examples: Map<number | string, string>;
}

export const MAX_NEW_PER_PANE = 256;
export const MAX_EXAMPLES_PER_PANE = 64;
/** Characters kept of an example line. */
export const MAX_EXAMPLE_LENGTH = 400;

export function createPane(hop: number): Pane {
  return {
    hop,
    records: 0,
    severityCounts: [0, 0, 0, 0, 0, 0, 0],
    lineTypes: new Map(),
    newTemplates: new Map(),
    newTemplateOverflow: 0,
    examples: new Map(),
  };
}

/** Adds `from` to `to`; the order of the additions changes nothing but the order of keys. */
export function mergePane(to: Pane, from: Pane): void {
  to.records += from.records;
  from.severityCounts.forEach((count, index) => {
    to.severityCounts[index] = (to.severityCounts[index] ?? 0) + count;
  });
  for (const [key, count] of from.lineTypes) to.lineTypes.set(key, (to.lineTypes.get(key) ?? 0) + count);
  to.newTemplateOverflow += from.newTemplateOverflow;
  for (const [key, from_] of from.newTemplates) {
    const known = to.newTemplates.get(key);
    if (known) known.count += from_.count;
    else to.newTemplates.set(key, { ...from_ });
  }
  for (const [key, line] of from.examples) keepExample(to, key, line);
}

export function keepExample(pane: Pane, key: number | string, line: string): void {
  if (pane.examples.size >= MAX_EXAMPLES_PER_PANE || pane.examples.has(key)) return;
  // a copy of its own: a slice would keep the whole line, or the whole chunk it was cut from, in memory
  pane.examples.set(key, line.length > MAX_EXAMPLE_LENGTH ? `${line.slice(0, MAX_EXAMPLE_LENGTH)}…` : line);
}
