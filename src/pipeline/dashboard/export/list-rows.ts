// Incidents, their alerts and templates as tables: all that a view's filters find, not only what it shows at once.
import type { AlertSummary } from '../api.js';
import type { Incident } from '../api-alerts.js';
import type { TemplateRow } from '../api-reports.js';
import { statesOf } from '../view/alert-words.js';
import { type ExportTable, isoTime, tableOf } from './export-table.js';

const isTaken = (of: Parameters<typeof statesOf>[0]): boolean => statesOf(of).includes('acknowledged');

export function incidentTable(incidents: readonly Incident[]): ExportTable {
  return tableOf<Incident>(incidents, {
    incident_id: ({ id }) => id,
    state: ({ state }) => state,
    acknowledged: isTaken,
    severity: ({ severity }) => severity,
    kind: ({ kind }) => kind,
    since: ({ sinceMs }) => isoTime(sinceMs),
    until: ({ untilMs }) => isoTime(untilMs),
    root_source: ({ rootSource }) => rootSource,
    tied_sources: ({ tied }) => tied,
    alerts: ({ alerts }) => alerts.length,
    sources: ({ alerts }) => [...new Set(alerts.map(({ source }) => source))],
    story: ({ story }) => story,
  });
}

type OneAlert = AlertSummary & { readonly incidentId: string; readonly deviatedMs: number };

export function alertTable(incidents: readonly Incident[]): ExportTable {
  const alerts = incidents.flatMap(({ id, alerts: own }) =>
    own.map((alert) => ({ ...alert, incidentId: id })),
  );
  return tableOf<OneAlert>(alerts, {
    alert_id: ({ alertId }) => alertId,
    incident_id: ({ incidentId }) => incidentId,
    source: ({ source }) => source,
    state: ({ state }) => state,
    acknowledged: isTaken,
    severity: ({ severity }) => severity,
    kind: ({ kind }) => kind,
    deviated: ({ deviatedMs }) => isoTime(deviatedMs),
    since: ({ sinceMs }) => isoTime(sinceMs),
    until: ({ untilMs }) => isoTime(untilMs),
    peak_score: ({ peakScore }) => peakScore,
    threshold: ({ threshold }) => threshold,
    verdict: ({ verdict }) => verdict,
    reason: ({ headline }) => headline,
    model: ({ artifact }) => artifact.name,
    version: ({ artifact }) => artifact.version,
  });
}

export function templateTable(templates: readonly TemplateRow[]): ExportTable {
  return tableOf<TemplateRow>(templates, {
    template_id: ({ templateId }) => templateId,
    status: ({ status }) => status,
    records: ({ count }) => count,
    share: ({ share }) => share,
    change: ({ change }) => change,
    first_seen: ({ firstSeenMs }) => isoTime(firstSeenMs),
    last_seen: ({ lastSeenMs }) => isoTime(lastSeenMs),
    learned: ({ isLearned }) => isLearned,
    sources: ({ sources }) => sources,
    template: ({ text }) => text,
    example: ({ example }) => example,
  });
}
