// A proposal from a real store with made-up feedback, and what is said of it.
import { expect, test } from 'vitest';
import { smallArtifact } from '../../core/artifact.testkit.js';
import type { Artifact } from '../../core/artifact.js';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import { createTestDashboard, HOP_MS, openedAt, T0, windowsOf } from '../dashboard/dashboard.testkit.js';
import type { Verdict } from '../desk/desk.js';
import { testCommit } from '../store/result-store.testkit.js';
import { describeTune } from './describe-tune.js';
import { normalLabels } from './more-normal.js';
import { tune, type TuneJob } from './tune.js';

const small = smallArtifact();
const window = { ...small.spec.window, windowMs: HOP_MS, hopMs: HOP_MS };
/** As the test's store has it: alerts from 0.9 on, windows of 30 s. */
const artifact: Artifact = {
  ...small,
  name: 'demo',
  version: 'v1',
  threshold: { ...small.threshold, value: 0.9 },
  spec: { ...small.spec, window },
};
const QUIET = Array.from({ length: 30 }, () => 0.1);

/** Alerts of `api` at .92, .97 and .93, far enough from each other, each judged. */
async function judgedStore(...verdicts: readonly (Verdict | null)[]) {
  const dashboard = await createTestDashboard();
  await dashboard.commit({
    windows: [
      ...windowsOf('api', [0.92, ...QUIET, 0.97, ...QUIET, 0.93]),
      ...windowsOf(CANARY_SOURCE, [0.99]),
    ],
    alerts: [
      openedAt('api', 0, { peakScore: 0.92 }),
      openedAt('api', 31, { peakScore: 0.97 }),
      openedAt('api', 62, { peakScore: 0.93 }),
      openedAt(CANARY_SOURCE, 0, { peakScore: 0.99 }),
    ],
  });
  for (const [at, verdict] of verdicts.entries())
    if (verdict !== null) await judge(dashboard, `alert-api-${31 * at}`, verdict);
  return dashboard;
}

async function judge(
  { data }: Awaited<ReturnType<typeof createTestDashboard>>,
  alertId: string,
  verdict: Verdict,
) {
  await data.desk.note({ alertId, action: { type: 'judged', verdict }, who: 'kim', atMs: T0 });
}

function jobOf(
  { data }: Awaited<ReturnType<typeof createTestDashboard>>,
  changes: Partial<TuneJob> = {},
): TuneJob {
  const { store, reader, desk } = data;
  return {
    store,
    reader,
    desk,
    artifact,
    sinceMs: 86_400_000,
    wants: { thresholds: true, mutes: true },
    unwanted: [],
    who: 'kim',
    nowMs: T0,
    ...changes,
  };
}

test('a threshold of its own is proposed, replayed, and said with how sure it is', async () => {
  const result = await tune(jobOf(await judgedStore('false', 'real', null)));

  expect(result).toMatchObject({
    judged: { real: 1, false: 1, notMine: 0 },
    unjudged: 1,
    thresholds: [{ source: 'api', before: 0.9, falseSpared: 1, heldBy: 'own' }],
    basis: 'stored scores',
    falseRemoved: { count: 1, of: 1 },
    rightKept: { count: 1, of: 1 },
    tuning: { parent: 'v1', mutedTemplates: [] },
    replay: { before: 3, after: 2, lost: [], added: [], notReplayed: [] },
  });
  expect(result.tuning!.thresholds['api']).toBeCloseTo(0.92, 10);
  const words = describeTune(result).join('\n');
  expect(words).toContain('threshold  api  0.9000 → 0.9200  spares 1 of 1 judged false');
  expect(words).toContain('judged false and gone: 1 of 1 (in the long run 21 % to 100 %, 95 % interval)');
});

test('the last verdict of anybody counts, and what is not mine is nobody’s false alert', async () => {
  const dashboard = await judgedStore('false', 'not-mine', 'real');
  await judge(dashboard, 'alert-api-0', 'real');

  const result = await tune(jobOf(dashboard));

  expect(result).toMatchObject({
    thresholds: [],
    tuning: null,
    normal: null,
    misrouted: [{ source: 'api', alerts: 1, judged: 3, who: ['kim'] }],
  });
  expect(describeTune(result)).toContain('nothing to propose');
});

test('a tuned artifact learns from what was said of its parent, and keeps what it was taught', async () => {
  const dashboard = await judgedStore('false', 'real', null);
  const key = { streamId: 'file:/a.log', artifact: { name: 'demo', version: 'v2' } };
  const owner = await dashboard.store.takeOver(key, ['log_count', 'error_count']);
  const later = windowsOf('api', [0.94]).map((row) => ({
    ...row,
    startMs: row.startMs + 100 * HOP_MS,
    endMs: row.endMs + 100 * HOP_MS,
  }));
  await owner.commit(testCommit({ windows: later }));
  const tuning = { parent: 'v1', thresholds: { web: 0.95 }, mutedTemplates: [] };

  const result = await tune(jobOf(dashboard, { artifact: { ...artifact, version: 'v2', tuning } }));

  expect(result.judged).toMatchObject({ real: 1, false: 1 });
  expect(result.replay).toMatchObject({ before: 4, after: 3 });
  expect(result.tuning).toMatchObject({
    parent: 'v2',
    thresholds: { web: 0.95, api: expect.closeTo(0.92, 10) },
  });
});

test('without feedback, without alerts, and with another artifact it is said what to do', async () => {
  const dashboard = await judgedStore();

  await expect(tune(jobOf(dashboard))).rejects.toThrow(/nobody judged any of the 3 alerts of demo@v1/);
  const calm = await createTestDashboard();
  await calm.commit({ windows: windowsOf('api', QUIET) });

  await expect(tune(jobOf(calm))).rejects.toThrow(/told no alert in that time.*--since/);
  await expect(tune(jobOf(dashboard, { artifact: { ...artifact, version: 'v9' } }))).rejects.toThrow(
    /no windows of demo@v9.*one that it has \(demo@v1\)/,
  );
});

test('hostile names and texts are shown, not obeyed', async () => {
  const result = await tune(jobOf(await judgedStore('false', null, null)));
  const [proposal] = result.thresholds;

  const words = describeTune({ ...result, thresholds: [{ ...proposal!, source: 'a\u001b[2J\u202e' }] }).join(
    '\n',
  );

  expect(words).toContain('a\\x1b[2J\\u{202e}');
  expect(['\u001b', '\u202e'].filter((each) => words.includes(each))).toEqual([]);
});

test('labels for more normal data mark all that alerted but what was judged false', () => {
  const alert = {
    alertId: 'a',
    source: 'api',
    sinceMs: 10,
    untilMs: 20,
    peakScore: 1,
    kind: 'errors',
    who: null,
  };
  const all = (['false', 'real', 'not-mine', null] as const).map((verdict) => ({
    ...alert,
    verdict,
    alertId: `${verdict}`,
  }));

  const labels = normalLabels(all, { startMs: 0, endMs: 100 })!;

  expect(labels.labels.map(({ id, services, onsetMs }) => [id, services, onsetMs])).toEqual([
    ['real', ['api'], 10],
    ['not-mine', ['api'], 10],
    ['null', ['api'], 10],
  ]);
  expect(labels.benign).toEqual([{ kind: 'judged false', startMs: 10, endMs: 20, services: ['api'] }]);
  expect(normalLabels(all.slice(1), { startMs: 0, endMs: 100 })).toBeUndefined();
});
