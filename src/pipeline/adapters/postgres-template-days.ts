// Template counts in the PostgreSQL store: added up in the transaction of their commit, so that a crash counts nothing twice.
// Adding is the one thing in a commit that would change when it is done again: a commit is known by a token.
import { OTHER_TEMPLATES, type TemplateTally } from '../consume/template-tally.js';
import { readStoredText, storableText } from '../store/stored-text.js';
import type { Run, Statement } from './postgres-connection.js';
import { textKey } from './postgres-key.js';
import { daysOf, HOUR_COLUMNS } from './template-days.js';
import { createTemplateRoom, fitTallies, type TemplateRoom } from './template-room.js';

/** @param token of the commit, the same when it is made once more */
export type TemplateWriter = (
  run: Run,
  ids: { readonly artifactId: number; readonly streamPk: number },
  tallies: readonly TemplateTally[],
  token: string,
) => Promise<void>;

const TAKE_TOKEN: Statement = {
  name: 'loghorn_takeCommitToken',
  text: `UPDATE loghorn.streams SET commit_token = $2 WHERE stream_pk = $1 AND commit_token IS DISTINCT FROM $2`,
};

const READ_NEW: Statement = {
  name: 'loghorn_readNewTemplates',
  text: 'SELECT source, long_source, template_id FROM loghorn.seen_templates WHERE artifact_id = $1 AND is_new',
};

const SEE: Statement = {
  name: 'loghorn_seeTemplates',
  text: `INSERT INTO loghorn.seen_templates AS t (artifact_id, source, long_source, template_id, is_new, template, example,
      first_seen_ms, last_seen_ms)
    SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::boolean[], $6::text[], $7::text[], $8::bigint[],
      $9::bigint[])
    ON CONFLICT (artifact_id, source, template_id) DO UPDATE SET
      first_seen_ms = least(t.first_seen_ms, excluded.first_seen_ms),
      last_seen_ms = greatest(t.last_seen_ms, excluded.last_seen_ms),
      example = CASE t.example WHEN '' THEN excluded.example ELSE t.example END`,
};

const ADD: Statement = {
  name: 'loghorn_addTemplateDays',
  text: `INSERT INTO loghorn.template_days AS d (artifact_id, template_pk, day, ${HOUR_COLUMNS.join(', ')})
    SELECT $1, template_pk, day, ${HOUR_COLUMNS.join(', ')}
    FROM unnest($2::text[], $3::text[], $4::bigint[], ${HOUR_COLUMNS.map((_, hour) => `$${hour + 5}::bigint[]`).join(', ')})
        AS each (source, template_id, day, ${HOUR_COLUMNS.join(', ')})
      JOIN loghorn.seen_templates AS t ON t.artifact_id = $1 AND t.source = each.source AND t.template_id = each.template_id
    ORDER BY day, template_pk
    ON CONFLICT (artifact_id, day, template_pk) DO UPDATE SET
      ${HOUR_COLUMNS.map((column) => `${column} = d.${column} + excluded.${column}`).join(', ')}`,
};

export function createTemplateWriter(): TemplateWriter {
  const rooms = new Map<number, TemplateRoom>();

  /** Asked for only where something is new. */
  const fit = async (
    run: Run,
    artifactId: number,
    tallies: readonly TemplateTally[],
  ): Promise<TemplateTally[]> => {
    let room = rooms.get(artifactId);
    if (
      room === undefined &&
      tallies.some(({ isNew, templateId }) => isNew && templateId !== OTHER_TEMPLATES)
    ) {
      const { rows } = await run(READ_NEW, [artifactId]);
      room = createTemplateRoom(
        rows.map(([key, long, id]) => [readStoredText((long ?? key) as string), id as string]),
      );
      rooms.set(artifactId, room);
    }
    return fitTallies(room ?? createTemplateRoom([]), tallies);
  };

  return async (run, { artifactId, streamPk }, tallies, token) => {
    if (tallies.length === 0) return;
    if ((await run(TAKE_TOKEN, [streamPk, token])).changes === 0) return;
    const rows = await fit(run, artifactId, tallies);
    const keys = rows.map(({ source }) => textKey(source));
    await run(SEE, [
      artifactId,
      keys.map(({ key }) => key),
      keys.map(({ long }) => long),
      rows.map(({ templateId }) => templateId),
      `{${rows.map(({ isNew }) => isNew).join(',')}}`,
      rows.map(({ text }) => storableText(text)),
      rows.map(({ example }) => storableText(example)),
      `{${rows.map(({ firstMs }) => firstMs).join(',')}}`,
      `{${rows.map(({ lastMs }) => lastMs).join(',')}}`,
    ]);
    const days = rows.flatMap(({ templateId, hours }, index) =>
      daysOf(hours).map((each) => ({ ...each, templateId, key: keys[index]!.key })),
    );
    await run(ADD, [
      artifactId,
      days.map(({ key }) => key),
      days.map(({ templateId }) => templateId),
      `{${days.map(({ day }) => day).join(',')}}`,
      ...HOUR_COLUMNS.map((_, hour) => `{${days.map(({ counts }) => counts[hour]).join(',')}}`),
    ]);
  };
}
