// One artifact takes the place of another on a stream: the request of a person, the switch that came of it on each stream,
// and which artifact speaks for which window. All of it is history in the store, nothing is decided twice.
import type { ArtifactKey } from '../stream-key.js';

/** Plain JSON. */
export interface PromotionRequest {
  readonly id: number;
  readonly kind: 'promote' | 'rollback';
  /** A stream, or a topic with all its partitions: `file:/var/log/app.log`, `kafka:logs`. */
  readonly stream: string;
  readonly to: ArtifactKey;
  /** Only consumers whose alerts come from this one follow. */
  readonly replaces: ArtifactKey;
  /** Who asked for it. */
  readonly by: string;
  readonly requestTimeMs: number;
}

/** What came of a request on one stream. Plain JSON. */
export interface ModelSwitch {
  readonly requestId: number;
  readonly streamId: string;
  readonly from: ArtifactKey;
  readonly to: ArtifactKey;
  /** Windows that start here or later are the new one's; null of one that was refused. */
  readonly atMs: number | null;
  readonly plannedTimeMs: number;
  /** When the first of the new one's windows was stored; null before. */
  readonly effectTimeMs: number | null;
  /** Why it never took effect; null where it did or will. */
  readonly refused: string | null;
}

/** What an artifact is to a stream that it reads. Plain JSON. */
export interface LaneNote {
  /** A retired one has had its time, and reads no more. */
  readonly role: 'champion' | 'shadow' | 'retired';
  /** Its windows that start earlier lack what it did not read: there are no rows of them. Null: it lacks nothing. */
  readonly fromMs: number | null;
  /** Of a former champion: none of its windows can change, whichever stream of the topic their sources come to. */
  readonly isDone?: true;
  /** Of a retired one: alerts that it opened may be on, or not sent yet. */
  readonly hasAlerts?: true;
}

/** Of one that reads the stream no more, or never did, and has alerts there. @param note undefined: it never read it */
export function homeNoteOf(note: LaneNote | undefined): LaneNote {
  return { fromMs: null, ...note, role: 'retired', hasAlerts: true };
}

export function isSameArtifact(a: ArtifactKey, b: ArtifactKey): boolean {
  return a.name === b.name && a.version === b.version;
}

export function nameOfArtifact({ name, version }: ArtifactKey): string {
  return `${name}@${version}`;
}

export function showTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** A topic is all its partitions. */
export function isOfStream(streamId: string, stream: string): boolean {
  return streamId === stream || (stream.startsWith('kafka:') && streamId.startsWith(`${stream}/`));
}

/** Of a partition, `kafka:logs` of `kafka:logs/3`; undefined of any other stream. */
export function topicOfStream(streamId: string): string | undefined {
  return /^(kafka:.+)\/\d+$/.exec(streamId)?.[1];
}

/**
 * The switches of one stream that lead to or from an artifact, in order: two consumers with models that have nothing to do
 * with each other may read one stream into one store.
 */
export function lineOf(
  artifact: ArtifactKey,
  streamId: string,
  switches: readonly ModelSwitch[],
): ModelSwitch[] {
  const members = [artifact];
  const isMember = (key: ArtifactKey): boolean => members.some((each) => isSameArtifact(each, key));
  const own = switches.filter((each) => each.streamId === streamId && each.refused === null);
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false;
    for (const { from, to } of own) {
      if (isMember(from) === isMember(to)) continue;
      members.push(isMember(from) ? to : from);
      isGrowing = true;
    }
  }
  return own.filter(({ from }) => isMember(from)).sort((a, b) => a.requestId - b.requestId);
}

/** @param line as `lineOf` gives it @returns the one that every window is, or will be, of */
export function championOf(artifact: ArtifactKey, line: readonly ModelSwitch[]): ArtifactKey {
  return line.at(-1)?.to ?? artifact;
}

/** An artifact, and the first window that is its own. */
export interface Speaker extends ArtifactKey {
  /** Null of the first. */
  readonly fromMs: number | null;
}

/** Those whose windows there are, first to last; one that came back is there each time. */
export function speakersOf(artifact: ArtifactKey, line: readonly ModelSwitch[]): readonly Speaker[] {
  const { name, version } = line[0]?.from ?? artifact;
  const later = line.filter(({ effectTimeMs }) => effectTimeMs !== null);
  return [
    { name, version, fromMs: null },
    ...later.map(({ to, atMs }) => ({ name: to.name, version: to.version, fromMs: atMs })),
  ];
}

/** Whose the window is that starts then. */
export function ownerAt(artifact: ArtifactKey, line: readonly ModelSwitch[], startMs: number): ArtifactKey {
  return successionAt(artifact, line, startMs)[0]!;
}

/** Whose the window is, and who follows it in turn: a source may come up for the first time when the owner reads no more. */
export function successionAt(
  artifact: ArtifactKey,
  line: readonly ModelSwitch[],
  startMs: number,
): ArtifactKey[] {
  const turn = line.findLastIndex(({ atMs }) => atMs! <= startMs);
  const owner = turn < 0 ? (line[0]?.from ?? artifact) : line[turn]!.to;
  return [owner, ...line.slice(turn + 1).map(({ to }) => to)];
}

/** The first request that this champion of a stream has yet to follow. */
export function nextRequest(
  champion: ArtifactKey,
  streamId: string,
  requests: readonly PromotionRequest[],
  switches: readonly ModelSwitch[],
): PromotionRequest | undefined {
  const done = new Set(
    switches.filter((each) => each.streamId === streamId).map(({ requestId }) => requestId),
  );
  return requests.find(
    ({ id, stream, replaces }) =>
      !done.has(id) && isOfStream(streamId, stream) && isSameArtifact(replaces, champion),
  );
}
