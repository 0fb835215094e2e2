// A shadow in a big store: another artifact that scored the same windows of the last week, mostly alike.
import { createRandom } from '../../core/random.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import { createCounter } from '../consume/counts.js';
import type { StampedWindow } from '../ports.js';
import type { BigStore } from './big-store.js';
import { THRESHOLD } from './big-store-shape.js';

const HOUR_MS = 3_600_000;
/** As far as a shadow is compared. */
const SHADOW_MS = 7 * 24 * HOUR_MS;
/** Of the two scores' difference. */
const NOISE = 0.1;

/** @param path of a filled store */
export async function addShadow(path: string, { artifact, fromMs, toMs, streamId }: BigStore): Promise<void> {
  const random = createRandom('big shadow');
  const store = createSqliteStore(path);
  try {
    const shadow = { name: artifact.name, version: `${artifact.version}-shadow` };
    const owner = await store.takeOver({ streamId, artifact: shadow }, []);
    const rescore = (score: number): number =>
      Math.min(1, Math.max(0, score + NOISE * (random.next() - 1 / 2)));
    const beginMs = Math.max(fromMs, toMs - SHADOW_MS);
    for (let hourMs = beginMs; hourMs < toMs; hourMs += HOUR_MS) {
      const rows = await store.windows({ artifact, fromMs: hourMs, toMs: hourMs + HOUR_MS, stamps: true });
      await owner.commit({
        position: { hourMs },
        counts: createCounter().counts(0),
        sources: [],
        windows: rows.map((row): StampedWindow => {
          const score = rescore(row.score);
          return { ...(row as StampedWindow), features: [], score, alert: score >= THRESHOLD };
        }),
        alerts: [],
        deadLetters: [],
        commitTimeMs: hourMs + HOUR_MS,
        lane: { role: 'shadow', fromMs: beginMs },
      });
    }
  } finally {
    await store.close();
  }
}
