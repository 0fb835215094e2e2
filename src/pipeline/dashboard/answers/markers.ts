// What happened beside the logs and may explain them: deploys, and other models taking over.
import { nameOfArtifact } from '../../lanes/promotion.js';
import type { Marker } from '../api.js';
import type { DashboardReader, TimeRange } from '../reader.js';
import type { ModelLine } from './model-line.js';

/** In order of time. */
export async function readMarkers(
  reader: DashboardReader,
  line: ModelLine | undefined,
  range: TimeRange,
): Promise<Marker[]> {
  const deploys = (await reader.markers(range)).map((each): Marker => ({ ...each, kind: 'deploy' }));
  const models = (line?.switches ?? [])
    .filter(({ atMs }) => atMs >= range.fromMs && atMs < range.toMs)
    .map(({ atMs, to }): Marker => ({ atMs, kind: 'model', text: nameOfArtifact(to) }));
  return [...deploys, ...models].sort((a, b) => a.atMs - b.atMs);
}
