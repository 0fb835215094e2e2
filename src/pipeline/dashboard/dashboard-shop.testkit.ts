// A day of the generated shop as its dashboard would show it while a cascade goes on: real models, scores and alerts of a
// consumer that was there, people who looked at some of them, and beats that stopped for a while.
import { join } from 'node:path';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import type { Desk } from '../desk/desk.js';
import { encodeModel } from '../lanes/model-text.js';
import { openDesk } from '../store/open-desk.js';
import { openReader } from '../store/open-reader.js';
import { openStore } from '../store/open-store.js';
import { createBeats } from './dashboard-beats.testkit.js';
import { consumeOnTime } from './dashboard-on-time.testkit.js';
import {
  fitShop,
  INTO_CASCADE_MS,
  LASTING,
  makeShopLogs,
  readShop,
  runCommand,
  SPAN_MS,
} from './dashboard-shop-logs.testkit.js';
import type { AlertRecord, DashboardReader } from './reader.js';

export interface Shop {
  /** Of its SQLite file. */
  readonly path: string;
  /** Of the alert that was told first in the cascade which goes on. */
  readonly alertId: string;
  /** The consumer reads what came since, and says that it lives. */
  beat(): Promise<void>;
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Its beginning is far from any trouble: what was found then was neither history nor on time. */
const LIVE_MS = 46 * MINUTE_MS;
const BEATS_MS = 6 * HOUR_MS;
const AWAY_FROM_MS = 3 * HOUR_MS;
const AWAY_MS = 25 * MINUTE_MS;
const [TAKEN, MUTED] = LASTING;

export async function openShop(folder: string, nowMs: number): Promise<Shop> {
  const path = join(folder, 'shop.db');
  const { file, labels, rootService } = await makeShopLogs(join(folder, 'logs'), nowMs);
  const models = join(folder, 'models');
  const champion = await fitShop(file, models, '45%');
  const shadow = await fitShop(file, models, '50%');
  const reads = await readShop(file, champion, nowMs);

  const address = { kind: 'sqlite', path } as const;
  const clock = { nowMs: () => nowMs, sleep: async () => undefined };
  const opening = { clock, create: true, onWarning: () => undefined };
  const store = await openStore(address, opening);
  const reader = await openReader(address, opening);
  const desk = await openDesk(address, opening);
  // what the page says of a model, and that the canary is no service, it reads there
  for (const each of [champion, shadow]) await store.keepModel(each, encodeModel(each));
  await silence(desk, nowMs);
  const job = { artifact: champion, shadow, store, desk, reads, liveFromMs: nowMs - LIVE_MS };
  await consumeOnTime({ ...job, nowMs });
  const deployMs = nowMs - INTO_CASCADE_MS - 3 * MINUTE_MS;
  const at = new Date(deployMs).toISOString();
  await runCommand(['deploy', `${rootService} 2.14.0`, '--store', `sqlite:${path}`, '--at', at]);
  await reader.addLabels(labels);
  const beatAt = createBeats(reader, champion, reads, nowMs - BEATS_MS - HOUR_MS);
  for (let agoMs = BEATS_MS; agoMs >= 0; agoMs -= MINUTE_MS)
    if (agoMs > AWAY_FROM_MS || agoMs < AWAY_FROM_MS - AWAY_MS) await beatAt(nowMs - agoMs);
  const alertId = await lookAtAlerts(reader, desk, nowMs);
  let readToMs = nowMs;
  return {
    path,
    alertId,
    beat: async () => {
      const fromMs = readToMs;
      readToMs = Date.now();
      await consumeOnTime({ ...job, fromMs, nowMs: readToMs });
      await beatAt(readToMs);
    },
    close: async () => {
      await store.close();
      await reader.close();
      await desk.close();
    },
  };
}

/** Planned by people before any of it happened. */
async function silence(desk: Desk, nowMs: number): Promise<void> {
  await desk.addSilence({
    match: { source: MUTED.source },
    fromMs: nowMs - HOUR_MS,
    untilMs: nowMs + 2 * HOUR_MS,
    cause: 'silence',
    reason: 'the replica is rebuilt, it catches up by itself',
    who: 'Ada',
    atMs: nowMs - HOUR_MS,
  });
  await desk.addSilence({
    match: { source: 'inventory' },
    fromMs: nowMs + 8 * HOUR_MS,
    untilMs: nowMs + 10 * HOUR_MS,
    cause: 'maintenance',
    reason: 'database upgrade',
    who: 'Grace',
    atMs: nowMs - 2 * HOUR_MS,
  });
}

/** @returns the alert of the cascade that was told first */
async function lookAtAlerts(reader: DashboardReader, desk: Desk, nowMs: number): Promise<string> {
  const alerts = await reader.alerts({ fromMs: nowMs - SPAN_MS, toMs: nowMs + HOUR_MS });
  const isFresh = ({ alert }: AlertRecord): boolean =>
    alert.isOpen && alert.source !== CANARY_SOURCE && alert.sinceMs > nowMs - INTO_CASCADE_MS - 2 * MINUTE_MS;
  const fresh = alerts.filter(isFresh).sort((a, b) => a.alert.sinceMs - b.alert.sinceMs);
  const older = alerts.filter(({ alert }) => !alert.isOpen);
  const say = async (
    record: AlertRecord | undefined,
    agoMs: number,
    who: string,
    action: Parameters<Desk['note']>[0]['action'],
  ): Promise<void> => {
    if (record) await desk.note({ alertId: record.alert.alertId, action, who, atMs: nowMs - agoMs });
  };
  const taken = alerts.find(({ alert }) => alert.isOpen && alert.source === TAKEN.source);
  await say(taken, TAKEN.sinceMs - 3 * MINUTE_MS, 'Grace', { type: 'acknowledged' });
  await say(older[0], HOUR_MS, 'Ada', { type: 'judged', verdict: 'real' });
  await say(older[2], HOUR_MS, 'Ada', { type: 'judged', verdict: 'false', text: 'a load test' });
  await say(fresh[0], MINUTE_MS, 'Grace', {
    type: 'commented',
    text: 'began three minutes after the deploy: rolling it back',
  });
  return (fresh[0] ?? alerts[0]!).alert.alertId;
}
