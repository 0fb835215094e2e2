// Which artifact the dashboard speaks of: the champion, and whoever was champion of the same streams before it. Others that
// only looked on, and models of another concern in the same store, are no part of it.
import { CANARY_SOURCE } from '../../../core/canary/canary-source.js';
import { CANARY_STREAM } from '../../canary/canary-stream.js';
import { chooseArtifact } from '../../consume/choose-artifact.js';
import type { ResultStore, StoredLane } from '../../ports.js';
import type { ArtifactKey } from '../../stream-key.js';
import { championOf, isSameArtifact, lineOf, type ModelSwitch } from '../../lanes/promotion.js';
import type { ArtifactRef } from '../api.js';
import type { DashboardReader, TimeRange } from '../reader.js';

export interface ModelLine {
  /** The one that speaks: of a promotion that has yet to take effect, the one before. */
  readonly champion: ArtifactKey;
  /** The one that takes over from the window that starts then; undefined where none does. */
  readonly coming: { readonly artifact: ArtifactKey; readonly atMs: number } | undefined;
  /**
   * When each artifact spoke, first to last, the champion's up to infinity. Neighbours overlap where streams switched at
   * different moments.
   */
  readonly spans: readonly (TimeRange & { readonly artifact: ArtifactKey })[];
  /** All artifacts of the store but the one that is coming, the champion first, then by name and version. */
  readonly roles: readonly (ArtifactRef & { readonly role: 'champion' | 'shadow' | 'former' })[];
  /** What the canary's windows and alerts go by, of which nothing is told but of itself; undefined without a canary. */
  readonly canarySource: string | undefined;
  /** Those that took effect or will, one of each request, by request. */
  readonly switches: readonly (ModelSwitch & { readonly atMs: number })[];
}

/**
 * @param wanted as `--model` has it; undefined: the champion with the latest window
 * @returns undefined while nothing was ever stored
 * @throws Error when what is wanted is not in the store, or is not one
 */
export async function readModelLine(
  store: ResultStore,
  reader: DashboardReader,
  wanted: string | undefined,
): Promise<ModelLine | undefined> {
  const artifacts = await store.artifacts();
  if (artifacts.length === 0) return undefined;
  const all = await store.lanes();
  const lanes = all.filter(({ streamId }) => streamId !== CANARY_STREAM);
  const switches = await store.modelSwitches();
  const start =
    wanted === undefined ? await latestChampion(lanes, reader) : chooseArtifact(artifacts, wanted);
  if (start === undefined) return undefined;
  const { name, version } = start;
  const streams = [...new Set(lanes.map(({ streamId }) => streamId))];
  const lines = streams.map((streamId) => lineOf({ name, version }, streamId, switches));
  const last = lines
    .map((line) => championOf({ name, version }, line))
    .find((key, at) => lines[at]!.length > 0 || isSameArtifact(key, start)) ?? { name, version };
  const changes = oneOfEach(lines.flat());
  const { champion, coming } = speakerOf(last, changes, switches);
  return {
    champion,
    coming,
    spans: spansOf(champion, lines),
    roles: rolesOf(champion, artifacts, lanes).filter(
      (each) => coming === undefined || !isSameArtifact(each, coming.artifact),
    ),
    // whoever judges it has taken its stream
    canarySource: all.length > lanes.length ? CANARY_SOURCE : undefined,
    switches: changes,
  };
}

/** @param last of the line @param changes one of each request, in order @param switches of all streams: one that is ahead shows it */
function speakerOf(
  last: ArtifactKey,
  changes: ModelLine['switches'],
  switches: readonly ModelSwitch[],
): Pick<ModelLine, 'champion' | 'coming'> {
  const inEffect = new Set(
    switches.flatMap(({ requestId, effectTimeMs }) => (effectTimeMs === null ? [] : [requestId])),
  );
  const at = changes.findLastIndex(({ requestId }) => inEffect.has(requestId));
  const next = changes.at(-1);
  if (next === undefined || at === changes.length - 1) return { champion: last, coming: undefined };
  const champion = at < 0 ? changes[0]!.from : changes[at]!.to;
  return { champion, coming: { artifact: next.to, atMs: next.atMs } };
}

async function latestChampion(
  lanes: readonly StoredLane[],
  reader: DashboardReader,
): Promise<ArtifactKey | undefined> {
  let latest: { readonly key: ArtifactKey; readonly endMs: number } | undefined;
  const seen = new Set<string>();
  for (const { artifact, lane } of lanes) {
    const id = JSON.stringify(artifact);
    if (lane?.role === 'shadow' || lane?.role === 'retired' || seen.has(id)) continue;
    seen.add(id);
    const endMs = (await reader.watermarkMs(artifact)) ?? -Infinity;
    if (latest === undefined || endMs > latest.endMs) latest = { key: artifact, endMs };
  }
  return latest?.key;
}

function spansOf(champion: ArtifactKey, lines: readonly (readonly ModelSwitch[])[]): ModelLine['spans'] {
  const spans = new Map<string, { artifact: ArtifactKey; fromMs: number; toMs: number }>();
  const add = (artifact: ArtifactKey, fromMs: number, toMs: number): void => {
    const id = JSON.stringify([artifact.name, artifact.version]);
    const known = spans.get(id);
    spans.set(id, {
      artifact,
      fromMs: Math.min(fromMs, known?.fromMs ?? Infinity),
      toMs: Math.max(toMs, known?.toMs ?? -Infinity),
    });
  };
  for (const line of lines) {
    for (const [at, { from, to, atMs }] of line.entries()) {
      if (at === 0) add(from, -Infinity, atMs!);
      add(to, atMs!, line[at + 1]?.atMs ?? Infinity);
    }
  }
  if (spans.size === 0) add(champion, -Infinity, Infinity);
  return [...spans.values()].sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}

function rolesOf(
  champion: ArtifactKey,
  artifacts: readonly ArtifactKey[],
  lanes: readonly StoredLane[],
): ModelLine['roles'] {
  const others = artifacts
    .filter((each) => !isSameArtifact(each, champion))
    .map(({ name, version }) => {
      const isShadow = lanes.some(
        ({ artifact, lane }) => isSameArtifact(artifact, { name, version }) && lane?.role === 'shadow',
      );
      return { name, version, role: isShadow ? ('shadow' as const) : ('former' as const) };
    });
  return [{ ...champion, role: 'champion' }, ...others];
}

function oneOfEach(switches: readonly ModelSwitch[]): ModelLine['switches'] {
  const first = new Map<number, ModelSwitch & { readonly atMs: number }>();
  for (const each of switches) {
    const { requestId, atMs } = each;
    if (atMs === null || (first.get(requestId)?.atMs ?? Infinity) <= atMs) continue;
    first.set(requestId, { ...each, atMs });
  }
  return [...first.values()].sort((a, b) => a.requestId - b.requestId);
}
