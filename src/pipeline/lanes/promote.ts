// Asking for a promotion: what it would replace, whether it can, and the request in the store that running consumers follow.
import { CANARY_STREAM } from '../canary/canary-stream.js';
import type { Artifact } from '../../core/artifact.js';
import { decodeModel, encodeModel } from './model-text.js';
import type { ResultStore, StoredLane } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import {
  championOf,
  isOfStream,
  isSameArtifact,
  lineOf,
  type ModelSwitch,
  nameOfArtifact,
  nextRequest,
  type PromotionRequest,
} from './promotion.js';
import { differenceOf } from './promotion-seed.js';

export interface PromoteOptions {
  /** Default: the only one of the store. */
  readonly stream?: string | undefined;
  /** `name@version` with the beginning of a version, where models that have nothing to do with each other read a stream. */
  readonly replaces?: string | undefined;
  readonly by: string;
  readonly nowMs: number;
}

/** A request, and what became of it on each stream so far. */
export interface PromotionHistory extends PromotionRequest {
  readonly switches: readonly Omit<ModelSwitch, 'requestId' | 'from' | 'to'>[];
}

/** @throws Error saying why the artifact cannot take the place of the one that reads the stream */
export async function promote(
  store: ResultStore,
  artifact: Artifact,
  options: PromoteOptions,
): Promise<PromotionRequest> {
  const { stream, champion } = await targetOf(store, options);
  const name = nameOfArtifact(artifact);
  if (isSameArtifact(artifact, champion))
    throw new Error(`${name} speaks for ${stream} already, or is about to`);
  const kept = await store.keptModel(champion);
  const difference = kept === undefined ? undefined : differenceOf(decodeModel(kept), artifact);
  if (difference !== undefined)
    throw new Error(
      `${name} cannot take the place of ${nameOfArtifact(champion)}: ${difference}. Fit it with the same windows and the same input`,
    );
  await store.keepModel(artifact, encodeModel(artifact));
  return request(store, 'promote', stream, artifact, champion, options);
}

/** @throws Error when nothing was promoted there */
export async function rollBack(store: ResultStore, options: PromoteOptions): Promise<PromotionRequest> {
  const { stream, champion } = await targetOf(store, options);
  const last = (await store.promotionRequests()).findLast(
    (each) => each.stream === stream && isSameArtifact(each.to, champion),
  );
  if (last === undefined)
    throw new Error(`nothing was promoted on ${stream} that ${nameOfArtifact(champion)} came from`);
  if ((await store.keptModel(last.replaces)) === undefined)
    throw new Error(
      `the store does not keep ${nameOfArtifact(last.replaces)}, the former one: promote its folder instead`,
    );
  return request(store, 'rollback', stream, last.replaces, champion, options);
}

/** By number. */
export async function promotionHistory(
  store: ResultStore,
  stream: string | undefined,
): Promise<readonly PromotionHistory[]> {
  const switches = await store.modelSwitches();
  return (await store.promotionRequests())
    .filter((each) => stream === undefined || each.stream === stream)
    .map((each) => ({
      ...each,
      switches: switches
        .filter(({ requestId }) => requestId === each.id)
        .map(({ streamId, atMs, plannedTimeMs, effectTimeMs, refused }) => ({
          streamId,
          atMs,
          plannedTimeMs,
          effectTimeMs,
          refused,
        })),
    }));
}

/** A topic for its partitions, any other stream for itself. */
export function topicOf(streamId: string): string {
  return streamId.startsWith('kafka:') ? streamId.replace(/\/\d+$/, '') : streamId;
}

function request(
  store: ResultStore,
  kind: PromotionRequest['kind'],
  stream: string,
  to: ArtifactKey,
  replaces: ArtifactKey,
  { by, nowMs }: PromoteOptions,
): Promise<PromotionRequest> {
  const keyOf = ({ name, version }: ArtifactKey): ArtifactKey => ({ name, version });
  return store.requestPromotion({
    kind,
    stream,
    to: keyOf(to),
    replaces: keyOf(replaces),
    by,
    requestTimeMs: Math.floor(nowMs),
  });
}

async function targetOf(
  store: ResultStore,
  { stream: asked, replaces }: PromoteOptions,
): Promise<{ readonly stream: string; readonly champion: ArtifactKey }> {
  const lanes = (await store.lanes()).filter(({ streamId }) => streamId !== CANARY_STREAM);
  const streams = [...new Set(lanes.map(({ streamId }) => topicOf(streamId)))];
  const stream = asked ?? (streams.length === 1 ? streams[0]! : undefined);
  const known = streams.length === 0 ? 'none' : streams.join(', ');
  if (stream === undefined)
    throw new Error(`the store has results of several streams: name one with --stream (it has ${known})`);
  if (!streams.some((each) => isOfStream(each, stream)))
    throw new Error(`nothing was read from ${stream} into this store: it has ${known}`);

  const champions = await championsOf(store, lanes, stream);
  const fitting = champions.filter(
    (each) => replaces === undefined || nameOfArtifact(each).startsWith(replaces),
  );
  const [champion, other] = fitting;
  if (champion !== undefined && other === undefined) return { stream, champion };
  const listed = champions.map(nameOfArtifact).join(', ');
  throw new Error(
    fitting.length === 0
      ? `no artifact of ${stream} begins with ${replaces}: there is ${listed}`
      : `${stream} is read with several artifacts: say with --replaces which one is meant (${listed})`,
  );
}

/** Those whose alerts go out, or will once all requests were followed. */
async function championsOf(
  store: ResultStore,
  lanes: readonly StoredLane[],
  stream: string,
): Promise<ArtifactKey[]> {
  const requests = await store.promotionRequests();
  const switches = await store.modelSwitches();
  const found = new Map<string, ArtifactKey>();
  for (const { streamId, artifact, lane } of lanes) {
    if (!isOfStream(streamId, stream) || lane?.role === 'shadow' || lane?.role === 'retired') continue;
    const line = lineOf(artifact, streamId, switches);
    const wasRefused = switches.some(
      (each) => each.streamId === streamId && isSameArtifact(each.to, artifact),
    );
    if (line.length === 0 && wasRefused) continue;
    let champion = championOf(artifact, line);
    const followed = [...switches];
    for (;;) {
      const next = nextRequest(champion, streamId, requests, followed);
      if (next === undefined) break;
      champion = next.to;
      const { id: requestId, replaces: from, to } = next;
      const nothingYet = { atMs: null, plannedTimeMs: 0, effectTimeMs: null, refused: null };
      followed.push({ requestId, streamId, from, to, ...nothingYet });
    }
    found.set(nameOfArtifact(champion), champion);
  }
  return [...found.values()];
}
