// A shadow against the champion, over the windows that both have rows of: how often they agree, and whether their scores go
// together. The rows in the store say it all, so it can be asked at any time and for any range.
import type { ResultStore, StoredLane, StoredWindow } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { isSameArtifact, lineOf, ownerAt } from './promotion.js';

export interface ShadowReport {
  readonly streamId: string;
  readonly champion: ArtifactKey;
  readonly shadow: ArtifactKey;
  /** Start of the first and end of the last window that was compared, ms; null where there is none. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly windows: number;
  /** Windows that alert. */
  readonly championAlertingWindows: number;
  readonly shadowAlertingWindows: number;
  readonly bothAlertingWindows: number;
  /** Share of the windows with the same verdict; null without windows. */
  readonly agreement: number | null;
  /** Pearson's, of the scores; null where one of them never changed. */
  readonly scoreCorrelation: number | null;
}

export interface ShadowRange {
  /** Windows that start then or later, ms. */
  readonly fromMs?: number | undefined;
  /** Windows that start before then, ms. */
  readonly toMs?: number | undefined;
}

const PAGE_WINDOWS = 2000;

/** One for each shadow of each stream, by stream and artifact. */
export async function reportShadows(store: ResultStore, range: ShadowRange = {}): Promise<ShadowReport[]> {
  const lanes = await store.lanes();
  const reports: ShadowReport[] = [];
  for (const shadow of lanes.filter(({ lane }) => lane?.role === 'shadow')) {
    const champions = lanes.filter(
      ({ streamId, lane }) =>
        streamId === shadow.streamId && lane?.role !== 'shadow' && lane?.role !== 'retired',
    );
    const [champion] = champions;
    if (champion !== undefined) reports.push(await compare(store, shadow, champion.artifact, range));
  }
  return reports;
}

async function compare(
  store: ResultStore,
  { streamId, artifact: shadow }: StoredLane,
  reading: ArtifactKey,
  { fromMs, toMs }: ShadowRange,
): Promise<ShadowReport> {
  const line = lineOf(reading, streamId, await store.modelSwitches());
  const members = [line[0]?.from ?? reading, ...line.map(({ to }) => to)];
  const artifacts = members.filter(
    (key, at) => members.findIndex((each) => isSameArtifact(each, key)) === at,
  );
  const sums = { n: 0, both: 0, champion: 0, shadow: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
  let [firstMs, lastMs]: (number | null)[] = [null, null];
  for (let after: StoredWindow | undefined; ;) {
    const rows = await store.windows({
      artifact: shadow,
      streamId,
      order: 'time',
      limit: PAGE_WINDOWS,
      ...(fromMs === undefined ? {} : { fromMs }),
      ...(toMs === undefined ? {} : { toMs }),
      ...(after === undefined ? {} : { after }),
    });
    after = rows.at(-1);
    if (after === undefined) break;
    const beside = new Map<string, StoredWindow>();
    for (const artifact of artifacts)
      for (const row of await store.windows({
        artifact,
        streamId,
        fromMs: rows[0]!.startMs,
        toMs: after.startMs + 1,
      }))
        if (isSameArtifact(ownerAt(reading, line, row.startMs), artifact) || !beside.has(keyOf(row)))
          beside.set(keyOf(row), row);
    for (const row of rows) {
      const other = beside.get(keyOf(row));
      if (other === undefined) continue;
      firstMs ??= row.startMs;
      lastMs = Math.max(lastMs ?? row.endMs, row.endMs);
      const [x, y] = [other.score, row.score];
      sums.n++;
      sums.champion += Number(other.alert);
      sums.shadow += Number(row.alert);
      sums.both += Number(other.alert && row.alert);
      sums.x += x;
      sums.y += y;
      sums.xx += x * x;
      sums.yy += y * y;
      sums.xy += x * y;
    }
  }
  const { n, both } = sums;
  return {
    streamId,
    champion: line.at(-1)?.to ?? reading,
    shadow,
    fromMs: firstMs ?? null,
    toMs: lastMs ?? null,
    windows: n,
    championAlertingWindows: sums.champion,
    shadowAlertingWindows: sums.shadow,
    bothAlertingWindows: both,
    agreement: n === 0 ? null : (n - sums.champion - sums.shadow + 2 * both) / n,
    scoreCorrelation: correlationOf(sums),
  };
}

function keyOf({ source, startMs }: StoredWindow): string {
  return `${startMs} ${source}`;
}

function correlationOf({ n, x, y, xx, yy, xy }: Readonly<Record<string, number>>): number | null {
  const spread = Math.sqrt((n! * xx! - x! * x!) * (n! * yy! - y! * y!));
  return spread > 0 ? (n! * xy! - x! * y!) / spread : null;
}
