// A log of some days, an artifact fitted on its beginning, and what is asked of a store that keeps one day of it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, type TestTopics } from '../adapters/kafka-source.testkit.js';
import { createWallClock } from '../clock.js';
import type { FaultLog } from '../faults/fault-log.testkit.js';
import type { Desk } from '../desk/desk.js';
import type { ResultStore } from '../ports.js';
import { openDesk } from '../store/open-desk.js';
import { openStore } from '../store/open-store.js';
import { parseStoreAddress } from '../store/store-address.js';

const RECORDS = 60_000;
/** Fewer than a shop with all its services can write. */
const ONE_OF = 3;
const SPAN_HOURS = 40;
const FITTED_SHARE = 0.25;
const WINDOW = '2m';

export interface LongLog extends FaultLog {
  /** @returns the folder of another artifact, fitted on the same beginning */
  fitAnother(name: string, ...more: readonly string[]): string;
  /** Sends the lines of a share of the log, by service. */
  send(topics: TestTopics, topic: string, fromShare: number, toShare: number): Promise<void>;
}

export function createLongLog(): LongLog {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-long-'));
  const at = (file: string): string => join(folder, file);
  const shape = ['--records', String(RECORDS), '--span', `${SPAN_HOURS}h`];
  runCli('generate', '--out', folder, ...shape, '--anomalies-per-hour', '2', '--clean', String(FITTED_SHARE));
  const whole = readFileSync(at('logs.ndjson'), 'utf8').trimEnd().split('\n');
  const all = whole.filter((_, index) => index % ONE_OF === 0);
  writeFileSync(at('clean.ndjson'), `${all.slice(0, all.length * FITTED_SHARE).join('\n')}\n`);
  const fitAnother = (name: string, ...more: readonly string[]): string => {
    const about = ['--name', name, '--models', at('models'), '--window', WINDOW];
    runCli('fit', at('clean.ndjson'), ...about, '--budget', '5/day', ...more);
    return join(at('models'), name, readdirSync(join(at('models'), name))[0]!);
  };
  const modelFolder = fitAnother('kept');
  return {
    folder,
    modelFolder,
    artifact: { name: 'kept', version: readdirSync(join(at('models'), 'kept'))[0]! },
    lines: all,
    at,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    fitAnother,
    send: async (topics, topic, fromShare, toShare) => {
      const part = all.slice(Math.round(fromShare * all.length), Math.round(toShare * all.length));
      const keyOf = (value: string): string => (JSON.parse(value) as { readonly service: string }).service;
      await topics.send(
        topic,
        part.map((value) => ({ key: keyOf(value), value })),
      );
    },
  };
}

/** @param address as `--store` has it */
export async function lookInto<T>(
  address: string,
  look: (opened: { readonly store: ResultStore; readonly desk: Desk }) => Promise<T>,
): Promise<T> {
  const options = { clock: createWallClock(), create: false, onWarning: () => {} };
  const store = await openStore(parseStoreAddress(address), options);
  try {
    const desk = await openDesk(parseStoreAddress(address), options);
    try {
      return await look({ store, desk });
    } finally {
      await desk.close();
    }
  } finally {
    await store.close();
  }
}

/** Windows that were deleted so far, of all artifacts. */
export async function windowsDeleted(address: string): Promise<number> {
  return lookInto(address, async ({ store }) => {
    const retained = await Promise.all((await store.artifacts()).map((each) => store.retained(each)));
    return retained.reduce((sum, each) => sum + (each?.pruned.windows ?? 0), 0);
  }).catch(() => 0);
}
