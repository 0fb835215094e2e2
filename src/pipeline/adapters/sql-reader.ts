// Everything that the dashboard asks of a results store, in either database.
import type { DashboardReader } from '../dashboard/reader.js';
import { createAlertReader } from './sql-alerts.js';
import { createChangeReader } from './sql-changes.js';
import { createHeartbeats } from './sql-heartbeats.js';
import { createLaneReader } from './sql-lanes.js';
import { createScoreReader } from './sql-scores.js';
import { createTemplateReader } from './sql-templates.js';
import { createToldReader } from './sql-told.js';
import { createWindowFigureReader } from './sql-window-figures.js';
import type { Sql } from './sql.js';

export function createSqlReader(sql: Sql): DashboardReader {
  return {
    ...createLaneReader(sql),
    ...createScoreReader(sql),
    ...createWindowFigureReader(sql),
    ...createAlertReader(sql),
    ...createTemplateReader(sql),
    ...createHeartbeats(sql),
    ...createChangeReader(sql),
    ...createToldReader(sql),
    bytes: () => sql.bytes(),
    close: () => sql.close(),
  };
}
