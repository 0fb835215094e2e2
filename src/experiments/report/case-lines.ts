// The third reading, without scoring: the lines that stand in the chosen windows, severe ones first, and what kind of
// lines the input is made of.
import type { LogRecord } from '../../core/record.js';
import { ALL_SOURCES } from '../../core/window/window-spec.js';
import type { Span } from '../evaluate/spans.js';

/** Where to take lines from. */
export interface LineSpan extends Span {
  readonly file?: string | undefined;
  readonly source: string;
}

export interface CaseLine {
  readonly eventTimeMs: number;
  readonly source: string;
  /** OpenTelemetry SeverityNumber. */
  readonly severity: number;
  /** The message, cut. */
  readonly text: string;
}

export interface CaseLines {
  /** By time; the severe ones and the first others, at most 12. */
  readonly lines: readonly CaseLine[];
  readonly total: number;
}

export interface LineFacts {
  readonly records: number;
  /** Of these, records without a severity. */
  readonly withoutSeverity: number;
  /** Of the first 20,000 records, and how many of them are requests as a web server's access log has them. */
  readonly looked: number;
  readonly accessLike: number;
}

export interface LineCollector {
  add(record: LogRecord, file: string): void;
  /** In the order of the spans. */
  lines(): readonly CaseLines[];
  facts(): LineFacts;
}

const MAX_LINES = 12;
const MAX_CHARACTERS = 600;
const LOOKED_RECORDS = 20_000;
const WARN_NUMBER = 13;
const ACCESS_LINE = /\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \S+ HTTP\/\d/;

export function createLineCollector(spans: readonly LineSpan[]): LineCollector {
  const kept = spans.map(() => ({ severe: [] as CaseLine[], other: [] as CaseLine[], total: 0 }));
  const facts = { records: 0, withoutSeverity: 0, looked: 0, accessLike: 0 };
  return {
    add: (record, file) => {
      const { eventTimeMs, source, severity, body } = record;
      facts.records++;
      if (severity === 0) facts.withoutSeverity++;
      if (facts.looked < LOOKED_RECORDS) {
        facts.looked++;
        if (ACCESS_LINE.test(body.slice(0, MAX_CHARACTERS))) facts.accessLike++;
      }
      spans.forEach((span, index) => {
        if (eventTimeMs < span.startMs || eventTimeMs >= span.endMs) return;
        if (span.source !== ALL_SOURCES && span.source !== source) return;
        if (span.file !== undefined && span.file !== file) return;
        const own = kept[index]!;
        own.total++;
        const list = severity >= WARN_NUMBER ? own.severe : own.other;
        if (list.length < MAX_LINES) list.push({ eventTimeMs, source, severity, text: cut(body) });
      });
    },
    lines: () =>
      kept.map(({ severe, other, total }) => ({
        lines: [...severe, ...other].slice(0, MAX_LINES).sort((a, b) => a.eventTimeMs - b.eventTimeMs),
        total,
      })),
    facts: () => ({ ...facts }),
  };
}

function cut(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}
