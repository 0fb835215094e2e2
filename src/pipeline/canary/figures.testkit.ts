// All that a store says about services, by the command line and by the dashboard's server: what a canary must not show in.
import { CANARY_SOURCE, DETECTION_SOURCE } from '../../core/canary/canary-source.js';
import { runCli } from '../adapters/kafka-source.testkit.js';
import { createWallClock } from '../clock.js';
import type { IncidentPage } from '../dashboard/api-alerts.js';
import type { Quality, TemplatePage } from '../dashboard/api-reports.js';
import type { Status, Swimlane } from '../dashboard/api.js';
import { serveStore } from '../dashboard/dashboard-server.testkit.js';
import type { TimeRange } from '../dashboard/reader.js';
import { openDesk } from '../store/open-desk.js';

export interface Figures extends Quality {
  readonly windows: readonly OfSource[];
  readonly feedback: readonly OfSource[];
  readonly [of: string]: unknown;
}

interface OfSource {
  readonly source: string;
}

/** @param path of a SQLite store; the alerts of services are judged in it */
export async function figuresOf(path: string, model: string, { fromMs, toMs }: TimeRange): Promise<Figures> {
  const server = await serveStore(path);
  try {
    const range = `from=${fromMs}&to=${toMs}`;
    const ask = async <T>(words: string): Promise<T> =>
      (await (await fetch(`${server.url}api/${words}`)).json()) as T;
    const { sources, counts, artifacts } = await ask<Status>('status');
    const page = await ask<IncidentPage>(`incidents?${range}&limit=100`);
    const incidents = page.incidents.filter(({ rootSource }) => rootSource !== DETECTION_SOURCE);
    await judgeFalse(
      path,
      incidents.flatMap(({ alerts }) => alerts.map(({ alertId }) => alertId)),
    );
    const { lanes } = await ask<Swimlane>(`swimlane?${range}&bucket=60000`);
    const store = ['--store', `sqlite:${path}`];
    const { judged, unjudged, mutes, replay } = JSON.parse(
      runCli('tune', ...store, '--model', model),
    ) as TuneFigures;
    const { before, after, removed, lost, added } = replay;
    return {
      ...(await ask<Quality>(`quality?${range}`)),
      status: { sources, counts, artifacts },
      incidents,
      lanes: lanes.filter(isService),
      templates: await ask<TemplatePage>(`templates?${range}`),
      windows: linesOf(runCli('windows', ...store, '--to', new Date(toMs).toISOString())).filter(isService),
      feedback: linesOf(runCli('feedback', ...store)),
      tune: { judged, unjudged, mutes, replay: { before, after, removed, lost, added } },
    };
  } finally {
    await server.stop();
  }
}

/** What does not depend on the moment that the newest window ends at. */
interface TuneFigures {
  readonly judged: unknown;
  readonly unjudged: unknown;
  readonly mutes: unknown;
  readonly replay: Readonly<Record<'before' | 'after' | 'removed' | 'lost' | 'added', unknown>>;
}

async function judgeFalse(path: string, alertIds: readonly string[]): Promise<void> {
  const options = { clock: createWallClock(), create: false, onWarning: () => {} };
  const desk = await openDesk({ kind: 'sqlite', path }, options);
  for (const [index, alertId] of alertIds.entries())
    await desk.note({ alertId, action: { type: 'judged', verdict: 'false' }, who: 'kim', atMs: index });
  await desk.close();
}

function isService({ source }: OfSource): boolean {
  return source !== CANARY_SOURCE && source !== DETECTION_SOURCE;
}

function linesOf(text: string): readonly OfSource[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as OfSource);
}
