// `loghorn shadow`: how the shadows of a store compare with their champions.
import type { Command } from 'commander';
import { createWallClock } from '../clock.js';
import { openStore } from '../store/open-store.js';
import { reportShadows } from '../lanes/shadow-report.js';
import type { StoreAddress } from '../store/store-address.js';
import { storeOption } from './store-option.js';
import { timeOf } from './time-option.js';

interface ShadowFlags {
  readonly store: StoreAddress;
  readonly from?: number;
  readonly to?: number;
}

export function registerShadow(program: Command): void {
  program
    .command('shadow')
    .summary('compare shadows with their champion')
    .description(
      'Compares each artifact that ran as --shadow with the one whose alerts go out, over the windows that both scored. NDJSON on standard output, one line a stream and shadow.',
    )
    .addOption(storeOption('where consume kept its results'))
    .option('--from <time>', 'windows that start then or later, for example 2026-03-03T04:00:00Z', timeOf)
    .option('--to <time>', 'windows that start before then', timeOf)
    .action(async ({ store: address, from, to }: ShadowFlags) => {
      const onWarning = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
      const store = await openStore(address, { clock: createWallClock(), create: false, onWarning });
      try {
        const reports = await reportShadows(store, { fromMs: from, toMs: to });
        process.stdout.write(reports.map((report) => `${JSON.stringify(report)}\n`).join(''));
      } finally {
        await store.close();
      }
    });
}
