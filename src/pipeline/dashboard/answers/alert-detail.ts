// One alert with all that is known of it: the windows around it, the band that was expected, the lines, the way it took, who
// was told and what people said.
import type { Artifact } from '../../../core/artifact.js';
import type { StoredWindow } from '../../ports.js';
import type { AlertDetail } from '../api-alerts.js';
import type { AlertRecord } from '../reader.js';
import { summarizeAlert } from './alert-summary.js';
import type { DashboardData } from './dashboard-data.js';
import { type DeskView, isMatch } from './desk-view.js';
import type { Deviations } from './deviation.js';
import { readIncidents } from './incidents.js';
import { readKeptWindows } from './kept-windows.js';
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
  const artifact = await data.shelf.artifactOf(record.artifact);
  const windows = await windowsAround(data, record, desk.nowMs);
  const events = await data.reader.eventsOf(alertId);
  const kept = await readKeptWindows(data, [record.artifact]);
  const lastLine = await readLastLine(data.reader, record, events, windows);
  return {
    ...summarizeAlert(record, desk),
    peakScore: peakOf(record, windows),
    incidentId: await incidentOf(data, deviations, record),
    features: await featuresOf(data, record, artifact, windows),
    templates: record.explanation?.templates ?? [],
    ...(kept === undefined ? {} : { kept }),
    history: windows.map(({ startMs, endMs, score, records, alert }) => ({
      startMs,
      endMs,
      score,
      records,
      alert,
    })),
    ...(lastLine === undefined ? {} : { lastLine }),
    timeToDetect: await readTimeToDetect(data.store, record, events, lastLine?.fromMs),
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
  { artifact, alert }: AlertRecord,
  nowMs: number,
): Promise<readonly StoredWindow[]> {
  const { hopMs } = await shelf.windowOf(artifact);
  // an open one was last told of when it opened or became worse, and goes on
  const untilMs = alert.isOpen ? Math.max(nowMs, alert.untilMs) : alert.untilMs;
  const fromMs = alert.sinceMs - BEFORE_WINDOWS * hopMs;
  return store.windows({
    artifact,
    source: alert.source,
    fromMs,
    toMs: Math.min(untilMs + AFTER_WINDOWS * hopMs, fromMs + MOST_WINDOWS * hopMs),
  });
}

/** An open alert says its peak only when it is told again: its windows know what came since. */
function peakOf({ alert }: AlertRecord, windows: readonly StoredWindow[]): number {
  if (!alert.isOpen) return alert.peakScore;
  const since = windows.filter(({ startMs, alert: alerts }) => alerts && startMs >= alert.sinceMs);
  return Math.max(alert.peakScore, ...since.map(({ score }) => score));
}

async function featuresOf(
  { store }: DashboardData,
  { artifact: { name, version }, explanation }: AlertRecord,
  artifact: Artifact | undefined,
  windows: readonly StoredWindow[],
): Promise<AlertDetail['features']> {
  if (explanation === undefined) return [];
  const stored = (await store.artifacts()).find((each) => each.name === name && each.version === version);
  const sum = explanation.features.reduce((total, { amount }) => total + Math.abs(amount), 0);
  return explanation.features.map(({ feature, value, usualLow, usualHigh, amount }) => {
    const declared = artifact?.spec.features.find((each) => each.name === feature);
    const position = stored?.featureNames.indexOf(feature) ?? -1;
    return {
      feature,
      unit: declared?.unit ?? '',
      description: declared?.formula ?? '',
      value,
      usualLow,
      usualHigh,
      share: sum === 0 ? 0 : Math.abs(amount) / sum,
      values: windows.map(({ features }) => features[position] ?? null),
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
  const untilMs = alert.isOpen ? Math.max(desk.nowMs, alert.untilMs) : alert.untilMs;
  return desk.silences.filter(
    (silence) =>
      isMatch(silence.match, { source: alert.source, explanation }) &&
      silence.fromMs < untilMs &&
      Math.min(silence.untilMs, silence.lifted?.atMs ?? Infinity) > alert.sinceMs,
  );
}
