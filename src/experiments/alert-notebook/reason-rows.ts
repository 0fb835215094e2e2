// Why the strangest window of an alert was strange, as tables: its features, and its templates with lines.
import type { Artifact } from '../../core/artifact.js';
import type { LogRecord } from '../../core/record.js';
import type { WindowRow } from '../../core/score-window.js';
import { createMatcher } from '../../core/template/miner.js';
import type { Row } from '../notebook/row.js';
import { peakOf } from './alert-figure.js';

const LINES_OF_TEMPLATE = 3;
const MOST_CHARACTERS = 300;

/** Strongest first; none where no window alerts. */
export function featureRows(rows: readonly WindowRow[]): Row[] {
  return (peakOf(rows)?.explanation?.features ?? []).map((each) => ({
    feature: each.feature,
    value: each.value,
    'usual from': each.usualLow,
    'usual to': each.usualHigh,
    'moved the score by': each.amount,
  }));
}

/** Up to three lines of each template; of those that disappeared, and where no window alerts, none. */
export function templateLines(
  rows: readonly WindowRow[],
  records: readonly LogRecord[],
  { dictionary }: Pick<Artifact, 'dictionary'>,
): Row[] {
  const peak = peakOf(rows);
  if (peak?.explanation === undefined) return [];
  const matcher = createMatcher(dictionary);
  const idOf = (body: string): string => {
    const index = matcher.match(body);
    return index < 0 ? matcher.describeNew(body).id : matcher.templates[index]!.id;
  };
  const { peakEndMs, templates } = peak.explanation;
  const inside = records.filter(
    ({ eventTimeMs }) => eventTimeMs < peakEndMs && eventTimeMs >= peakEndMs - (peak.endMs - peak.startMs),
  );
  return templates.flatMap(({ event, templateId, text, count, usual }) => {
    const lines = inside.filter(({ body }) => idOf(body) === templateId).slice(0, LINES_OF_TEMPLATE);
    const shown = lines.length > 0 ? lines.map(({ body }) => body.slice(0, MOST_CHARACTERS)) : [''];
    return shown.map((line, index) => ({
      event: index === 0 ? event : '',
      template: index === 0 ? text.slice(0, MOST_CHARACTERS) : '',
      count: index === 0 ? count : null,
      usual: index === 0 ? usual : null,
      line,
    }));
  });
}
