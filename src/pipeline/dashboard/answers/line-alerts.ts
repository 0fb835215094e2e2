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
  const alerts = await allAlertsOfLine(reader, line, range);
  return alerts.filter(({ alert }) => alert.source !== line.canarySource);
}

/** Newest first, with those of the canary. */
export async function allAlertsOfLine(
  reader: DashboardReader,
  line: ModelLine,
  range: TimeRange,
): Promise<readonly AlertRecord[]> {
  const query = { ...range, limit: MOST_ALERTS };
  if (line.spans.length === 1) return reader.alerts({ ...query, artifact: line.champion });
  // one question, and those of models of another concern left out
  return (await reader.alerts(query)).filter(({ artifact }) => isOfLine(line, artifact));
}

export function isOfLine(line: ModelLine, artifact: ArtifactKey): boolean {
  return line.spans.some((span) => isSameArtifact(span.artifact, artifact));
}
