// Counts one record into its pane.
import type { LogRecord } from '../record.js';
import type { LineTypeKeys } from './line-type.js';
import { keepExample, MAX_NEW_PER_PANE, type Pane, severityClassOf } from './pane.js';

/** A template that the dictionary does not hold, under its provisional id. */
export interface NewTemplate {
  readonly id: string;
  readonly text: string;
}

/** Line types are looked at from INFO on, and where no severity is given. */
export function isLineTypeClass(severityClass: number): boolean {
  return severityClass === 0 || severityClass >= 3;
}

export interface PaneAdding {
  readonly spec: { readonly groupBy: 'service' | 'all' };
  readonly keys: LineTypeKeys;
  readonly wantsExample: (source: string, key: number) => boolean;
  /** Whether somebody said that such records mean no harm: they count in the volume alone. Undefined: none are. */
  readonly isMuted?: ((template: NewTemplate | number) => boolean) | undefined;
}

/** @param source whose pane it is: the record's own, or what stands for it */
export function addToPane(
  pane: Pane,
  source: string,
  record: LogRecord,
  template: NewTemplate | number,
  adding: PaneAdding,
): void {
  pane.records++;
  if (adding.isMuted?.(template)) return;
  const severityClass = severityClassOf(record.severity);
  pane.severityCounts[severityClass] = (pane.severityCounts[severityClass] ?? 0) + 1;
  if (!isLineTypeClass(severityClass)) return;

  if (typeof template === 'number') {
    // what stands for a source speaks for it here too: sources beyond the limit must not grow the table of services
    const service = adding.spec.groupBy === 'service' ? source : record.source;
    const key = adding.keys.key(adding.keys.serviceIndex(service), severityClass, template);
    const count = pane.lineTypes.get(key);
    if (count === undefined) {
      pane.lineTypes.set(key, 1);
      if (adding.wantsExample(source, key)) keepExample(pane, key, record.body);
    } else pane.lineTypes.set(key, count + 1);
    return;
  }

  const key = `${severityClass}|${template.id}|${record.source}`;
  const known = pane.newTemplates.get(key);
  if (known) known.count++;
  else if (pane.newTemplates.size >= MAX_NEW_PER_PANE) pane.newTemplateOverflow++;
  else {
    pane.newTemplates.set(key, {
      service: record.source,
      severityClass,
      templateId: template.id,
      text: template.text,
      count: 1,
    });
    keepExample(pane, key, record.body);
  }
}
