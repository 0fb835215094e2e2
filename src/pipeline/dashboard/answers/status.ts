// How things stand, in one look: whether anything is read, up to when, by which model, and how much fires.
import type { AlertState, Status } from '../api.js';
import type { Heartbeat } from '../reader.js';
import type { Caller } from '../guard/caller.js';
import type { DashboardData } from './dashboard-data.js';
import type { Deviations } from './deviation.js';
import { readIncidents } from './incidents.js';
import { alertsOfLine } from './line-alerts.js';
import type { ModelLine } from './model-line.js';

/** A consumer beats every 10 s: who was not heard of for longer than this is gone, or stuck. */
export const SILENT_AFTER_MS = 60_000;
/** What fires for longer was forgotten by its consumer. */
const OPEN_ALERTS_MS = 30 * 86_400_000;
const HEARTBEATS_KEPT_MS = 30 * 86_400_000;
const OPEN_KEPT_MS = 10_000;
const LATEST_MS = 8.64e15;

/** What is the same for everybody. */
export type CommonStatus = Omit<Status, 'who' | 'csrfToken'>;

type OpenIncidents = Pick<Status, 'firing' | 'acknowledged' | 'silenced'>;
const NONE: OpenIncidents = { firing: 0, acknowledged: 0, silenced: 0 };

/** @returns asked every second or so while anybody looks: what is dear is counted again only when something changed */
export function createStatusAnswer(data: DashboardData, deviations: Deviations): () => Promise<CommonStatus> {
  let open: { readonly key: string; readonly atMs: number; readonly count: OpenIncidents } | undefined;
  let hasLabels = false;

  const countedOpen = async (line: ModelLine, watermarkMs: number, nowMs: number): Promise<OpenIncidents> => {
    const { alertSequence, noteSequence } = await data.reader.cursor();
    const key = `${alertSequence} ${noteSequence}`;
    // silences end with time alone
    if (open?.key !== key || Math.abs(nowMs - open.atMs) > OPEN_KEPT_MS)
      open = { key, atMs: nowMs, count: await countOpen(data, deviations, line, watermarkMs) };
    return open.count;
  };

  return async () => {
    const nowMs = data.nowMs();
    const line = await data.line();
    const beats = await data.reader.lastHeartbeats(nowMs - HEARTBEATS_KEPT_MS);
    const watermarkMs = line === undefined ? undefined : await watermarkOf(data, line);
    hasLabels ||= (await data.reader.labels({ fromMs: 0, toMs: LATEST_MS })).length > 0;
    return {
      nowMs,
      consumer: consumerState(beats, line !== undefined, nowMs),
      // a consumer's clock has fractions of a millisecond
      lastHeardMs: beats[0] ? Math.floor(beats[0].atMs) : null,
      watermarkMs: watermarkMs ?? null,
      artifact: line ? { name: line.champion.name, version: line.champion.version } : null,
      artifacts: line?.roles ?? [],
      sources: line === undefined ? [] : await sourcesOf(data, line),
      counts: countsOf(beats, nowMs),
      ...(line === undefined ? NONE : await countedOpen(line, watermarkMs ?? nowMs, nowMs)),
      usualLagMs: line === undefined ? 0 : await usualLagOf(data, line),
      hasLabels,
      isStoreWritable: await data.isStoreWritable(),
    };
  };
}

export function statusFor(common: CommonStatus, { name, mayWrite, csrfToken }: Caller): Status {
  const who = { name, mayWrite: mayWrite && common.isStoreWritable };
  return { ...common, who, csrfToken: csrfToken ?? '' };
}

/** @param beats the newest of each consumer, newest first */
export function consumerState(
  beats: readonly Heartbeat[],
  hasResults: boolean,
  nowMs: number,
): Status['consumer'] {
  if (beats.some((beat) => stateOfBeat(beat, nowMs) === 'running')) return 'running';
  const [newest] = beats;
  if (newest === undefined) return hasResults ? 'silent' : 'never';
  return newest.state === 'ended' ? 'ended' : 'silent';
}

/** @param beat the newest of its consumer */
export function stateOfBeat({ state, atMs }: Heartbeat, nowMs: number): 'running' | 'ended' | 'silent' {
  if (state === 'ended') return 'ended';
  return nowMs - atMs > SILENT_AFTER_MS ? 'silent' : 'running';
}

async function watermarkOf({ reader }: DashboardData, { spans }: ModelLine): Promise<number | undefined> {
  const ends = await Promise.all(spans.map(({ artifact }) => reader.watermarkMs(artifact)));
  const known = ends.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

async function sourcesOf(
  { reader }: DashboardData,
  { spans, canarySource }: ModelLine,
): Promise<readonly string[]> {
  const sources = await Promise.all(spans.map(({ artifact }) => reader.sources(artifact)));
  return [...new Set(sources.flat())].filter((source) => source !== canarySource).sort();
}

/** Of the consumers that run; where none does, of the one that was heard last. */
function countsOf(beats: readonly Heartbeat[], nowMs: number): Status['counts'] {
  const running = beats.filter((beat) => stateOfBeat(beat, nowMs) === 'running');
  const counted = running.length > 0 ? running : beats.slice(0, 1);
  const sum = (key: 'read' | 'scored' | 'late' | 'setAside'): number =>
    counted.reduce((total, beat) => total + beat[key], 0);
  return { read: sum('read'), scored: sum('scored'), late: sum('late'), setAside: sum('setAside') };
}

async function usualLagOf({ shelf }: DashboardData, { champion }: ModelLine): Promise<number> {
  const { hopMs } = await shelf.windowOf(champion);
  return hopMs + ((await shelf.artifactOf(champion))?.spec.window.allowedLatenessMs ?? 0);
}

/** Incidents, as the page lists them. */
async function countOpen(
  data: DashboardData,
  deviations: Deviations,
  line: ModelLine,
  watermarkMs: number,
): Promise<OpenIncidents> {
  const range = { fromMs: watermarkMs - OPEN_ALERTS_MS, toMs: LATEST_MS };
  const open = (await alertsOfLine(data.reader, line, range)).filter(({ alert }) => alert.isOpen);
  if (open.length === 0) return NONE;
  const sinceMs = Math.min(...open.map(({ alert }) => alert.sinceMs));
  const incidents = await readIncidents(data, deviations, line, { fromMs: sinceMs, toMs: LATEST_MS });
  const countOf = (wanted: AlertState): number => incidents.filter(({ state }) => state === wanted).length;
  return {
    firing: countOf('firing'),
    acknowledged: countOf('acknowledged'),
    silenced: countOf('silenced'),
  };
}
