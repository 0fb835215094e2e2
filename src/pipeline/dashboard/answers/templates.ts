// Which kinds of lines came how often, what is new, what changed and what stayed away: a range against the one before it.
import type { TemplatePage, TemplateRow } from '../api-reports.js';
import type { TimeRange } from '../reader.js';
import type { DashboardData } from './dashboard-data.js';
import { type TemplateTally, tallyTemplates } from './template-tallies.js';

export const TEMPLATE_ORDERS = ['count', 'share', 'trend', 'new', 'gone'] as const;
export type TemplateOrder = (typeof TEMPLATE_ORDERS)[number];

export interface TemplateQuery extends TimeRange {
  readonly source: string | undefined;
  /** Found in the text, the example or the id, whatever its case. */
  readonly text: string | undefined;
  readonly order: TemplateOrder;
  /** Id of the last template of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Longer ranges are widened to whole days, which the store adds up. */
const DAYS_FROM_MS = 14 * DAY_MS;
/** A month of days, and of a week every six hours. */
const TREND_PARTS = 32;
/** So many standard deviations of the difference of two Poisson counts, and at least twice or half as many. */
const CHANGED_SIGMAS = 4;
const CHANGED_RATIO = 2;

/** Counts are kept by the hour: the range is widened to whole hours or days, and a part of the trend is never shorter. */
export async function answerTemplates(data: DashboardData, query: TemplateQuery): Promise<TemplatePage> {
  const line = await data.line();
  if (line === undefined) return { templates: [], total: 0, next: null, records: 0 };
  const unitMs = query.toMs - query.fromMs > DAYS_FROM_MS ? DAY_MS : HOUR_MS;
  const fromMs = Math.floor(query.fromMs / unitMs) * unitMs;
  const units = Math.ceil((query.toMs - fromMs) / unitMs);
  const partMs = Math.ceil(units / TREND_PARTS) * unitMs;
  const parts = Math.ceil((units * unitMs) / partMs);
  const { tallies, earliestMs } = await tallyTemplates(
    data.reader,
    line,
    { fromMs, bucketMs: partMs, buckets: parts },
    query.source,
  );
  const records = tallies.reduce((total, { count }) => total + count, 0);
  // without all of the range before there is nothing to compare with
  const isComparable = earliestMs <= fromMs - parts * partMs + HOUR_MS;
  const known = new Set(
    (await data.shelf.artifactOf(line.champion))?.dictionary.templates.map(({ id }) => id),
  );

  // of thousands a page shows fifty: the others are sorted and no more
  const found = tallies
    .filter((tally) => isFound(tally, query.text))
    .sort(query.order === 'trend' ? byDistance(tallies, isComparable) : ORDERS[query.order]);
  const after =
    query.after === undefined ? 0 : found.findIndex(({ templateId }) => templateId === query.after) + 1;
  const page = found.slice(after, after + query.limit);
  const templates = page.map(({ before, nowSources, formerSources, ...told }): TemplateRow => {
    const { count, templateId, firstSeenMs } = told;
    const isLearned = known.has(templateId);
    const isNew = firstSeenMs >= fromMs && !isLearned;
    return {
      ...told,
      isLearned,
      sources: [...new Set(count > 0 ? nowSources : formerSources)].sort(),
      share: records === 0 ? 0 : count / records,
      change: before === 0 || !isComparable ? null : count / before,
      status: statusOf(count, before, isComparable, isNew),
    };
  });
  const isMore = after + query.limit < found.length;
  return { templates, total: found.length, next: isMore ? templates.at(-1)!.templateId : null, records };
}

function statusOf(now: number, then: number, isComparable: boolean, isNew: boolean): TemplateRow['status'] {
  if (now === 0) return 'gone';
  if (isNew) return 'new';
  if (!isComparable) return 'steady';
  const isFar = Math.abs(now - then) > CHANGED_SIGMAS * Math.sqrt(now + then);
  const isMuch = now >= CHANGED_RATIO * then || then >= CHANGED_RATIO * now;
  return isFar && isMuch ? 'changed' : 'steady';
}

type Order = (a: TemplateTally, b: TemplateTally) => number;

const byCount: Order = (a, b) => b.count - a.count || (a.templateId < b.templateId ? -1 : 1);

const ORDERS: Readonly<Record<Exclude<TemplateOrder, 'trend'>, Order>> = {
  count: byCount,
  share: byCount,
  new: (a, b) => b.firstSeenMs - a.firstSeenMs || byCount(a, b),
  gone: (a, b) => a.lastSeenMs - b.lastSeenMs || byCount(a, b),
};

/** Twice as many is as far as half as many. */
function byDistance(tallies: readonly TemplateTally[], isComparable: boolean): Order {
  const distances = new Map(
    tallies.map(({ templateId, count, before }) => {
      // one more on both sides: what is there once more or less is no change
      const isKnown = isComparable && before > 0;
      return [templateId, isKnown ? Math.abs(Math.log((count + 1) / (before + 1))) : 0];
    }),
  );
  return (a, b) => distances.get(b.templateId)! - distances.get(a.templateId)! || byCount(a, b);
}

function isFound({ text, example, templateId }: TemplateTally, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  const word = wanted.toLowerCase();
  return [text, example, templateId].some((each) => each.toLowerCase().includes(word));
}
