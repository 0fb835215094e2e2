// A log with troubles and a model for it, consumed by the built command line into sinks; and what the store says became of
// each delivery.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCli } from '../adapters/kafka-source.testkit.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import type { StoredDelivery } from './delivery.js';

const WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 20;
const FITTED = 16_000;

export interface SinksLog {
  readonly artifact: { readonly name: string; readonly version: string };
  at(name: string): string;
  /** Settings of sinks as a file of that name. @returns its path */
  writeSinks(name: string, settings: object): string;
  /** What follows `loghorn` to consume it. @param store a file's name @param sinks path of the settings */
  wordsOf(store: string, sinks: string): string[];
  /** Of all alerts, those to one sink, in the order of their events. */
  deliveriesTo(sink: string, store: string): Promise<readonly StoredDelivery[]>;
  /** Ids of alerts that fire at the end. */
  openAlerts(store: string): Promise<readonly string[]>;
  remove(): void;
}

/** @param records in eight hours, 16,000 of them healthy */
export function createSinksLog(records: number): SinksLog {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-sinks-'));
  const at = (name: string): string => join(folder, name);
  const much = ['--records', String(records), '--span', '8h', '--anomalies-per-hour', '12'];
  runCli('generate', '--out', folder, ...much, '--clean', String(FITTED / records));
  const lines = readFileSync(at('logs.ndjson'), 'utf8').trimEnd().split('\n');
  writeFileSync(at('clean.ndjson'), `${lines.slice(0, FITTED).join('\n')}\n`);
  writeFileSync(at('rest.ndjson'), `${lines.slice(FITTED).join('\n')}\n`);
  const models = at('models');
  runCli('fit', at('clean.ndjson'), '--name', 'sinks', '--models', models, '--budget', '40/day');
  const artifact = { name: 'sinks', version: readdirSync(join(models, 'sinks'))[0]! };
  return {
    artifact,
    at,
    writeSinks: (name, settings) => {
      writeFileSync(at(name), JSON.stringify(settings));
      return at(name);
    },
    wordsOf: (store, sinks) => {
      const model = join(models, artifact.name, artifact.version);
      const from = `file:${at('rest.ndjson')}`;
      return [
        'consume',
        '--from',
        from,
        '--model',
        model,
        '--store',
        `sqlite:${at(store)}`,
        '--sinks',
        sinks,
      ];
    },
    deliveriesTo: async (sink, storePath) => {
      const store = createSqliteStore(at(storePath));
      const alerts = await store.alerts({ artifact });
      const all: StoredDelivery[] = [];
      for (const { alertId } of alerts) all.push(...(await store.deliveriesOf(alertId)));
      await store.close();
      return all.filter((each) => each.sink === sink);
    },
    openAlerts: async (storePath) => {
      const store = createSqliteStore(at(storePath));
      const alerts = await store.alerts({ artifact });
      await store.close();
      return alerts.filter(({ isOpen }) => isOpen).map(({ alertId }) => alertId);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** @param what is waited for, in the sentence of a failure */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAtMs = performance.now() + WITHIN_MS;
  while (!(await isSo())) {
    if (performance.now() > giveUpAtMs)
      throw new Error(`within ${WITHIN_MS / 1000} s it did not come: ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
}

export function isAllSent(all: readonly StoredDelivery[]): boolean {
  return all.length > 0 && all.every(({ state }) => state === 'sent');
}
