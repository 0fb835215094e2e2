// A topic that gets more partitions sends sources to another one than before. The loop of the new partition wishes for them in
// the store, the loops of the others give what they have once they have read what came before. The store keeps both sides
// whole: a source is remembered by one stream at any time, whoever dies.
import type { ArtifactKey, StreamKey } from '../stream-key.js';

/** Plain JSON. */
export interface SourceWish {
  readonly source: string;
  /** Stream that may have read the source before. */
  readonly from: string;
  /** Stream that waits. */
  readonly to: string;
  /** When the broker took the first of its records that waits, ms since epoch. */
  readonly appendTimeMs: number;
  /** The artifacts whose alerts go out there, by name and version, the one that is to go on last: see `canGive`. */
  readonly readers: readonly ArtifactKey[];
}

export interface SourceGift {
  /** The giving stream as each of its artifacts reads it, with the epoch of its owner. */
  readonly parts: readonly { readonly key: StreamKey; readonly epoch: number }[];
  readonly to: string;
  readonly sources: readonly string[];
  readonly readers: readonly ArtifactKey[];
}

/** What a results store does about it. */
export interface SourceWishStore {
  /** One that is there already stays, with the time it is given now. */
  wishForSources(wishes: readonly SourceWish[]): Promise<void>;
  /** Takes back a stream's wishes for these sources, whomever they are to. */
  withdrawWishes(wishes: Omit<SourceGift, 'parts'>): Promise<void>;
  /** By stream and source. */
  sourceWishes(): Promise<readonly SourceWish[]>;
  /**
   * Hands over what is remembered of the sources, with their alerts and what is to be told of them, and takes back the
   * wishes: all or nothing. What is not wished for any more stays. A stream that one of the artifacts never read keeps nothing of that one's, unless alerts come
   * with it: then the artifact is there as one that reads no more, to be opened for these.
   *
   * @throws FencedError, with nothing changed, when one of the parts has a newer owner
   */
  giveSources(gift: SourceGift): Promise<void>;
  /** Which streams of an artifact remember these sources: by source and stream, without those that none does. */
  sourceHomes(artifact: ArtifactKey, sources: readonly string[]): Promise<readonly SourceHomes[]>;
  /** The same of all sources that more than one stream remembers. */
  sharedSources(artifact: ArtifactKey): Promise<readonly SourceHomes[]>;
  /** Of all streams that an artifact has committed to. */
  streamPositions(artifact: ArtifactKey): Promise<readonly StreamPosition[]>;
}

export interface SourceHomes {
  readonly source: string;
  readonly streamIds: readonly string[];
}

export interface StreamPosition {
  readonly streamId: string;
  /** Plain JSON, as the last commit has it. */
  readonly position: unknown;
}

/** Whether two loops read with the same artifacts. */
export function isSameReaders(a: readonly ArtifactKey[], b: readonly ArtifactKey[]): boolean {
  return readersText(a) === readersText(b);
}

/** The same text for the same artifacts, in whatever order. */
export function readersText(readers: readonly ArtifactKey[]): string {
  return JSON.stringify(readers.map(({ name, version }) => [name, version].join(' ')).sort());
}
