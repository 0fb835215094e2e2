// Against a real Alertmanager: what fires stays firing as long as it is told again, what is over is over at once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '../../require.testkit.js';
import { createWallClock } from '../clock.js';
import { compileTexts, messageOf } from '../sinks/alert-message.js';
import { createCourier } from '../sinks/courier.js';
import { alertEvent } from '../sinks/courier.testkit.js';
import { type HttpPeer, startHttpPeer } from '../sinks/http-peer.testkit.js';
import { TEST_KEY, testCommit } from '../store/result-store.testkit.js';
import {
  HOW_TO_ENABLE_ALERTMANAGER,
  isAlertmanagerThere,
  startAlertmanager,
  type TestAlertmanager,
} from './alertmanager.testkit.js';
import { createAlertmanagerSink } from './alertmanager-sink.js';
import { createMemoryStore } from './memory-store.js';

const HOSTILE = 'api\n{{ .Labels }} "quoted" \u001b[31m\u202e <!channel>';
const RESOLVE_AFTER_MS = 3000;
const WITHIN = { timeout: 15_000, interval: 50 };

describe.runIf(requireOrSkip('alertmanager', isAlertmanagerThere(), HOW_TO_ENABLE_ALERTMANAGER))(
  'Alertmanager',
  () => {
    let manager: TestAlertmanager;
    let receiver: HttpPeer;
    beforeAll(async () => {
      receiver = await startHttpPeer();
      manager = await startAlertmanager(receiver.url);
    });
    afterAll(async () => {
      await manager.stop();
      await receiver.close();
    });

    const clock = createWallClock();
    const begin = async () => {
      const warnings: string[] = [];
      const sink = createAlertmanagerSink({
        name: 'manager',
        url: manager.url,
        timeoutMs: 5000,
        resolveAfterMs: RESOLVE_AFTER_MS,
        labels: { team: 'shop' },
      });
      const options = { dashboardUrl: 'https://logs.example.net', ...compileTexts() };
      const courier = createCourier({
        sinks: [sink],
        clock,
        seed: 'test',
        notifyHistory: true,
        historyAfterMs: 0,
        giveUpAfterMs: 60_000,
        messageOf: (told, key, sentMs) => messageOf(told, key, sentMs, options),
        onWarning: (sentence) => warnings.push(sentence),
      });
      const owner = await createMemoryStore().takeOver(TEST_KEY, []);
      const stream = courier.attach({ key: TEST_KEY, box: owner, isLive: () => true });
      const commit = async (alerts: ReturnType<typeof alertEvent>[]): Promise<void> => {
        const commitTimeMs = clock.nowMs();
        const deliveries = stream.deliveriesOf(alerts, commitTimeMs);
        await owner.commit(testCommit({ alerts, deliveries, commitTimeMs }));
        stream.wake();
      };
      const end = async (): Promise<void> => {
        await stream.release();
        await courier.stop();
      };
      return { commit, end, warnings };
    };
    const justNow = (source: string) => {
      const nowMs = Math.floor(clock.nowMs());
      const times = { sinceMs: nowMs - 30_000, startMs: nowMs - 30_000, untilMs: nowMs, endMs: nowMs };
      return { source, ...times };
    };
    const alertOf = async (service: string) =>
      (await manager.alerts()).find(({ labels }) => labels['service'] === service);
    const told = (status: string, service: string): number =>
      receiver.requests.filter(({ body }) => {
        const { alerts } = JSON.parse(body) as {
          alerts: { status: string; labels: Record<string, string> }[];
        };
        return alerts.some((each) => each.status === status && each.labels['service'] === service);
      }).length;

    test('an alert of hostile text fires for longer than one message of it would last, and ends when it ends', async () => {
      const { commit, end, warnings } = await begin();
      const service = 'api\\n{{ .Labels }} "quoted" \\x1b[31m\\u{202e} <!channel>';

      await commit([alertEvent('a', 0, 'opened', justNow(HOSTILE))]);
      await expect.poll(async () => (await alertOf(service))?.status.state, WITHIN).toBe('active');
      expect((await alertOf(service))!).toMatchObject({
        labels: {
          alertname: 'LogAnomaly',
          severity: 'warning',
          kind: 'other',
          artifact: 'demo@v1',
          team: 'shop',
        },
        generatorURL: 'https://logs.example.net/?view=alert&id=a',
      });
      await expect.poll(() => told('firing', service), WITHIN).toBe(1);
      await clock.sleep(2 * RESOLVE_AFTER_MS);
      expect(told('resolved', service)).toBe(0);
      expect(await alertOf(service)).toBeDefined();
      await commit([alertEvent('a', 1, 'resolved', justNow(HOSTILE))]);
      await expect.poll(() => told('resolved', service), WITHIN).toBe(1);
      await end();

      expect(await alertOf(service)).toBeUndefined();
      expect(warnings).toEqual([]);
    });

    test('an alert that nobody tells any more is over after its time', async () => {
      const { commit, end } = await begin();
      await commit([alertEvent('b', 0, 'opened', justNow('db'))]);
      await expect.poll(() => told('firing', 'db'), WITHIN).toBe(1);
      await end();

      await expect.poll(() => told('resolved', 'db'), WITHIN).toBe(1);
    });
  },
);
