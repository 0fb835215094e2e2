import { expect, test } from 'vitest';
import type { TemplateEvidence } from '../../core/alert.js';
import { fakeLabel, fakeTable } from './fake-table.testkit.js';
import { templateEvents } from './template-events.js';

const evidence = (text: string, count: number): TemplateEvidence => ({
  event: 'new',
  templateId: text,
  text,
  service: 'api',
  severity: 'ERROR',
  count,
  usual: 0.126,
  example: '',
});
const explained = (...templates: readonly TemplateEvidence[]) => ({ peakEndMs: 0, features: [], templates });

test('a label is told by the templates that its alerting windows name, each at its height, most records first', () => {
  const counts = Array.from({ length: 60 }, () => 1);
  const table = fakeTable({ api: { log_count: counts }, db: { log_count: counts } }, 0, {
    api: {
      3: explained(evidence('before', 9)),
      10: explained(evidence('disk full', 2)),
      11: explained(evidence('disk full', 5), evidence('retry <*>', 7)),
      50: explained(evidence('long after', 9)),
    },
    db: { 10: explained(evidence('elsewhere', 9)) },
  });

  const rows = templateEvents(table, fakeLabel('new-exception', 'api', 10, 12), 5);

  expect(rows).toEqual([
    { kind: 'new-exception', service: 'api', event: 'new', template: 'retry <*>', count: 7, usual: 0.13 },
    { kind: 'new-exception', service: 'api', event: 'new', template: 'disk full', count: 5, usual: 0.13 },
  ]);
  expect(templateEvents(table, fakeLabel('new-exception', 'api', 10, 12), 1)).toHaveLength(1);
});
