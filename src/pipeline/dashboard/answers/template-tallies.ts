// Templates of all services and models together: a record is counted by whoever was champion, so the counts of all of them
// add up.
import type { DashboardReader, SeenTemplate, TemplateSpread } from '../reader.js';
import type { ModelLine } from './model-line.js';

/** A template that came in the buckets or in the time before them. */
export interface TemplateTally {
  readonly templateId: string;
  readonly text: string;
  readonly example: string;
  /** Of any service, whichever was asked for. */
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** Records of each bucket, of all of them, and of the time before. */
  readonly trend: readonly number[];
  readonly count: number;
  readonly before: number;
  /** Services where it came in the buckets, and where before them; in any order, of several models more than once. */
  readonly nowSources: readonly string[];
  readonly formerSources: readonly string[];
}

/** @param source counts its records alone; default those of all */
export async function tallyTemplates(
  reader: DashboardReader,
  { spans }: ModelLine,
  spread: TemplateSpread,
  source: string | undefined,
): Promise<{
  readonly tallies: readonly TemplateTally[];
  /** When the first template of all was first seen; Infinity before that. */
  readonly earliestMs: number;
}> {
  const sums = new Map<string, Sum>();
  let earliestMs = Infinity;
  for (const { artifact } of spans) {
    const ofArtifact = new Set<string>();
    for (const seen of await reader.templates(artifact, spread)) {
      const { templateId } = seen;
      earliestMs = Math.min(earliestMs, seen.firstSeenMs);
      let sum = sums.get(templateId);
      if (sum === undefined) sums.set(templateId, (sum = emptySum(seen, spread.buckets)));
      // of a service's own words the first ones stand for all; a later model's take the place of a former one's
      see(sum, seen, !ofArtifact.has(templateId));
      ofArtifact.add(templateId);
      if (source === undefined || seen.source === source) count(sum, seen);
    }
  }
  return { tallies: [...sums.values()].filter((sum) => sum.count + sum.before > 0), earliestMs };
}

interface Sum {
  readonly templateId: string;
  text: string;
  example: string;
  firstSeenMs: number;
  lastSeenMs: number;
  readonly trend: number[];
  count: number;
  before: number;
  readonly nowSources: string[];
  readonly formerSources: string[];
}

function emptySum(
  { templateId, text, example, firstSeenMs, lastSeenMs }: SeenTemplate,
  buckets: number,
): Sum {
  return {
    templateId,
    text,
    example,
    firstSeenMs,
    lastSeenMs,
    trend: Array.from({ length: buckets }, () => 0),
    count: 0,
    before: 0,
    nowSources: [],
    formerSources: [],
  };
}

function see(sum: Sum, { text, example, firstSeenMs, lastSeenMs }: SeenTemplate, isFirst: boolean): void {
  if (isFirst) sum.text = text;
  if (isFirst || sum.example === '') sum.example = example;
  sum.firstSeenMs = Math.min(sum.firstSeenMs, firstSeenMs);
  sum.lastSeenMs = Math.max(sum.lastSeenMs, lastSeenMs);
}

function count(sum: Sum, { source, counts, before }: SeenTemplate): void {
  let own = 0;
  counts.forEach((records, bucket) => {
    sum.trend[bucket]! += records;
    own += records;
  });
  sum.count += own;
  sum.before += before;
  if (own > 0) sum.nowSources.push(source);
  if (before > 0) sum.formerSources.push(source);
}
