// A store as it is after weeks of many services: windows, templates and alerts written through the port that consumers write
// through, so that whatever reads it meets what it would meet in production.
import { createRandom, type Random } from '../../core/random.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import type { TemplateTally } from '../consume/template-tally.js';
import { createCounter } from '../consume/counts.js';
import type { StreamOwner } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { alertsOf, type BigAlert, planAlerts } from './big-store-alerts.js';
import { serviceName } from './big-store-shape.js';
import { windowsOfHour } from './big-store-windows.js';

export interface BigStoreOptions {
  readonly services: number;
  readonly days: number;
  /** Where the windows end, ms since epoch; rounded to the hour. */
  readonly untilMs: number;
  /** Default 2,000, shared out among the services. */
  readonly templates?: number;
  /** Default 300. */
  readonly alerts?: number;
  /** Default an artifact of the benchmark's own. */
  readonly artifact?: ArtifactKey;
  readonly onProgress?: (hours: number, ofHours: number) => void;
}

export interface BigStore {
  readonly artifact: ArtifactKey;
  readonly streamId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly windows: number;
  readonly alertIds: readonly string[];
}

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;
const FEATURES = 66;
const OWN_ARTIFACT = { name: 'big', version: 'bench' };
const STREAM_ID = 'file:/big.log';

/** @param path of a SQLite file that is not there yet */
export async function fillBigStore(path: string, options: BigStoreOptions): Promise<BigStore> {
  const { services, days, templates = 2000, alerts = 300, artifact = OWN_ARTIFACT } = options;
  const toMs = Math.floor(options.untilMs / HOUR_MS) * HOUR_MS;
  const hours = days * HOURS_A_DAY;
  const fromMs = toMs - hours * HOUR_MS;
  const random = createRandom('big store');
  const planned = planAlerts({ count: alerts, services, fromMs, hours }, random);
  const store = createSqliteStore(path);
  let windows = 0;
  try {
    const owner = await store.takeOver(
      { streamId: STREAM_ID, artifact },
      Array.from({ length: FEATURES }, (_, index) => `feature_${index}`),
    );
    for (let hour = 0; hour < hours; hour++) {
      windows += await writeHour(owner, fromMs + hour * HOUR_MS, { services, templates, planned, random });
      options.onProgress?.(hour + 1, hours);
    }
  } finally {
    await store.close();
  }
  return {
    artifact,
    streamId: STREAM_ID,
    fromMs,
    toMs,
    windows,
    alertIds: planned.map(({ alertId }) => alertId),
  };
}

async function writeHour(
  owner: StreamOwner,
  hourMs: number,
  {
    services,
    templates,
    planned,
    random,
  }: {
    readonly services: number;
    readonly templates: number;
    readonly planned: readonly BigAlert[];
    readonly random: Random;
  },
): Promise<number> {
  const alerts = planned.filter(({ sinceMs }) => sinceMs >= hourMs && sinceMs < hourMs + HOUR_MS);
  const rows = Array.from({ length: services }, (_, index) =>
    windowsOfHour(serviceName(index), hourMs, FEATURES, alerts, random),
  ).flat();
  await owner.commit({
    position: { hourMs },
    counts: createCounter().counts(0),
    sources: [],
    windows: rows,
    alerts: alerts.flatMap((alert) => alertsOf(alert)),
    deadLetters: [],
    templates: Array.from({ length: templates }, (_, index) => tallyOf(index, services, hourMs, random)),
    commitTimeMs: hourMs + HOUR_MS,
  });
  return rows.length;
}

function tallyOf(index: number, services: number, hourMs: number, random: Random): TemplateTally {
  const source = serviceName(index % services);
  return {
    source,
    templateId: index.toString(16).padStart(16, '0'),
    isNew: false,
    text: `request <*> of kind ${index} served in <*> ms by <*>`,
    example: `request 8f1c of kind ${index} served in 12 ms by ${source}-7`,
    firstMs: hourMs,
    lastMs: hourMs + HOUR_MS - 1,
    hours: new Map([[hourMs / HOUR_MS, 1 + random.below(500)]]),
  };
}
