// The windows around an alert, each of the artifact that spoke for it: an alert goes on when another one takes over.
import { lineOf, isSameArtifact, nameOfArtifact } from '../../lanes/promotion.js';
import type { ResultStore, StoredWindow } from '../../ports.js';
import type { ArtifactKey } from '../../stream-key.js';
import type { AlertRecord, TimeRange } from '../reader.js';

export interface Turn extends TimeRange {
  readonly artifact: ArtifactKey;
}

export interface SpokenWindow {
  readonly row: StoredWindow;
  readonly artifact: ArtifactKey;
}

/** An artifact that goes on with an alert, from the window that starts then. */
export interface Heir {
  readonly artifact: ArtifactKey;
  readonly fromMs: number;
}

/** Who spoke when on the alert's stream within a range, first to last; none that had no time. */
export async function turnsOf(
  store: Pick<ResultStore, 'modelSwitches'>,
  { artifact, streamId }: Pick<AlertRecord, 'artifact' | 'streamId'>,
  { fromMs, toMs }: TimeRange,
): Promise<readonly Turn[]> {
  const line = lineOf(artifact, streamId, await store.modelSwitches());
  const begins = [
    { artifact: line[0]?.from ?? artifact, atMs: -Infinity },
    ...line.map(({ to, atMs }) => ({ artifact: to, atMs: atMs! })),
  ];
  return begins
    .map(({ artifact: { name, version }, atMs }, index) => ({
      artifact: { name, version },
      fromMs: Math.max(atMs, fromMs),
      toMs: Math.min(begins[index + 1]?.atMs ?? Infinity, toMs),
    }))
    .filter((turn) => turn.fromMs < turn.toMs);
}

/** Ascending. Where who spoke has no rows, those of the artifact that opened it: the source came up when the other was gone. */
export async function spokenWindows(
  store: Pick<ResultStore, 'modelSwitches' | 'windows'>,
  record: Pick<AlertRecord, 'artifact' | 'streamId' | 'alert'>,
  range: TimeRange,
): Promise<readonly SpokenWindow[]> {
  const { source } = record.alert;
  const found: SpokenWindow[] = [];
  for (const { artifact, fromMs, toMs } of await turnsOf(store, record, range)) {
    const rows = await store.windows({ artifact, source, fromMs, toMs });
    const isOther = rows.length === 0 && !isSameArtifact(artifact, record.artifact);
    const spoken = isOther ? record.artifact : artifact;
    const own = isOther ? await store.windows({ artifact: spoken, source, fromMs, toMs }) : rows;
    found.push(...own.map((row) => ({ row, artifact: spoken })));
  }
  return found;
}

/** Whose windows they are, each from its first on, first to last. @param windows ascending */
export function speakersIn(windows: readonly SpokenWindow[]): readonly Heir[] {
  return windows.flatMap(({ row, artifact: { name, version } }, index) => {
    const before = windows[index - 1]?.artifact;
    const isSame = before !== undefined && isSameArtifact(before, { name, version });
    return isSame ? [] : [{ artifact: { name, version }, fromMs: row.startMs }];
  });
}

/**
 * Artifacts that went on with the alert after the one that opened it, each with its first window; of one that came back, each
 * time. However long it is on: who spoke when is known without reading all of its windows.
 */
export async function heirsOf(
  store: Pick<ResultStore, 'modelSwitches' | 'windows'>,
  record: Pick<AlertRecord, 'artifact' | 'streamId' | 'alert'>,
  toMs: number,
): Promise<readonly Heir[]> {
  const { artifact: opener, alert } = record;
  const heirs: Heir[] = [];
  let last = nameOfArtifact(opener);
  for (const { artifact, ...range } of await turnsOf(store, record, { fromMs: alert.sinceMs, toMs })) {
    for (const each of isSameArtifact(artifact, opener) ? [opener] : [artifact, opener]) {
      const [first] = await store.windows({ artifact: each, source: alert.source, ...range, limit: 1 });
      if (first === undefined) continue;
      const { name, version } = each;
      if (nameOfArtifact(each) !== last) heirs.push({ artifact: { name, version }, fromMs: first.startMs });
      last = nameOfArtifact(each);
      break;
    }
  }
  return heirs;
}
