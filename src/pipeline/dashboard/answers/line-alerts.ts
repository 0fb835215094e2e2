// Alerts of a stretch of time, of whichever artifact was champion then.
import type { ArtifactKey } from '../../stream-key.js';
import { isSameArtifact } from '../../lanes/promotion.js';
import type { AlertRecord, DashboardReader, TimeRange } from '../reader.js';
import type { ModelLine } from './model-line.js';

/** More than a person looks through; the newest are given. */
export const MOST_ALERTS = 3000;

/** Newest first; those of the canary's own troubles are none. */
export async function alertsOfLine(
  reader: DashboardReader,
  line: ModelLine,
  range: TimeRange,
): Promise<readonly AlertRecord[]> {
  return (await newestAlertsOfLine(reader, line, range)).alerts;
}

/** As `alertsOfLine`, and whether there are older ones, which are left out. */
export async function newestAlertsOfLine(
  reader: DashboardReader,
  line: ModelLine,
  range: TimeRange,
): Promise<{ readonly alerts: readonly AlertRecord[]; readonly isCut: boolean }> {
  const { alerts, isCut } = await readAlerts(reader, line, range);
  return { alerts: alerts.filter(({ alert }) => alert.source !== line.canarySource), isCut };
}

/** Newest first, with those of the canary. */
export async function allAlertsOfLine(
  reader: DashboardReader,
  line: ModelLine,
  range: TimeRange,
): Promise<readonly AlertRecord[]> {
  return (await readAlerts(reader, line, range)).alerts;
}

async function readAlerts(
  reader: DashboardReader,
  line: ModelLine,
  range: TimeRange,
): Promise<{ readonly alerts: readonly AlertRecord[]; readonly isCut: boolean }> {
  const isAlone = line.spans.length === 1;
  const limit = MOST_ALERTS + 1;
  const found = await reader.alerts({ ...range, limit, ...(isAlone ? { artifact: line.champion } : {}) });
  const newest = found.slice(0, MOST_ALERTS);
  // one question, and those of models of another concern left out
  const alerts = isAlone ? newest : newest.filter(({ artifact }) => isOfLine(line, artifact));
  return { alerts, isCut: found.length > MOST_ALERTS };
}

export function isOfLine(line: ModelLine, artifact: ArtifactKey): boolean {
  return line.spans.some((span) => isSameArtifact(span.artifact, artifact));
}
