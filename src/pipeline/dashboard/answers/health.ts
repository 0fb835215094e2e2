// How the pipeline itself is: what consumers tell, which sources fell silent, and whether store, broker and sinks answer.
import type { Artifact } from '../../../core/artifact.js';
import { DEFAULT_WINDOW_SPEC } from '../../../core/window/window-spec.js';
import { deafFromMs } from '../../health/tell-ahead.js';
import type { PipelineHealth } from '../api-reports.js';
import type { Heartbeat, TimeRange } from '../reader.js';
import type { DashboardData } from './dashboard-data.js';
import { partsOf, pipelineSeries } from './health-series.js';
import { stateOfBeat } from './status.js';

/** Beats of a part that are asked for: more would say the same. */
const BEATS_A_PART = 4;
/** Consumers that were gone before this are not listed. */
const LISTED_MS = 24 * 3_600_000;
/** How unlikely a silence must be, in the healthy windows of the fit, before it is told. */
const RARE_SILENCE = 1e-3;
const LEAST_SILENT_WINDOWS = 4;

export async function answerHealth(data: DashboardData, range: TimeRange): Promise<PipelineHealth> {
  const { reader, store, shelf } = data;
  const nowMs = data.nowMs();
  const { partMs } = partsOf(range);
  const beats = await reader.heartbeats(
    { fromMs: range.fromMs - 2 * partMs, toMs: range.toMs },
    Math.ceil(partMs / BEATS_A_PART),
  );
  const spans = await reader.stageSpans(range, partMs);
  const last = await reader.lastHeartbeats(nowMs - LISTED_MS);
  const line = await data.line();
  const artifact = line && (await shelf.artifactOf(line.champion));
  const askedAtMs = data.clock.nowMs();
  await reader.cursor();
  const answeredMs = data.clock.nowMs() - askedAtMs;
  return {
    ...pipelineSeries(beats, range, spans),
    consumers: last.map((beat) => ({
      id: beat.consumerId,
      state: stateOfBeat(beat, nowMs),
      startedMs: Math.floor(beat.startedMs),
      lastHeardMs: Math.floor(beat.atMs),
      streams: beat.streams,
      residentBytes: beat.residentBytes,
    })),
    silentSources: line ? silentSources(last, artifact, nowMs) : [],
    aheadSources: aheadSources(last, artifact, nowMs),
    store: {
      kind: data.storeKind,
      isWritable: await data.isStoreWritable(),
      bytes: (await reader.bytes()) ?? null,
      answeredMs,
    },
    broker: last.find(({ broker }) => broker !== null)?.broker ?? null,
    sinks: await store.sinkSummaries(),
  };
}

/**
 * Of consumers that run: who wrote nothing for longer than its healthy windows make likely. A source that the model does not
 * know has no such odds, and is told after a few windows.
 *
 * @returns longest silent first
 */
export function silentSources(
  beats: readonly Heartbeat[],
  artifact: Artifact | undefined,
  nowMs: number,
): PipelineHealth['silentSources'] {
  const newest = newestRecords(beats, nowMs);
  const hopMs = artifact?.spec.window.hopMs ?? 30_000;
  return [...newest]
    .flatMap(([source, lastRecordMs]) => {
      const odds = artifact?.spec.vocabularies.find((each) => each.source === source)?.silence;
      const windows = odds === undefined ? 0 : rareRun(odds);
      const isSilent = nowMs - lastRecordMs > Math.max(LEAST_SILENT_WINDOWS, windows) * hopMs;
      return isSilent ? [{ source, lastRecordMs, usualGapMs: odds ? windows * hopMs : null }] : [];
    })
    .sort((a, b) => a.lastRecordMs - b.lastRecordMs || (a.source < b.source ? -1 : 1));
}

/** A record from the future closed the windows until then: see `tellAhead`. */
export function aheadSources(
  beats: readonly Heartbeat[],
  artifact: Artifact | undefined,
  nowMs: number,
): PipelineHealth['aheadSources'] {
  const fromMs = nowMs + deafFromMs(artifact?.spec.window ?? DEFAULT_WINDOW_SPEC);
  return [...newestRecords(beats, nowMs)]
    .filter(([, recordMs]) => recordMs >= fromMs)
    .map(([source, recordMs]) => ({ source, recordMs }))
    .sort((a, b) => b.recordMs - a.recordMs || (a.source < b.source ? -1 : 1));
}

/** By source, as the consumers that run tell it. */
function newestRecords(beats: readonly Heartbeat[], nowMs: number): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const beat of beats)
    if (stateOfBeat(beat, nowMs) === 'running')
      for (const [source, atMs] of Object.entries(beat.sources))
        newest.set(source, Math.max(atMs, newest.get(source) ?? -Infinity));
  return newest;
}

/** The shortest run of silent windows that is rare. P(k in a row) = first · next^(k−1). */
function rareRun({ first, next }: { readonly first: number; readonly next: number }): number {
  if (first <= RARE_SILENCE) return 1;
  if (next >= 1) return Infinity;
  if (next <= 0) return 2;
  return 1 + Math.ceil(Math.log(RARE_SILENCE / first) / Math.log(next));
}
