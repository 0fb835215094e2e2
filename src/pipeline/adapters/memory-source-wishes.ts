// Sources that go from one stream to another, in memory: the plainest statement of what the real stores do.
import { homeNoteOf, type LaneNote } from '../lanes/promotion.js';
import type { ArtifactKey, StreamKey } from '../stream-key.js';
import {
  isSameReaders,
  readersText,
  type SourceGift,
  type SourceHomes,
  type SourceWish,
  type SourceWishStore,
} from '../partitions/source-wish.js';

/** What is remembered of a stream, as far as it can go to another one. */
export interface GivingStream {
  readonly key: StreamKey;
  readonly position: string | undefined;
  lane: LaneNote | undefined;
  readonly sources: Map<string, unknown>;
  readonly alerts: Map<string, { readonly source: string }>;
  readonly outbox: Map<string, { readonly event: { readonly alertId: string } }>;
}

/**
 * @param streams all that there are
 * @param add one that nobody has taken over yet
 * @param checkEpoch throws FencedError when the stream has a newer owner
 */
export function createMemoryWishes<Stream extends GivingStream>(
  streams: () => readonly Stream[],
  add: (key: StreamKey) => Stream,
  checkEpoch: (stream: Stream, epoch: number) => void,
): SourceWishStore {
  const wishes = new Map<string, SourceWish>();
  const idOf = ({ source, from, to, readers }: SourceWish): string =>
    JSON.stringify([to, source, from, readersText(readers)]);
  const find = ({ streamId, artifact }: StreamKey): Stream | undefined =>
    streams().find((each) => each.key.streamId === streamId && isOf(each, artifact));

  /** Undefined where the other stream was never read with the artifact, and gets no alerts of it. */
  const takerOf = (giver: Stream, to: string, sources: readonly string[]): Stream | undefined => {
    const key = { ...giver.key, streamId: to };
    const found = find(key);
    if (![...giver.alerts.values()].some(({ source }) => sources.includes(source))) return found;
    const taker = found ?? add(key);
    if (found === undefined || taker.lane?.role === 'retired') taker.lane = homeNoteOf(taker.lane);
    return taker;
  };

  const homesOf = (artifact: ArtifactKey): SourceHomes[] => {
    const homes = new Map<string, string[]>();
    for (const stream of streams())
      if (isOf(stream, artifact))
        for (const source of stream.sources.keys())
          homes.set(source, [...(homes.get(source) ?? []), stream.key.streamId].sort());
    return [...homes]
      .map(([source, streamIds]) => ({ source, streamIds }))
      .sort((a, b) => (a.source < b.source ? -1 : 1));
  };

  return {
    wishForSources: async (added) => {
      for (const wish of added) wishes.set(idOf(wish), wish);
    },
    withdrawWishes: async ({ to, sources, readers }) => {
      for (const [id, wish] of wishes)
        if (wish.to === to && sources.includes(wish.source) && isSameReaders(wish.readers, readers))
          wishes.delete(id);
    },
    sourceWishes: async () =>
      [...wishes]
        .map(([id, wish]) => ({ id, wish }))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ wish }) => wish),
    giveSources: async ({ parts, to, sources, readers }: SourceGift) => {
      const givers = parts.map(({ key, epoch }) => ({ giver: find(key)!, epoch }));
      for (const { giver, epoch } of givers) checkEpoch(giver, epoch);
      const from = parts[0]?.key.streamId ?? '';
      const wished = sources.filter((source) =>
        wishes.has(idOf({ source, from, to, readers, appendTimeMs: 0 })),
      );
      for (const { giver } of givers) {
        const taker = takerOf(giver, to, wished);
        for (const source of wished) {
          move(giver.sources, taker?.sources, (_memory, name) => name === source);
          const own = new Set(
            [...giver.alerts].flatMap(([id, alert]) => (alert.source === source ? [id] : [])),
          );
          move(giver.alerts, taker?.alerts, (_alert, id) => own.has(id));
          move(giver.outbox, taker?.outbox, ({ event }) => own.has(event.alertId));
        }
      }
      for (const source of wished) wishes.delete(idOf({ source, from, to, readers, appendTimeMs: 0 }));
    },
    sourceHomes: async (artifact, sources) =>
      homesOf(artifact).filter(({ source }) => sources.includes(source)),
    sharedSources: async (artifact) => homesOf(artifact).filter(({ streamIds }) => streamIds.length > 1),
    streamPositions: async (artifact) =>
      streams().flatMap((stream) =>
        [undefined, 'null'].includes(stream.position) || !isOf(stream, artifact)
          ? []
          : [{ streamId: stream.key.streamId, position: JSON.parse(stream.position!) as unknown }],
      ),
  };
}

function isOf({ key }: GivingStream, { name, version }: ArtifactKey): boolean {
  return key.artifact.name === name && key.artifact.version === version;
}

/** @param to undefined: what goes is forgotten */
function move<T>(
  from: Map<string, T>,
  to: Map<string, T> | undefined,
  goes: (value: T, id: string) => boolean,
): void {
  for (const [id, value] of from) {
    if (!goes(value, id)) continue;
    from.delete(id);
    to?.set(id, value);
  }
}
