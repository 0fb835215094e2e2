// What became different since a position: the alerts as they stand now, new windows, what people changed, and markers.
import type { Marker } from '../api.js';
import { summarizeAlert } from '../answers/alert-summary.js';
import type { DashboardData } from '../answers/dashboard-data.js';
import { type DeskView, isMatch } from '../answers/desk-view.js';
import { isOfLine } from '../answers/line-alerts.js';
import { readMarkers } from '../answers/markers.js';
import type { Silence } from '../../desk/desk.js';
import type { AlertRecord } from '../reader.js';
import type { EventPosition } from './event-id.js';
import type { Message } from './event-text.js';

export interface Changes {
  readonly messages: readonly Message[];
  /** Behind all of them. */
  readonly position: EventPosition;
}

const LATEST_MS = 8.64e15;
/** Those that a page shows by itself: further back it asks. */
const MARKERS_TOLD_MS = 30 * 86_400_000;
const CLOCKS_APART_MS = 5000;

/** Behind everything that is stored. */
export async function currentPosition(data: DashboardData): Promise<EventPosition> {
  const atMs = data.nowMs();
  return { cursor: await data.reader.cursor(), markers: (await allMarkers(data)).length, atMs };
}

/** An alert that changed several times is told once, as it is in the end. */
export async function changesSince(
  data: DashboardData,
  since: EventPosition,
  nowMs: number,
): Promise<Changes> {
  const { events, windows, cursor } = await data.reader.changesSince(since.cursor);
  const markers = await allMarkers(data);
  const desk = await data.deskView();
  const alertIds = new Set(events.map(({ event }) => event.alertId));
  if (cursor.noteSequence > since.cursor.noteSequence)
    for (const { alertId } of await data.desk.notes({ after: since.cursor.noteSequence }))
      alertIds.add(alertId);
  const messages: Message[] = [];
  const changed = desk.silences.filter((silence) => hasChanged(silence, since, nowMs));
  if (changed.length > 0) {
    messages.push({ name: 'silences', data: desk.silences });
    for (const { alert } of await openAlertsUnder(data, changed)) alertIds.add(alert.alertId);
  }
  messages.push(...(await alertMessages(data, alertIds, desk)));
  if (windows) messages.push({ name: 'windows', data: windows });
  // they are kept by their own time, not by when they were told: those of a while are told again, and a page knows them
  if (markers.length !== since.markers)
    for (const marker of markers)
      if (marker.atMs >= nowMs - MARKERS_TOLD_MS) messages.push({ name: 'marker', data: marker });
  return { messages, position: { cursor, markers: markers.length, atMs: nowMs } };
}

/** Made, lifted, begun or over since then. */
function hasChanged(
  { sequence, fromMs, untilMs, lifted }: Silence,
  since: EventPosition,
  nowMs: number,
): boolean {
  if (sequence > since.cursor.noteSequence) return true;
  const isTurn = (atMs: number): boolean => atMs > since.atMs && atMs <= nowMs;
  // who lifted it may have another clock
  if (lifted) return lifted.atMs > since.atMs - CLOCKS_APART_MS && lifted.atMs <= nowMs + CLOCKS_APART_MS;
  return isTurn(fromMs) || isTurn(untilMs);
}

async function alertMessages(
  data: DashboardData,
  alertIds: ReadonlySet<string>,
  desk: DeskView,
): Promise<Message[]> {
  const messages: Message[] = [];
  let line = await data.line();
  for (const alertId of alertIds) {
    const record = await data.reader.alert(alertId);
    if (record === undefined) continue;
    // the first alert of all, or of a model that just took over: what is passed over here never comes again
    if (line === undefined || !isOfLine(line, record.artifact)) line = await data.lineAnew();
    if (line && isOfLine(line, record.artifact) && record.alert.source !== line.canarySource)
      messages.push({ name: 'alert', data: summarizeAlert(record, desk) });
  }
  return messages;
}

async function openAlertsUnder(
  data: DashboardData,
  silences: readonly Silence[],
): Promise<readonly AlertRecord[]> {
  const records = await data.reader.alerts({ fromMs: 0, toMs: LATEST_MS });
  return records.filter(
    ({ alert, explanation }) =>
      alert.isOpen && silences.some(({ match }) => isMatch(match, { source: alert.source, explanation })),
  );
}

async function allMarkers(data: DashboardData): Promise<readonly Marker[]> {
  return readMarkers(data.reader, await data.line(), { fromMs: 0, toMs: LATEST_MS });
}
