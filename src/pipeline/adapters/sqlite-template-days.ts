// Template counts in the SQLite store: added up in the transaction of their commit, so that a crash counts nothing twice.
import type Database from 'libsql';
import type { TemplateTally } from '../consume/template-tally.js';
import { readStoredText, storableText } from '../store/stored-text.js';
import type { Statement } from './sqlite-statements.js';
import { daysOf, HOUR_COLUMNS } from './template-days.js';
import { createTemplateRoom, fitTallies, type TemplateRoom } from './template-room.js';

/** @returns what writes the tallies of a commit of an artifact */
export function createTemplateWriter(
  db: Database.Database,
): (artifactId: number, tallies: readonly TemplateTally[]) => void {
  const prepare = (text: string): Statement => db.prepare(text) as unknown as Statement;
  const readNew = prepare(
    'SELECT source, template_id FROM seen_templates WHERE artifact_id = ? AND is_new = 1',
  );
  const see = prepare(`INSERT INTO seen_templates
      (artifact_id, source, template_id, is_new, template, example, first_seen_ms, last_seen_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET first_seen_ms = min(first_seen_ms, excluded.first_seen_ms),
      last_seen_ms = max(last_seen_ms, excluded.last_seen_ms),
      example = CASE example WHEN '' THEN excluded.example ELSE example END
    RETURNING template_pk`);
  const add = prepare(`INSERT INTO template_days (artifact_id, day, template_pk, ${HOUR_COLUMNS.join(', ')})
    VALUES (?, ?, ?, ${HOUR_COLUMNS.map(() => '?').join(', ')})
    ON CONFLICT DO UPDATE SET ${HOUR_COLUMNS.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`);
  const rooms = new Map<number, TemplateRoom>();

  const roomOf = (artifactId: number): TemplateRoom => {
    let room = rooms.get(artifactId);
    if (room === undefined) {
      const rows = readNew.raw().all(artifactId) as [string, string][];
      room = createTemplateRoom(rows.map(([source, id]) => [readStoredText(source), id]));
      rooms.set(artifactId, room);
    }
    return room;
  };

  return (artifactId, tallies) => {
    if (tallies.length === 0) return;
    for (const tally of fitTallies(roomOf(artifactId), tallies)) {
      const { source, templateId, isNew, text, example, firstMs, lastMs, hours } = tally;
      const [templatePk] = see
        .raw()
        .get(
          artifactId,
          storableText(source),
          templateId,
          isNew ? 1 : 0,
          storableText(text),
          storableText(example),
          firstMs,
          lastMs,
        ) as [number];
      for (const { day, counts } of daysOf(hours)) add.run(artifactId, day, templatePk, ...counts);
    }
  };
}
