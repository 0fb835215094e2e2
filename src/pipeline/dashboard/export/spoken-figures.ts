// The windows of a model line by the million: each once, of the artifact that spoke for it, as `namedWindows` has them. An artifact
// that is about to take over, one whose windows may still change and a former one that looks on score windows beside it.
import { CANARY_STREAM } from '../../canary/canary-stream.js';
import { lineOf, type ModelSwitch, nameOfArtifact, successionAt } from '../../lanes/promotion.js';
import type { ResultStore } from '../../ports.js';
import type { ArtifactKey } from '../../stream-key.js';
import type { ModelLine } from '../answers/model-line.js';
import type { DashboardReader, TimeRange, WindowFigures } from '../reader.js';

export interface SpokenFigures {
  readonly artifact: ArtifactKey;
  readonly windows: readonly WindowFigures[];
}

export interface FigureSources {
  readonly store: Pick<ResultStore, 'lanes' | 'modelSwitches'>;
  readonly reader: Pick<DashboardReader, 'windowFigures'>;
}

/** Windows of all sources that are compared at a time where several artifacts may have them. */
const PART_MS = 6 * 3_600_000;

/** In parts, ascending for each source; where one artifact speaks alone, source by source. @param source default all of them */
export async function* spokenFigures(
  { store, reader }: FigureSources,
  line: ModelLine,
  range: TimeRange,
  source: string | undefined,
): AsyncGenerator<SpokenFigures> {
  const { champion } = line;
  if (line.spans.length === 1) {
    for await (const windows of reader.windowFigures(champion, range, source))
      yield { artifact: champion, windows };
    return;
  }
  const switches = await store.modelSwitches();
  const streams = [...new Set((await store.lanes()).map(({ streamId }) => streamId))].filter(
    (streamId) => streamId !== CANARY_STREAM,
  );
  const lines = new Map(streams.map((streamId) => [streamId, lineOf(champion, streamId, switches)]));
  // of a stream that nobody switched: the champion, then those before it, the newest first
  const others = line.spans.map(({ artifact }) => artifact).toReversed();
  const inTurn = (streamId: string, startMs: number): readonly ArtifactKey[] => {
    const own = lines.get(streamId) ?? [];
    return own.length === 0 ? [champion, ...others] : successionAt(champion, own, startMs);
  };
  for (const part of partsOf(range, [...lines.values()].flat())) {
    const artifacts = distinct(streams.flatMap((streamId) => inTurn(streamId, part.fromMs)));
    if (artifacts.length === 1) {
      for await (const windows of reader.windowFigures(artifacts[0]!, part, source))
        yield { artifact: artifacts[0]!, windows };
      continue;
    }
    for (let fromMs = part.fromMs; fromMs < part.toMs; fromMs += PART_MS) {
      const piece = { fromMs, toMs: Math.min(part.toMs, fromMs + PART_MS) };
      yield* firstOfEach(reader, artifacts, piece, source, (streamId) => inTurn(streamId, fromMs));
    }
  }
}

/** Stretches in which nobody takes over on any stream. */
function partsOf({ fromMs, toMs }: TimeRange, switches: readonly ModelSwitch[]): readonly TimeRange[] {
  const inside = switches.map(({ atMs }) => atMs!).filter((atMs) => atMs > fromMs && atMs < toMs);
  const bounds = [fromMs, ...new Set(inside.toSorted((a, b) => a - b)), toMs];
  return bounds.slice(1).map((boundMs, at) => ({ fromMs: bounds[at]!, toMs: boundMs }));
}

/** Of each window the row of the artifact that comes first in the succession on its stream. */
async function* firstOfEach(
  reader: FigureSources['reader'],
  artifacts: readonly ArtifactKey[],
  range: TimeRange,
  source: string | undefined,
  inTurn: (streamId: string) => readonly ArtifactKey[],
): AsyncGenerator<SpokenFigures> {
  const best = new Map<
    string,
    { readonly row: WindowFigures; readonly by: number; readonly place: number }
  >();
  for (const [by, artifact] of artifacts.entries()) {
    const places = new Map<string, number>();
    for await (const rows of reader.windowFigures(artifact, range, source))
      for (const row of rows) {
        let place = places.get(row.streamId);
        if (place === undefined) {
          const names = inTurn(row.streamId).map(nameOfArtifact);
          place = names.indexOf(nameOfArtifact(artifact));
          places.set(row.streamId, place);
        }
        const id = `${row.startMs} ${row.source}`;
        if (place >= 0 && place < (best.get(id)?.place ?? Infinity)) best.set(id, { row, by, place });
      }
  }
  for (const [by, artifact] of artifacts.entries()) {
    const windows = [...best.values()].filter((each) => each.by === by).map(({ row }) => row);
    if (windows.length > 0) yield { artifact, windows };
  }
}

function distinct(artifacts: readonly ArtifactKey[]): readonly ArtifactKey[] {
  return [...new Map(artifacts.map((artifact) => [nameOfArtifact(artifact), artifact])).values()];
}
