import { expect, test } from 'vitest';
import type { Explanation } from '../../core/alert.js';
import { fitSmall } from '../../core/scorer.testkit.js';
import type { ToldAlert } from './judged-alerts.js';
import { proposeMutes } from './propose-mutes.js';
import { history, line, reasons, told } from './tune.testkit.js';

const artifact = fitSmall();
const usual = artifact.spec.vocabularies
  .flatMap(({ types, windows }) => types.map((type) => ({ ...type, share: type.windows / windows })))
  .sort((a, b) => b.share - a.share)[0]!.templateId;
const noise = reasons({ critical_excess: 8, volume_excess: 1 }, line('noise'));
const outage = reasons({ critical_excess: 8, volume_excess: 1 }, line('outage'));

/** One window an alert, all at 0.9; alerts from 0.6 on. */
function propose(
  alerts: readonly ToldAlert[],
  explanations: readonly Explanation[],
  unwanted: readonly string[] = [],
) {
  const histories = new Map([
    [
      'api',
      history(
        explanations.map(() => 0.9),
        Object.fromEntries(explanations.entries()),
      ),
    ],
  ]);
  return proposeMutes(alerts, artifact, { histories, thresholdOf: () => 0.6, unwanted: new Set(unwanted) });
}

test('the line that false alerts are about is muted, with how many said so', () => {
  const { mutes, leftOut } = propose(
    [told(0), told(1), told(2, { verdict: 'real' })],
    [noise, noise, outage],
  );

  expect(mutes).toEqual([
    {
      templateId: 'noise',
      text: 'text of noise',
      example: 'line of noise',
      services: ['api'],
      falseAlertIds: ['api-0', 'api-1'],
    },
  ]);
  expect(leftOut).toEqual([]);
});

test.each(['real', 'not-mine'] as const)('a line that an alert judged %s is about stays', (verdict) => {
  const { mutes, leftOut } = propose([told(0), told(1, { verdict })], [noise, noise]);

  expect(mutes).toEqual([]);
  expect(leftOut).toMatchObject([{ templateId: 'noise', cause: 'of a real alert' }]);
});

test('a line without which a real alert would not have been told stays, though another is the strongest there', () => {
  const slow = line('noise', { severity: 'WARN', event: 'spike' });
  const slowAlone = reasons({ warn_count: 8 }, slow);
  // without the slow calls the new line is left with half of 9 to 1
  const both = reasons({ new_template_count: 2, warn_count: 1, count_excess: 1 }, line('outage'), slow);
  const alerts = [told(0), told(1, { verdict: 'real' })];
  const histories = new Map([['api', history([0.9, 0.9], { 0: slowAlone, 1: both })]]);
  const at = (threshold: number) =>
    proposeMutes(alerts, artifact, { histories, thresholdOf: () => threshold, unwanted: new Set() });

  expect(at(0.8)).toMatchObject({ mutes: [{ templateId: 'noise' }], leftOut: [] });
  expect(at(0.85)).toMatchObject({ mutes: [], leftOut: [{ cause: 'would lose a real alert' }] });
});

test('a line that healthy windows hold is never muted', () => {
  const { leftOut } = propose([told(0)], [reasons({ count_excess: 5 }, line(usual, { event: 'spike' }))]);

  expect(leftOut).toMatchObject([{ templateId: usual, cause: 'usual' }]);
});

test('a line whose alerts would come all the same is not muted', () => {
  const mostlyVolume = reasons({ critical_excess: 5, volume_excess: 4 }, line('noise'));

  const { leftOut } = propose([told(0)], [mostlyVolume]);

  expect(leftOut).toMatchObject([{ templateId: 'noise', cause: 'would spare none' }]);
});

test('two lines that only together make an alert are muted together', () => {
  // strongest in its first window is one, in its second the other
  const alert = told(0, { untilMs: told(1).untilMs });

  const { mutes } = propose([alert], [noise, outage]);

  expect(mutes.map(({ templateId }) => templateId)).toEqual(['noise', 'outage']);
});

test('what is muted or not wanted is not proposed, and an alert nobody judged says nothing', () => {
  expect(propose([told(0)], [noise], ['noise']).leftOut).toMatchObject([{ cause: 'not wanted' }]);
  expect(propose([told(0, { verdict: null })], [noise])).toEqual({ mutes: [], leftOut: [] });
});
