import { expect, test } from 'vitest';
import type { TemplateTally } from '../../consume/template-tally.js';
import { createTestDashboard, T0, windowsOf } from '../dashboard.testkit.js';
import { answerTemplates, type TemplateQuery } from './templates.js';

const HOUR_MS = 3_600_000;
const HOUR = T0 / HOUR_MS;

/** Records of a template in hours counted from T0. */
const tally = (
  templateId: string,
  hours: Readonly<Record<number, number>>,
  source = 'api',
): TemplateTally => {
  const of = Object.entries(hours).map(([hour, count]): [number, number] => [HOUR + Number(hour), count]);
  return {
    source,
    templateId,
    isNew: false,
    text: `text of ${templateId} <*>`,
    example: `example of ${templateId} 17`,
    firstMs: Math.min(...of.map(([hour]) => hour)) * HOUR_MS,
    lastMs: Math.max(...of.map(([hour]) => hour)) * HOUR_MS,
    hours: new Map(of),
  };
};

/** Of the day from T0 on, where nothing else is asked. */
const QUERY: TemplateQuery = {
  fromMs: T0,
  toMs: T0 + 24 * HOUR_MS,
  source: undefined,
  text: undefined,
  order: 'count',
  after: undefined,
  limit: 50,
};

async function withTemplates() {
  const dashboard = await createTestDashboard();
  await dashboard.commit({
    windows: windowsOf('api', [0.1]),
    templates: [
      tally('steady', { [-24]: 500, [-1]: 500, 0: 400, 23: 550 }),
      tally('more', { [-10]: 20, 5: 200 }),
      tally('gone', { [-3]: 40 }),
      tally('new', { 7: 3 }),
      tally('more', { 6: 100 }, 'web'),
    ],
  });
  return dashboard;
}

test('a range is compared with the one before it: new, changed, gone or steady', async () => {
  const { data } = await withTemplates();

  const { templates, total, records } = await answerTemplates(data, QUERY);

  expect([total, records]).toEqual([4, 1253]);
  expect(
    templates.map(({ templateId, status, count, change }) => [templateId, status, count, change]),
  ).toEqual([
    ['steady', 'steady', 950, 0.95],
    ['more', 'changed', 300, 15],
    ['new', 'new', 3, null],
    ['gone', 'gone', 0, 0],
  ]);
  const [steady, more] = templates;
  expect(steady).toMatchObject({ share: 950 / 1253, example: 'example of steady 17', sources: ['api'] });
  expect(more!.sources).toEqual(['api', 'web']);
  expect(steady!.trend).toHaveLength(24);
  expect([steady!.trend[0], steady!.trend[23]]).toEqual([400, 550]);
});

test('a trend’s parts add up to the count, over any range', async () => {
  const { data } = await withTemplates();
  for (const hours of [1, 5, 24, 25, 49, 720]) {
    const toMs = T0 + 24 * HOUR_MS;
    const { templates } = await answerTemplates(data, { ...QUERY, fromMs: toMs - hours * HOUR_MS + 1, toMs });
    for (const { trend, count } of templates) {
      expect(trend.length).toBeLessThanOrEqual(32);
      expect(trend.reduce((sum, each) => sum + each, 0)).toBe(count);
    }
  }
});

test('where the time before was not read, nothing is called changed', async () => {
  const { data } = await withTemplates();

  const { templates } = await answerTemplates(data, { ...QUERY, fromMs: T0 - 12 * HOUR_MS });

  expect(templates.filter(({ status }) => status === 'changed')).toEqual([]);
  expect(templates.every(({ change }) => change === null)).toBe(true);
});

test('templates are searched, sorted, and given page by page', async () => {
  const { data } = await withTemplates();
  const ids = async (change: Partial<TemplateQuery>): Promise<readonly string[]> =>
    (await answerTemplates(data, { ...QUERY, ...change })).templates.map(({ templateId }) => templateId);

  expect(await ids({ text: 'OF MORE' })).toEqual(['more']);
  expect(await ids({ source: 'web' })).toEqual(['more']);
  expect(await ids({ order: 'new' })).toEqual(['new', 'gone', 'more', 'steady']);
  expect((await ids({ order: 'gone' }))[0]).toBe('gone');
  expect((await ids({ order: 'trend' })).slice(0, 2)).toEqual(['gone', 'more']);
  const first = await answerTemplates(data, { ...QUERY, limit: 3 });
  expect(first.next).toBe('new');
  expect(await ids({ limit: 3, after: first.next! })).toEqual(['gone']);
});
