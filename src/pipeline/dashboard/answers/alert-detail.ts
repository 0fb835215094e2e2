// One alert with all that is known of it: the windows around it, the band that was expected, the lines, the way it took, who
// was told and what people said.
import { isSameArtifact, nameOfArtifact } from '../../lanes/promotion.js';
import type { ArtifactKey } from '../../stream-key.js';
import type { AlertDetail } from '../api-alerts.js';
import type { AlertRecord } from '../reader.js';
import { summarizeAlert } from './alert-summary.js';
import { type Heir, heirsOf, speakersIn, type SpokenWindow, spokenWindows } from './alert-windows.js';
import type { DashboardData } from './dashboard-data.js';
import { type DeskView, isMatch } from './desk-view.js';
import type { Deviations } from './deviation.js';
import { readIncidents } from './incidents.js';
import { readKeptWindows } from './kept-windows.js';
import { fallOfAlert, readFellMs } from './fell-at.js';
import { readLastLine } from './last-line.js';
import { isOfLine } from './line-alerts.js';
import { readTimeToDetect } from './time-to-detect.js';

/** Windows before the alert, and at most so many in all. */
const BEFORE_WINDOWS = 60;
const AFTER_WINDOWS = 10;
const MOST_WINDOWS = 360;

/** Undefined when there is no such alert. */
export async function answerAlert(
  data: DashboardData,
  deviations: Deviations,
  alertId: string,
): Promise<AlertDetail | undefined> {
  const record = await data.reader.alert(alertId);
  if (record === undefined) return undefined;
  const desk = await data.deskView();
  const untilMs = endOf(record, desk.nowMs);
  const spoken = await windowsAround(data, record, untilMs);
  const windows = spoken.map(({ row }) => row);
  const heirs = await heirsOf(data.store, record, untilMs);
  const speaker = heirs.at(-1)?.artifact ?? record.artifact;
  const events = await data.reader.eventsOf(alertId);
  const kept = await readKeptWindows(data, [record.artifact]);
  const lastLine = await readLastLine(data.reader, record, events, windows);
  const fellMs = lastLine ? undefined : readFellMs(record, events);
  return {
    ...summarizeAlert(record, desk),
    ...(await measuresOf(data, record, heirs.at(-1), untilMs)),
    ...(await generalThresholdOf(data, record.alert.source, speaker)),
    ...(heirs.length === 0 ? {} : { heirs }),
    incidentId: await incidentOf(data, deviations, record),
    features: await featuresOf(data, record, speaker, spoken),
    templates: record.explanation?.templates ?? [],
    ...(kept === undefined ? {} : { kept }),
    history: windows.map(({ startMs, endMs, score, records, alert, threshold }) => ({
      startMs,
      endMs,
      score,
      records,
      alert,
      threshold,
    })),
    speakers: speakersIn(spoken),
    ...(lastLine === undefined ? {} : { lastLine }),
    ...(fellMs === undefined ? {} : { fellMs }),
    ...fallOfAlert(record, await data.shelf.windowOf(record.artifact)),
    timeToDetect: await readTimeToDetect(data.store, record, events, lastLine?.fromMs, fellMs),
    events: events.map(({ event: { type, score, reason }, commitTimeMs }) => ({
      type,
      atMs: commitTimeMs,
      score,
      ...(reason === undefined ? {} : { reason }),
    })),
    deliveries: await deliveriesOf(data, alertId),
    notes: desk.notesOf(alertId),
    silences: silencesOf(record, desk),
  };
}

async function deliveriesOf({ store }: DashboardData, alertId: string): Promise<AlertDetail['deliveries']> {
  return (await store.deliveriesOf(alertId)).map(({ sink, state, attempts, sentTimeMs, lastError }) => ({
    sink,
    state,
    atMs: sentTimeMs,
    attempts,
    error: lastError,
  }));
}

async function windowsAround(
  { store, shelf }: DashboardData,
  record: AlertRecord,
  untilMs: number,
): Promise<readonly SpokenWindow[]> {
  const { artifact, alert } = record;
  const { hopMs } = await shelf.windowOf(artifact);
  const fromMs = alert.sinceMs - BEFORE_WINDOWS * hopMs;
  return spokenWindows(store, record, {
    fromMs,
    toMs: Math.min(untilMs + AFTER_WINDOWS * hopMs, fromMs + MOST_WINDOWS * hopMs),
  });
}

