// The windows of a store across promotions: each once, of the artifact that spoke for it. An artifact that is about to take
// over, and one whose windows may still change, score some windows beside the one that speaks.
import type { ResultStore, StoredArtifact, StoredWindow, WindowQuery } from '../ports.js';
import { windowsInPages } from '../store/windows-in-pages.js';
import type { StreamKey } from '../stream-key.js';
import { isSameArtifact, lineOf, type ModelSwitch, nameOfArtifact, successionAt } from './promotion.js';

export interface NamedWindow {
  readonly row: StoredWindow;
  readonly artifact: StoredArtifact;
}

export type RangeQuery = Omit<WindowQuery, 'artifact' | 'streamId' | 'order' | 'after' | 'limit'>;

/** An artifact on a stream, and the switches that lead to it and away from it. */
interface Reader {
  readonly key: StreamKey;
  readonly line: readonly ModelSwitch[];
  /** The same for all that follow each other on a stream. */
  readonly lineId: string;
}

/**
 * By start and source.
 *
 * @param which `spoken` gives each window once and no shadow's; `all` whatever any artifact scored
 */
export async function* namedWindows(
  store: Pick<ResultStore, 'windows' | 'lanes' | 'artifacts' | 'modelSwitches'>,
  { onlyAlerting = false, ...query }: RangeQuery,
  which: 'spoken' | 'all',
): AsyncGenerator<NamedWindow> {
  const artifacts = await store.artifacts();
  const readers = await readersOf(store, which);
  const isAlone = which === 'all' || readers.every(({ line }) => line.length === 0);
  const heads = await Promise.all(
    readers.map(async (reader) => {
      const rows = windowsInPages(store, { ...query, ...reader.key, onlyAlerting: onlyAlerting && isAlone });
      return { reader, rows, row: await next(rows) };
    }),
  );
  for (;;) {
    const known = heads.flatMap(({ row }) => row ?? []);
    if (known.length === 0) return;
    const first = known.reduce((least, row) => (compare(row, least) < 0 ? row : least));
    const same = heads.filter(({ row }) => row !== undefined && compare(row, first) === 0);
    for (const { reader, row } of which === 'all' ? same : speakersAmong(same, first.startMs)) {
      const artifact = artifacts.find((each) => isSameArtifact(each, reader.key.artifact))!;
      if (!onlyAlerting || row!.alert) yield { row: row!, artifact };
    }
    for (const head of same) head.row = await next(head.rows);
  }
}

async function readersOf(
  store: Pick<ResultStore, 'lanes' | 'modelSwitches'>,
  which: 'spoken' | 'all',
): Promise<readonly Reader[]> {
  const switches = await store.modelSwitches();
  return (await store.lanes()).flatMap(({ streamId, artifact, lane }) => {
    const line = lineOf(artifact, streamId, switches);
    // one that had its turn may be a shadow again
    if (which === 'spoken' && lane?.role === 'shadow' && line.length === 0) return [];
    const lineId = `${streamId} ${line[0]?.requestId ?? nameOfArtifact(artifact)}`;
    return [{ key: { streamId, artifact }, line, lineId }];
  });
}

/** Of each line the first in the succession that has a row: the owner itself may have left before the source came up. */
function speakersAmong<T extends { readonly reader: Reader }>(heads: readonly T[], startMs: number): T[] {
  const byLine = new Map<string, { readonly head: T; readonly place: number }>();
  for (const head of heads) {
    const { key, line, lineId } = head.reader;
    const succession = successionAt(key.artifact, line, startMs);
    const place = succession.findIndex((each) => isSameArtifact(each, key.artifact));
    if (place >= 0 && place < (byLine.get(lineId)?.place ?? Infinity)) byLine.set(lineId, { head, place });
  }
  return [...byLine.values()].map(({ head }) => head);
}

async function next(rows: AsyncGenerator<StoredWindow>): Promise<StoredWindow | undefined> {
  const { value, done } = await rows.next();
  return done === true ? undefined : value;
}

/** As stores order them: by the bytes of a source's name. */
function compare(a: StoredWindow, b: StoredWindow): number {
  if (a.startMs !== b.startMs) return a.startMs - b.startMs;
  return a.source === b.source ? 0 : Buffer.compare(Buffer.from(a.source), Buffer.from(b.source));
}
