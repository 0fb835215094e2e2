import { afterAll, expect, test } from 'vitest';
import { createMiner } from '../../core/template/miner.js';
import { createLogFolder } from '../input/input.testkit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { alertCards } from './alert-cards.js';
import type { Alert } from './alerts-of-rows.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
const miner = createMiner('shape');
for (let n = 0; n < 20; n++) miner.learn(`sweep of ${n} holds`, 'app');
const artifact = {
  dictionary: miner.freeze(),
  input: {},
  threshold: { value: 0.7 } as Parameters<typeof alertCards>[1]['threshold'],
};
const alert: Alert = {
  source: 'app',
  sinceMs: Date.UTC(2026, 2, 2, 10, 0, 0),
  untilMs: Date.UTC(2026, 2, 2, 10, 1, 0),
  peakScore: 0.91234,
  explanation: {
    peakEndMs: 0,
    features: [{ feature: 'error_count', value: 12, usualLow: 0, usualHigh: 0.123456, amount: 1 }],
    templates: [
      {
        event: 'new',
        templateId: 't',
        text: 'loan of <*> failed',
        service: 'app',
        severity: 'ERROR',
        count: 2,
        usual: 0,
        example: '',
      },
    ],
  },
};
const files = resolveInputs([
  folder.write(
    'app.log',
    [
      '2026-03-02 09:59:59 ERROR before it',
      '2026-03-02 10:00:01 INFO sweep of 17 holds',
      '2026-03-02 10:00:02 INFO sweep of 18 holds',
      '2026-03-02 10:00:03 ERROR loan of <b>7</b> failed',
      'frame one',
      'frame two',
      'frame three',
      'frame four',
      '2026-03-02 10:01:00 ERROR behind it',
    ].join('\n'),
  ),
]);

test('a card shows what moved the score and one line of each kind in its time, the severe first', async () => {
  const { text } = await alertCards(files, artifact, [alert]);

  expect(text).toContain('app, 2026-03-02 10:00:00 to 10:01:00 UTC: score 0.91, threshold 0.70');
  expect(text).toContain('error_count is 12, usual is 0 to 0.123');
  expect(text).toContain('ERROR “loan of &lt;*&gt; failed”: new, 2 in this window');
  expect(text).toContain('2 of 2 kinds');
  expect(/<pre>(.*)<\/pre>/s.exec(text)![1]).toBe(
    [
      '    1 × 10:00:03 ERROR loan of &lt;b&gt;7&lt;/b&gt; failed',
      'frame one',
      'frame two',
      'frame three',
      '    …',
      '    2 × 10:00:01 INFO  sweep of 17 holds',
    ].join('\n'),
  );
});

test('nothing comes of no alerts', async () => {
  expect((await alertCards(files, artifact, [])).text).toBe('');
});