/** An open one was last told of when it opened or became worse, and goes on. */
function endOf({ alert }: Pick<AlertRecord, 'alert'>, nowMs: number): number {
  return alert.isOpen ? Math.max(nowMs, alert.untilMs) : alert.untilMs;
}

/**
 * An open alert says its peak only when it is told again: its windows know what came since. Where another model goes on with
 * it, both are of that one: scores of two models cannot be compared.
 */
async function measuresOf(
  { reader }: DashboardData,
  { artifact, alert }: AlertRecord,
  heir: Heir | undefined,
  toMs: number,
): Promise<Pick<AlertDetail, 'peakScore' | 'threshold'>> {
  const { peakScore, threshold, source } = alert;
  if (!alert.isOpen) return { peakScore, threshold };
  const { artifact: speaker, fromMs } = heir ?? { artifact, fromMs: alert.sinceMs };
  let measures = heir === undefined ? { peakScore, threshold } : undefined;
  for await (const part of reader.windowFigures(speaker, { fromMs, toMs }, source))
    for (const row of part)
      if (row.alert)
        measures = {
          peakScore: Math.max(row.score, measures?.peakScore ?? 0),
          threshold: heir === undefined ? threshold : row.threshold,
        };
  return measures ?? { peakScore, threshold };
}

async function generalThresholdOf(
  { shelf }: DashboardData,
  source: string,
  speaker: ArtifactKey,
): Promise<Pick<AlertDetail, 'generalThreshold'>> {
  const own = (await shelf.ownThresholdsOf(speaker))[source];
  const value = await shelf.thresholdOf(speaker);
  if (own === undefined || value === undefined || own === value) return {};
  return { generalThreshold: { value, version: speaker.version } };
}

async function featuresOf(
  { store, shelf }: DashboardData,
  { explanation }: AlertRecord,
  speaker: ArtifactKey,
  windows: readonly SpokenWindow[],
): Promise<AlertDetail['features']> {
  if (explanation === undefined) return [];
  const artifact = await shelf.artifactOf(speaker);
  const stored = await store.artifacts();
  // each model has its own features, and some of both
  const placeOf = (key: ArtifactKey, feature: string): number =>
    stored.find((each) => isSameArtifact(each, key))?.featureNames.indexOf(feature) ?? -1;
  const speakers = [...new Map(windows.map(({ artifact: key }) => [nameOfArtifact(key), key])).values()];
  const sum = explanation.features.reduce((total, { amount }) => total + Math.abs(amount), 0);
  return explanation.features.map(({ feature, value, usualLow, usualHigh, amount }) => {
    const declared = artifact?.spec.features.find((each) => each.name === feature);
    const places = new Map(speakers.map((key) => [nameOfArtifact(key), placeOf(key, feature)]));
    return {
      feature,
      unit: declared?.unit ?? '',
      description: declared?.formula ?? '',
      value,
      usualLow,
      usualHigh,
      share: sum === 0 ? 0 : Math.abs(amount) / sum,
      values: windows.map(
        ({ row, artifact: key }) => row.features[places.get(nameOfArtifact(key)) ?? -1] ?? null,
      ),
    };
  });
}

/** Its own id where nothing joined it. */
async function incidentOf(
  data: DashboardData,
  deviations: Deviations,
  { artifact, alert: { alertId, sinceMs, episodeMs = sinceMs } }: AlertRecord,
): Promise<string> {
  const line = await data.line();
  if (line === undefined || !isOfLine(line, artifact)) return alertId;
  const range = { fromMs: episodeMs - HALF_INCIDENT_MS, toMs: episodeMs + HALF_INCIDENT_MS };
  const incidents = await readIncidents(data, deviations, line, range);
  return incidents.find(({ alerts }) => alerts.some((each) => each.alertId === alertId))?.id ?? alertId;
}

/** Alerts of one incident do not begin further apart. */
const HALF_INCIDENT_MS = 3_600_000;

/** Those that hold or held while it fired. */
function silencesOf({ alert, explanation }: AlertRecord, desk: DeskView): AlertDetail['silences'] {
  const untilMs = endOf({ alert }, desk.nowMs);
  return desk.silences.filter(
    (silence) =>
      isMatch(silence.match, { source: alert.source, explanation }) &&
      silence.fromMs < untilMs &&
      Math.min(silence.untilMs, silence.lifted?.atMs ?? Infinity) > alert.sinceMs,
  );
}
