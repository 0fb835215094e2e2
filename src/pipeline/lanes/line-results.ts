// What a stream came to whoever read it: the results of an artifact and of all that took its place, or whose place it took,
// each for the windows that it spoke for.
import type { ResultStore, StoredAlert, StoredWindow } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { isSameArtifact, lineOf, type ModelSwitch, nameOfArtifact, ownerAt } from './promotion.js';

export interface LineResults {
  /** Alerting windows alone. */
  readonly windows: readonly StoredWindow[];
  readonly alerts: readonly StoredAlert[];
}

export async function lineResults(
  store: Pick<ResultStore, 'windows' | 'alerts' | 'modelSwitches'>,
  artifact: ArtifactKey,
  streamId: string,
): Promise<LineResults> {
  const line = lineOf(artifact, streamId, await store.modelSwitches());
  const windows: StoredWindow[] = [];
  const alerts: StoredAlert[] = [];
  for (const { name, version } of membersOf(artifact, line)) {
    const query = { artifact: { name, version }, streamId };
    const rows = await store.windows({ ...query, onlyAlerting: true });
    windows.push(
      ...rows.filter(({ startMs }) => isSameArtifact(ownerAt(artifact, line, startMs), { name, version })),
    );
    alerts.push(...(await store.alerts(query)));
  }
  return { windows, alerts };
}

/** Each once. */
export function membersOf(artifact: ArtifactKey, line: readonly ModelSwitch[]): ArtifactKey[] {
  const keys = [artifact, ...line.flatMap(({ from, to }) => [from, to])];
  return [...new Map(keys.map((key) => [nameOfArtifact(key), key])).values()];
}
