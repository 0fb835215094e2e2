// What is silenced, with the words of the templates that are: nobody knows a line by its id.
import type { ListedSilence } from '../api-alerts.js';
import type { DashboardData } from './dashboard-data.js';

const HOUR_MS = 3_600_000;

/** As the desk has them. */
export async function answerSilences(data: DashboardData): Promise<readonly ListedSilence[]> {
  const silences = await data.desk.silences({});
  const wanted = new Set(
    silences.flatMap(({ match: { templateId } }) => (templateId === undefined ? [] : [templateId])),
  );
  const texts = await textsOf(data, wanted);
  return silences.map((silence) => {
    const templateText = texts.get(silence.match.templateId ?? '');
    return templateText === undefined ? silence : { ...silence, templateText };
  });
}

/** What the model learned is at hand; of what came later all that was ever seen is looked through. */
async function textsOf(
  data: DashboardData,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const line = wanted.size === 0 ? undefined : await data.line();
  if (line === undefined) return texts;
  const learned = (await data.shelf.artifactOf(line.champion))?.dictionary.templates ?? [];
  for (const { id, text } of learned) if (wanted.has(id)) texts.set(id, text);
  for (const { artifact } of line.spans) {
    if (texts.size === wanted.size) break;
    const anyHour = { fromMs: 0, bucketMs: HOUR_MS, buckets: 1 };
    for (const { templateId, text } of await data.reader.templates(artifact, anyHour))
      if (wanted.has(templateId) && !texts.has(templateId)) texts.set(templateId, text);
  }
  return texts;
}
