// Templates that were seen, and how often by the hour, in either database. A day of a template is one row of 24 counts: of
// two thousand templates in thirty days that is a twentieth of a row an hour, and is read in one go.
import type { DashboardReader, SeenTemplate, TemplateBucket } from '../dashboard/reader.js';
import { readStoredText } from '../store/stored-text.js';
import { type Sql, THE_ARTIFACT } from './sql.js';
import { dayOfHour, HOUR_COLUMNS } from './template-days.js';
import { HOUR_MS } from './hour-sums.js';

const HOURS = HOUR_COLUMNS.length;
const DAY_MS = HOURS * HOUR_MS;
const COUNTS = HOUR_COLUMNS.join(" || ',' || ");
const SUM = HOUR_COLUMNS.join(' + ');

export function createTemplateReader(sql: Sql): Pick<DashboardReader, 'templateCounts' | 'templates'> {
  return {
    templateCounts: async ({ name, version }, { fromMs, toMs }, bucketMs, source) => {
      const fromHour = Math.ceil(fromMs / HOUR_MS);
      const untilHour = Math.ceil(toMs / HOUR_MS);
      const ids = [sql.keyOf(name).key, version];
      const ofSource = source === undefined ? '' : 'AND source = $3';
      const templates = await sql.read(
        `SELECT template_pk, source, long_source, template_id FROM loghorn.seen_templates
          WHERE artifact_id = ${THE_ARTIFACT} ${ofSource} ORDER BY source, template_id`,
        source === undefined ? ids : [...ids, sql.keyOf(source).key],
      );
      const whole = wholeDays(fromMs, fromHour, untilHour, bucketMs);
      // added up there: a month is not read by the hour to be one number
      const sums = await sql.read(
        `SELECT template_pk, (day * ${HOURS} - cast($3 AS bigint)) / cast($4 AS bigint), cast(sum(${SUM}) AS bigint)
          FROM loghorn.template_days
          WHERE artifact_id = ${THE_ARTIFACT} AND day >= $5 AND day < $6 GROUP BY 1, 2`,
        [...ids, fromHour, Math.max(HOURS, Math.round(bucketMs / HOUR_MS)), whole.fromDay, whole.untilDay],
      );
      const days = await sql.read(
        `SELECT template_pk, day, ${COUNTS} FROM loghorn.template_days
          WHERE artifact_id = ${THE_ARTIFACT} AND (day >= $3 AND day < $4 OR day >= $5 AND day < $6)`,
        [...ids, dayOfHour(fromHour), whole.fromDay, whole.untilDay, dayOfHour(untilHour - 1) + 1],
      );
      // of the buckets that hold something: a range may be all of time
      const counts = new Map<number, Map<number, number>>(
        templates.map(([templatePk]) => [templatePk as number, new Map()]),
      );
      for (const [templatePk, bucket, count] of sums)
        if ((count as number) > 0) counts.get(templatePk as number)?.set(bucket as number, count as number);
      for (const [templatePk, day, text] of days) {
        const buckets = counts.get(templatePk as number);
        if (buckets === undefined) continue;
        const firstHour = (day as number) * HOURS;
        let [bucket, sum] = [0, 0];
        const putAway = (): void => {
          if (sum > 0) buckets.set(bucket, (buckets.get(bucket) ?? 0) + sum);
          sum = 0;
        };
        readNumbers(text as string, (count, index) => {
          const hour = firstHour + index;
          if (hour < fromHour || hour >= untilHour) return;
          const its = Math.floor((hour * HOUR_MS - fromMs) / bucketMs);
          if (its !== bucket) putAway();
          bucket = its;
          sum += count;
        });
        putAway();
      }
      return templates.flatMap(([templatePk, key, long, templateId]): TemplateBucket[] => {
        const writtenBy = readStoredText((long ?? key) as string);
        return [...counts.get(templatePk as number)!]
          .sort(([one], [other]) => one - other)
          .map(([bucket, count]) => ({ source: writtenBy, templateId: templateId as string, bucket, count }));
      });
    },

    templates: async ({ name, version }) => {
      const rows = await sql.read(
        `SELECT template_id, template, example, first_seen_ms, last_seen_ms FROM loghorn.seen_templates
          WHERE artifact_id = ${THE_ARTIFACT} ORDER BY template_id, first_seen_ms, source`,
        [sql.keyOf(name).key, version],
      );
      const seen = new Map<string, SeenTemplate>();
      for (const row of rows) {
        const [templateId, text, example, firstSeenMs, lastSeenMs] = row as [
          string,
          string,
          string,
          number,
          number,
        ];
        const known = seen.get(templateId);
        seen.set(templateId, {
          templateId,
          text: known?.text ?? readStoredText(text),
          example: known?.example || readStoredText(example),
          firstSeenMs: known?.firstSeenMs ?? firstSeenMs,
          lastSeenMs: Math.max(lastSeenMs, known?.lastSeenMs ?? lastSeenMs),
        });
      }
      return [...seen.values()];
    },
  };
}

/** Days that lie in one bucket with all their hours, half open; none where buckets cut days. */
function wholeDays(
  fromMs: number,
  fromHour: number,
  untilHour: number,
  bucketMs: number,
): { readonly fromDay: number; readonly untilDay: number } {
  const isOneBucket = untilHour * HOUR_MS <= fromMs + bucketMs;
  const areDays = fromMs % DAY_MS === 0 && bucketMs % DAY_MS === 0;
  const fromDay = Math.ceil(fromHour / HOURS);
  const untilDay = isOneBucket || areDays ? Math.max(fromDay, Math.floor(untilHour / HOURS)) : fromDay;
  return { fromDay, untilDay };
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
      if (value > 0) onNumber(value, index);
      index++;
      value = 0;
    } else value = value * 10 + code - ZERO;
  }
  if (value > 0) onNumber(value, index);
}
