import { expect, test } from 'vitest';
import { createTestDashboard, T0, windowsOf } from '../dashboard.testkit.js';
import { answerSilences } from './silences.js';

test('a silenced template is told with its words, one that nobody knows without', async () => {
  const { data, commit } = await createTestDashboard();
  const hour = T0 / 3_600_000;
  await commit({
    windows: windowsOf('api', [0.1]),
    templates: [
      {
        source: 'api',
        templateId: 't1',
        isNew: true,
        text: 'payment of <*> failed',
        example: '',
        firstMs: T0,
        lastMs: T0,
        hours: new Map([[hour, 1]]),
      },
    ],
  });
  const silence = {
    fromMs: T0,
    untilMs: T0 + 1,
    cause: 'silence',
    reason: 'x',
    who: 'kim',
    atMs: T0,
  } as const;
  for (const match of [{ templateId: 't1' }, { templateId: 'gone' }, { source: 'api' }])
    await data.desk.addSilence({ ...silence, match });

  const listed = await answerSilences(data);

  expect(new Map(listed.map(({ match, templateText }) => [match, templateText]))).toEqual(
    new Map<object, string | undefined>([
      [{ templateId: 't1' }, 'payment of <*> failed'],
      [{ templateId: 'gone' }, undefined],
      [{ source: 'api' }, undefined],
    ]),
  );
});
