// The lines of a stretch of time, one of each kind: eight times the same stack trace says less than eight lines.
import type { TemplateDictionary } from '../../core/template/template.js';
import type { LogRecord } from '../../core/record.js';
import { NEW_TEMPLATE } from '../../core/template/template.js';
import { createMatcher } from '../../core/template/miner.js';
import { type SeverityClass, severityClassOf } from '../../core/window/pane.js';
import type { Span } from '../evaluate/spans.js';
import { ALL_SOURCES } from '../../core/window/window-spec.js';

export interface KindOfLine {
  readonly severityClass: SeverityClass;
  /** Of the first record of this kind: when, and what it says. */
  readonly eventTimeMs: number;
  readonly body: string;
  readonly records: number;
}

export interface KindCollector {
  add(record: LogRecord): void;
  /** In the order of the stretches; severe ones first, then by the number of records. */
  kinds(): readonly (readonly KindOfLine[])[];
}

/** @param stretches half open; source `*` is every source */
export function createKindCollector(
  dictionary: TemplateDictionary,
  stretches: readonly (Span & { readonly source: string })[],
): KindCollector {
  const matcher = createMatcher(dictionary);
  const found = stretches.map(() => new Map<string, KindOfLine>());
  return {
    add: ({ eventTimeMs, source, severity, body }) => {
      stretches.forEach((stretch, index) => {
        if (eventTimeMs < stretch.startMs || eventTimeMs >= stretch.endMs) return;
        if (stretch.source !== ALL_SOURCES && stretch.source !== source) return;
        const severityClass = severityClassOf(severity);
        const template = matcher.match(body);
        const name = template === NEW_TEMPLATE ? matcher.describeNew(body).id : String(template);
        const key = `${severityClass} ${name}`;
        const known = found[index]!.get(key);
        found[index]!.set(
          key,
          known ? { ...known, records: known.records + 1 } : { severityClass, eventTimeMs, body, records: 1 },
        );
      });
    },
    kinds: () =>
      found.map((each) =>
        [...each.values()].sort(
          (a, b) =>
            b.severityClass - a.severityClass || b.records - a.records || a.eventTimeMs - b.eventTimeMs,
        ),
      ),
  };
}
