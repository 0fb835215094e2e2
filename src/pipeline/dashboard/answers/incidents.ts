// Alerts of one cause as one incident: listed, searched, and page by page.
import { DETECTION_SOURCE } from '../../../core/canary/canary-source.js';
import { groupIncidents } from '../../../core/incident.js';
import type { AlertState, AlertSummary, Severity } from '../api.js';
import type { Incident, IncidentPage } from '../api-alerts.js';
import type { TimeRange } from '../reader.js';
import { summarizeAlert } from './alert-summary.js';
import type { DashboardData } from './dashboard-data.js';
import type { Deviations } from './deviation.js';
import { newestAlertsOfLine } from './line-alerts.js';
import type { ModelLine } from './model-line.js';

export interface IncidentQuery extends TimeRange {
  /** Incidents with an alert of this source. */
  readonly source: string | undefined;
  readonly states: readonly AlertState[];
  readonly severities: readonly Severity[];
  /** Found in a source, a kind, a headline or an id, whatever its case. */
  readonly text: string | undefined;
  /** Id of the last incident of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** Most urgent first. */
const STATES: readonly AlertState[] = ['firing', 'acknowledged', 'silenced', 'resolved'];
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];
/** An incident may have begun this long before the range in which it is seen. */
const MARGIN_MS = 2 * 3_600_000;

/** What fires comes first, then by state and newest first. Empty lists of states or severities stand for all. */
export async function answerIncidents(
  data: DashboardData,
  deviations: Deviations,
  query: IncidentQuery,
): Promise<IncidentPage> {
  const line = await data.line();
  const { incidents: all, isCut } =
    line === undefined ? NONE : await readNewestIncidents(data, deviations, line, query);
  const found = all.filter((incident) => isWanted(incident, query)).sort(byState);
  const after = query.after === undefined ? 0 : found.findIndex(({ id }) => id === query.after) + 1;
  const incidents = found.slice(after, after + query.limit);
  const isMore = after + query.limit < found.length;
  const next = isMore ? incidents.at(-1)!.id : null;
  return { incidents, total: found.length, next, ...(isCut ? { isCut } : {}) };
}

const NONE = { incidents: [], isCut: false };

/** All that overlap the range, newest first. */
export async function readIncidents(
  ...asked: Parameters<typeof readNewestIncidents>
): Promise<readonly Incident[]> {
  return (await readNewestIncidents(...asked)).incidents;
}

/** With whether there are older ones, since alerts were more than are looked through. */
async function readNewestIncidents(
  data: DashboardData,
  deviations: Deviations,
  line: ModelLine,
  { fromMs, toMs }: TimeRange,
): Promise<{ readonly incidents: readonly Incident[]; readonly isCut: boolean }> {
  const range = { fromMs: fromMs - MARGIN_MS, toMs };
  const { alerts: records, isCut } = await newestAlertsOfLine(data.reader, line, range);
  const desk = await data.deskView();
  const alerts: (AlertSummary & { readonly deviatedMs: number })[] = [];
  for (const record of records)
    alerts.push({ ...summarizeAlert(record, desk), deviatedMs: await deviations(record) });
  const { windowMs } = await data.shelf.windowOf(line.champion);
  // that detection itself does not work is the cause of no service's trouble, and none of them is its cause
  const isOfDetection = ({ source }: AlertSummary): boolean => source === DETECTION_SOURCE;
  const groups = [
    ...groupIncidents(
      alerts.filter((alert) => !isOfDetection(alert)),
      { windowMs },
    ),
    ...groupIncidents(alerts.filter(isOfDetection), { windowMs }),
  ];
  const incidents = groups
    .filter((group) => group.untilMs > fromMs && group.sinceMs < toMs)
    .map((group): Incident => ({
      ...group,
      ...stateOf(group.alerts),
      severity: firstOf(SEVERITIES, group.alerts, 'severity'),
      kind: kindOfIncident(group),
    }))
    .sort((a, b) => b.sinceMs - a.sinceMs || (a.id < b.id ? -1 : 1));
  return { incidents, isCut };
}

/** Of one that is silenced altogether it is told too whether somebody has all of it in hand. */
function stateOf(alerts: readonly AlertSummary[]): Pick<Incident, 'state' | 'isAlsoAcknowledged'> {
  const state = firstOf(STATES, alerts, 'state');
  const open = alerts.filter((alert) => alert.state !== 'resolved');
  const isTaken = state === 'silenced' && open.every(({ isAlsoAcknowledged }) => isAlsoAcknowledged);
  return { state, ...(isTaken ? { isAlsoAcknowledged: true } : {}) };
}

/** Those of one state stay in their order. */
function byState(a: Incident, b: Incident): number {
  return STATES.indexOf(a.state) - STATES.indexOf(b.state);
}

/** The incident is what its worst alert is. */
function firstOf<K extends 'state' | 'severity'>(
  order: readonly AlertSummary[K][],
  alerts: readonly AlertSummary[],
  key: K,
): AlertSummary[K] {
  return order.find((each) => alerts.some((alert) => alert[key] === each))!;
}

/** What the root service's first alert is about. */
function kindOfIncident({ rootSource, alerts }: Pick<Incident, 'rootSource' | 'alerts'>): string {
  return (alerts.find(({ source }) => source === rootSource) ?? alerts[0]!).kind;
}

function isWanted(incident: Incident, { source, states, severities, text }: IncidentQuery): boolean {
  const { alerts } = incident;
  if (source !== undefined && !alerts.some((alert) => alert.source === source)) return false;
  const stands = incident.isAlsoAcknowledged ? [incident.state, 'acknowledged'] : [incident.state];
  if (states.length > 0 && !states.some((each) => stands.includes(each))) return false;
  if (severities.length > 0 && !severities.includes(incident.severity)) return false;
  if (text === undefined) return true;
  const wanted = text.toLowerCase();
  return alerts.some(({ alertId, source: name, kind, headline }) =>
    [alertId, name, kind, headline].some((each) => each.toLowerCase().includes(wanted)),
  );
}
