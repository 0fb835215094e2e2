// What is told from outside and drawn beside the windows, in either database: deploys and the like, and ground truth.
import type { DashboardReader, StoredLabel } from '../dashboard/reader.js';
import type { Sql } from './sql.js';

type Marker = Parameters<DashboardReader['addMarker']>[0];

export function createToldReader(
  sql: Sql,
): Pick<DashboardReader, 'addMarker' | 'markers' | 'addLabels' | 'labels'> {
  return {
    addMarker: async ({ atMs, text, source }) => {
      const marker: Marker = { atMs, text, ...(source === undefined ? {} : { source }) };
      const json = JSON.stringify(marker);
      // the same thing told twice is one marker
      await sql.write(
        `INSERT INTO loghorn.markers (marker_key, at_ms, marker) VALUES ($1, $2, $3)
          ON CONFLICT (marker_key) DO NOTHING`,
        [sql.keyOf(json).key, atMs, json],
      );
    },
    markers: async ({ fromMs, toMs }) => {
      const rows = await sql.read(
        'SELECT marker FROM loghorn.markers WHERE at_ms >= $1 AND at_ms < $2 ORDER BY at_ms, marker_key',
        [fromMs, toMs],
      );
      return rows.map(([marker]) => JSON.parse(marker as string) as Marker);
    },
    addLabels: async (labels) => {
      for (const label of labels)
        await sql.write(
          `INSERT INTO loghorn.labels (label_id, start_ms, end_ms, label) VALUES ($1, $2, $3, $4)
            ON CONFLICT (label_id) DO UPDATE SET start_ms = excluded.start_ms, end_ms = excluded.end_ms,
              label = excluded.label`,
          [sql.keyOf(label.id).key, label.startMs, label.endMs, JSON.stringify(label)],
        );
    },
    labels: async ({ fromMs, toMs }) => {
      const rows = await sql.read(
        'SELECT label FROM loghorn.labels WHERE start_ms < $2 AND end_ms > $1 ORDER BY start_ms, label_id',
        [fromMs, toMs],
      );
      return rows.map(([label]) => JSON.parse(label as string) as StoredLabel);
    },
  };
}
