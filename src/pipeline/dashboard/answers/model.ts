// The model that speaks, those that look on, and how they came to it.
import type { ArtifactKey } from '../../stream-key.js';
import type { ArtifactRef } from '../api.js';
import type { ArtifactCard, ModelView } from '../api-reports.js';
import type { TimeRange } from '../reader.js';
import type { DashboardData } from './dashboard-data.js';
import { compareShadow } from './shadow-comparison.js';

/** More windows are not read for a comparison: a shadow that differs does so within a week. */
export const MOST_COMPARED_MS = 7 * 86_400_000;

/** @param range of the comparison; of a longer one the end */
export async function answerModel(data: DashboardData, range: TimeRange): Promise<ModelView> {
  const line = await data.line();
  if (line === undefined) return { champion: null, coming: null, shadows: [], switches: [] };
  const compared = { fromMs: Math.max(range.fromMs, range.toMs - MOST_COMPARED_MS), toMs: range.toMs };
  const requests = await data.store.promotionRequests();
  const shadows: ModelView['shadows'][number][] = [];
  for (const { name, version, role } of line.roles) {
    if (role !== 'shadow') continue;
    const card = await cardOf(data, { name, version });
    if (card === null) continue;
    const threshold = (await data.shelf.thresholdOf(line.champion)) ?? 1;
    shadows.push({
      ...card,
      ...(await compareShadow(
        data.reader,
        { key: line.champion, threshold },
        { key: { name, version }, threshold: card.threshold },
        { range: compared, canarySource: line.canarySource },
      )),
    });
  }
  const inEffect = new Set(
    (await data.store.modelSwitches()).flatMap((each) =>
      each.effectTimeMs === null ? [] : [each.requestId],
    ),
  );
  return {
    champion: await cardOf(data, line.champion),
    coming: line.coming === undefined ? null : { ...refOf(line.coming.artifact), atMs: line.coming.atMs },
    shadows,
    switches: line.switches.map(({ atMs, from, to, requestId }) => ({
      atMs,
      isInEffect: inEffect.has(requestId),
      from: refOf(from),
      to: refOf(to),
      who: requests.find(({ id }) => id === requestId)?.by ?? null,
    })),
  };
}

function refOf({ name, version }: ArtifactKey): ArtifactRef {
  return { name, version };
}

/** Null where the store has not even a window of it, nor the artifact. */
async function cardOf({ shelf, store }: DashboardData, key: ArtifactKey): Promise<ArtifactCard | null> {
  const threshold = await shelf.thresholdOf(key);
  if (threshold === undefined) return null;
  const artifact = await shelf.artifactOf(key);
  const stored = (await store.artifacts()).find(
    ({ name, version }) => name === key.name && version === key.version,
  );
  const { startMs = 0, endMs = 0, records = 0 } = artifact?.provenance ?? {};
  const { thresholds = {}, mutedTemplates = [], parent = null } = artifact?.tuning ?? {};
  return {
    name: key.name,
    version: key.version,
    detector: artifact?.detector.name ?? 'unknown: its artifact is not in the store',
    threshold,
    features: stored?.featureNames.length ?? 0,
    // those of the canary have no lines in the logs
    templates: artifact?.dictionary.templates.filter(({ count }) => count > 0).length ?? 0,
    fittedFromMs: startMs,
    fittedToMs: endMs,
    records,
    ownThresholds: Object.entries(thresholds)
      .filter(([, own]) => own !== threshold)
      .map(([source, own]) => ({ source, threshold: own }))
      .sort((a, b) => (a.source < b.source ? -1 : 1)),
    muted: mutedTemplates,
    tunedFrom: parent,
  };
}
