// Views to take away: all that their filters find, as CSV or NDJSON. What is too much is refused before it begins, and few go at
// once, since each keeps the store busy.
import { Hono } from 'hono';
import { answerIncidents } from '../answers/incidents.js';
import { MOST_ALERTS } from '../answers/line-alerts.js';
import { answerTemplates, TEMPLATE_ORDERS } from '../answers/templates.js';
import type { Failure } from '../api.js';
import { createExportPlaces } from '../export/export-places.js';
import { EXPORT_KINDS, type ExportKind, type ExportTable } from '../export/export-table.js';
import { EXPORT_FORMATS, EXPORT_TYPES, exportStream } from '../export/export-text.js';
import { alertTable, incidentTable, templateTable } from '../export/list-rows.js';
import { countWindows, windowTable } from '../export/window-rows.js';
import type { GuardedEnv } from '../guard/guard.js';
import { BadRequest, choiceOfQuery, type Query, rangeOfQuery, textOfQuery } from '../params.js';
import type { RouteOptions } from './env.js';
import { incidentQueryOf } from './incident-query.js';
import { refuseHead } from './refuse-head.js';

/** 100 services for 50 days, about a gigabyte. */
const MOST_WINDOWS = 15_000_000;
const MOST_AT_ONCE = 2;
const RETRY_S = 10;
const ALL = Number.MAX_SAFE_INTEGER;

export function exportRoutes({ data, deviations }: RouteOptions): Hono<GuardedEnv> {
  const routes = new Hono<GuardedEnv>();
  const places = createExportPlaces(MOST_AT_ONCE, () => data.clock.nowMs());

  const findIncidents = async (query: Query) => {
    const wanted = { ...incidentQueryOf(query), after: undefined, limit: ALL };
    const { incidents, isCut } = await answerIncidents(data, deviations, wanted);
    // a list says that it is cut, a file cannot
    if (isCut) throw new BadRequest(`the range has more than ${MOST_ALERTS} alerts: ask for less at once`);
    return incidents;
  };
  const tables: Readonly<Record<ExportKind, (query: Query) => Promise<ExportTable>>> = {
    incidents: async (query) => incidentTable(await findIncidents(query)),
    alerts: async (query) => alertTable(await findIncidents(query)),
    templates: async (query) => {
      const { templates } = await answerTemplates(data, {
        ...rangeOfQuery(query),
        source: textOfQuery(query, 'source'),
        text: textOfQuery(query, 'q'),
        order: choiceOfQuery(query, 'sort', TEMPLATE_ORDERS) ?? 'count',
        after: undefined,
        limit: ALL,
      });
      return templateTable(templates);
    },
    windows: async (query) => {
      const [range, source, line] = [rangeOfQuery(query), textOfQuery(query, 'source'), await data.line()];
      const windows = await countWindows(data, line, range, source);
      if (windows > MOST_WINDOWS)
        throw new BadRequest(
          `these are ${windows} windows, ${MOST_WINDOWS} are the most at once: take a shorter range or one service`,
        );
      return windowTable(data, line, range, source);
    },
  };

  routes.get('/export/:kind', refuseHead, async (context) => {
    const query = context.req.query();
    const kind = EXPORT_KINDS.find((each) => each === context.req.param('kind'));
    const none: Failure = { error: `what can be taken away is ${EXPORT_KINDS.join(', ')}` };
    if (kind === undefined) return context.json(none, 404);
    const format = choiceOfQuery(query, 'format', EXPORT_FORMATS) ?? 'csv';
    const range = rangeOfQuery(query);
    const place = places.take(() => context.env?.hangUp?.());
    if (place === undefined) {
      const busy: Failure = {
        error: `${places.taken} exports are on their way already: try again when one is there`,
      };
      context.header('retry-after', String(RETRY_S));
      return context.json(busy, 503);
    }
    try {
      const table = await tables[kind](query);
      return context.body(exportStream(table, format, place), 200, {
        'content-type': EXPORT_TYPES[format],
        'content-disposition': `attachment; filename="loghorn-${kind}-${stamp(range.fromMs)}-${stamp(range.toMs)}.${format}"`,
      });
    } catch (error) {
      place.leave();
      throw error;
    }
  });
  return routes;
}

/** `20261122T034500Z`: sorts as a file's name, and is one on every system. */
function stamp(timeMs: number): string {
  return new Date(timeMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}
