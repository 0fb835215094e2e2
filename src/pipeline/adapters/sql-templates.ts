// Templates that were seen, and how often by the hour, in either database. A day of a template is one row of 24 counts; the
// store adds up what falls into one bucket, and hands out a day of all templates as one text, which is read in one go.
import type { DashboardReader, SeenTemplate, TemplateSpread } from '../dashboard/reader.js';
import { readStoredText } from '../store/stored-text.js';
import { HOUR_MS } from './hour-sums.js';
import { type Sql, type SqlRows, THE_ARTIFACT } from './sql.js';
import { HOUR_COLUMNS } from './template-days.js';
import { type DayRun, layOutDays } from './template-layout.js';

export function createTemplateReader(sql: Sql): Pick<DashboardReader, 'templates'> {
  return {
    templates: async ({ name, version }, spread) => {
      const ids = [sql.keyOf(name).key, version];
      const rows = await sql.read(
        `SELECT template_pk, source, long_source, template_id, template, example, first_seen_ms, last_seen_ms
          FROM loghorn.seen_templates WHERE artifact_id = ${THE_ARTIFACT}`,
        ids,
      );
      const counts = new Map(rows.map(([templatePk]) => [templatePk as number, noneOf(spread)]));
      const { fromMs, bucketMs, buckets } = spread;
      const runs = layOutDays({ fromHour: fromMs / HOUR_MS, bucketHours: bucketMs / HOUR_MS, buckets });
      for (const run of runs) {
        const days = await sql.read(
          `SELECT day, string_agg(${piecesOf(run)}, ',') FROM loghorn.template_days
            WHERE artifact_id = ${THE_ARTIFACT} AND day >= $3 AND day < $4 GROUP BY day`,
          [...ids, run.fromDay, run.untilDay],
        );
        addDays(counts, run, days);
      }
      return rows
        .map((row) => seenTemplate(row, counts.get(row[0] as number)!))
        .sort(
          (a, b) =>
            compare(a.templateId, b.templateId) ||
            a.firstSeenMs - b.firstSeenMs ||
            compare(a.source, b.source),
        );
    },
  };
}

/** Records of each bucket, and of the time before them. */
interface Counts {
  readonly counts: number[];
  before: number;
}

function noneOf({ buckets }: TemplateSpread): Counts {
  return { counts: Array.from({ length: buckets }, () => 0), before: 0 };
}

/** A template and its sums of a day, with commas between. */
function piecesOf({ cuts }: DayRun): string {
  const sums = cuts.map(([first, last]) => `(${HOUR_COLUMNS.slice(first, last + 1).join(' + ')})`);
  return ['template_pk', ...sums].join(" || ',' || ");
}

function addDays(
  counts: ReadonlyMap<number, Counts>,
  { fromDay, cuts, bucketsOf }: DayRun,
  days: SqlRows,
): void {
  for (const [day, text] of days) {
    const buckets = bucketsOf[(day as number) - fromDay]!;
    let own: Counts | undefined;
    readNumbers(text as string, (value, index) => {
      const piece = (index % (cuts.length + 1)) - 1;
      if (piece < 0) own = counts.get(value);
      else if (own !== undefined) {
        const bucket = buckets[piece]!;
        if (bucket < 0) own.before += value;
        else own.counts[bucket]! += value;
      }
    });
  }
}

function seenTemplate(row: SqlRows[number], counts: Counts): SeenTemplate {
  const [, key, long, templateId, text, example, firstSeenMs, lastSeenMs] = row as [
    number,
    string,
    string | null,
    string,
    string,
    string,
    number,
    number,
  ];
  return {
    source: readStoredText(long ?? key),
    templateId,
    text: readStoredText(text),
    example: readStoredText(example),
    firstSeenMs,
    lastSeenMs,
    ...counts,
  };
}

const COMMA = 44;
const ZERO = 48;

/** Whole numbers with commas between them: to cut the text would make a million pieces of a month. */
function readNumbers(text: string, onNumber: (value: number, index: number) => void): void {
  let value = 0;
  let index = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA) {
      onNumber(value, index++);
      value = 0;
    } else value = value * 10 + code - ZERO;
  }
  onNumber(value, index);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
