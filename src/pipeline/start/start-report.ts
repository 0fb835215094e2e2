// What `start` says: how far it is, what came of it, where things are and what to try next.
import { relative } from 'node:path';
import type { ConsumeSummary } from '../consume/consume.js';
import { type StreamCounts, withoutApart } from '../consume/counts.js';
import { alertWords, describeCounts, describeLines } from '../consume/describe-counts.js';
import { countedWords } from '../../shell/counted-words.js';
import type { Speaker } from '../lanes/promotion.js';
import type { Judgement } from '../alerts/judge-alerts.js';
import type { Paint } from '../alerts/show-alert.js';

export interface Prepared {
  readonly modelFolder: string;
  readonly storePath: string;
  readonly isNew: boolean;
}

export function describeLive(counts: StreamCounts, paint: Paint): string {
  return `${paint('green', '◉ live')}  after ${describeCounts(counts)}. Ctrl-C stops; started again it goes on.`;
}

export function describeEnd(
  summary: ConsumeSummary,
  judgement: Judgement | undefined,
  { modelFolder, storePath }: Prepared,
  paint: Paint,
): string {
  const path = (to: string): string => relative('.', to) || to;
  const lines = ['', `${describeCounts(summary.counts)}; ${describeLines(summary.counts)}`];
  const { apart } = summary.counts;
  if (summary.speakers.length > 1) lines.push(speakersWords(summary.speakers));
  if (apart !== undefined)
    lines.push(
      `apart from that the canary: ${countedWords(apart.read, 'record')}, ${alertWords(apart.alertsOpened, 0)}`,
    );
  if (judgement) {
    const { injected, caught, missed, undecided, falseAlerts } = judgement;
    const begun = undecided > 0 ? `, ${undecided} only just begun` : '';
    lines.push(
      `${countedWords(injected, 'anomaly', 'anomalies')} injected: ${caught} caught, ${missed} missed${begun}; ${countedWords(falseAlerts, 'false alert')}`,
    );
  }
  const next = [
    `page       loghorn dashboard --store sqlite:${path(storePath)}`,
    `artifact   loghorn inspect ${path(modelFolder)}`,
    ...(apart === undefined
      ? ['canary     --canary (does detection itself work? a known anomaly every hour)']
      : []),
    // whoever has a log of their own knows how
    ...(judgement === undefined ? [] : ['your logs  npm start -- --file /path/to/app.log']),
  ];
  return [...lines, ...next.map((line) => paint('dim', `  ${line}`))].join('\n');
}

/** The summary of `--json`: counts over all runs on this store, times of this one. */
export function startSummary(
  { counts: all, speakers, latencyMs, backfillMs }: ConsumeSummary,
  judgement: Judgement | undefined,
  { modelFolder, storePath }: Prepared,
): Record<string, unknown> {
  const counts = withoutApart(all);
  return {
    records: counts.records.read,
    windows: counts.windows,
    alerts: counts.alertsOpened,
    firing: counts.alertsOpened - counts.alertsResolved,
    ...(judgement ?? { injected: null, caught: null, missed: null, undecided: null, falseAlerts: null }),
    latencyMs,
    backfillMs,
    lines: counts.lines,
    deadLetters: counts.deadLetters,
    corrections: counts.corrections,
    model: modelFolder,
    models: speakers,
    store: storePath,
    ...(all.apart === undefined ? {} : { canary: all.apart }),
  };
}

/** `shop@1f0a2b3c4d5e spoke, from 12:03:30Z on shop@9f8e7d6c5b4a` */
function speakersWords([first, ...later]: ConsumeSummary['speakers']): string {
  const short = ({ name, version }: Pick<Speaker, 'name' | 'version'>): string =>
    `${name}@${version.slice(0, 12)}`;
  const rest = later.map((each) => `from ${timeOfDay(each.fromMs!)} on ${short(each)}`);
  return `${short(first!)} spoke, ${rest.join(', ')}`;
}

/** `18:00:30Z` */
export function timeOfDay(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(11, 19)}Z`;
}
