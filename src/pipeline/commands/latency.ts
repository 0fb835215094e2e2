// `loghorn latency`: how long each stage of the way took, from what is in a store.
import type { Command } from 'commander';
import { chooseArtifact } from '../consume/choose-artifact.js';
import { createWallClock } from '../clock.js';
import { reportLatency } from '../latency/latency.js';
import { latencyTable } from '../latency/latency-table.js';
import { describeRetained } from '../retention/retention.js';
import { openStore } from '../store/open-store.js';
import type { StoreAddress } from '../store/store-address.js';
import { storeOption } from './store-option.js';
import { timeOf } from './time-option.js';

interface LatencyFlags {
  readonly store: StoreAddress;
  readonly model?: string;
  readonly source?: string;
  readonly from?: number;
  readonly to?: number;
  readonly json?: boolean;
}

export function registerLatency(program: Command): void {
  program
    .command('latency')
    .summary('how long each stage took')
    .description(
      'How long each stage took from a log record to a delivered alert, of the windows in a store: p50, p95, p99 and maximum, live data and history apart. Where a clock was ahead of the next one, the difference is shown as that and hidden in no stage.',
    )
    .addOption(storeOption('where consume kept its results'))
    .option(
      '--model <name>',
      'of which artifact: name, name@version or folder; needed where there are several',
    )
    .option('--source <source>', 'only of this source')
    .option('--from <time>', 'windows that start then or later, for example 2026-03-03T04:00:00Z', timeOf)
    .option('--to <time>', 'windows that start before then', timeOf)
    .option('--json', 'one JSON object, milliseconds')
    .action(async ({ store: address, model, source, from, to, json }: LatencyFlags) => {
      const onWarning = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
      const store = await openStore(address, { clock: createWallClock(), create: false, onWarning });
      try {
        const { name, version } = chooseArtifact(await store.artifacts(), model);
        const gone = describeRetained(await store.retained({ name, version }), from ?? -Infinity);
        if (gone !== undefined) onWarning(gone);
        const report = await reportLatency(store, {
          artifact: { name, version },
          ...(source === undefined ? {} : { source }),
          ...(from === undefined ? {} : { fromMs: from }),
          ...(to === undefined ? {} : { toMs: to }),
        });
        process.stdout.write(json ? `${JSON.stringify(report)}\n` : latencyTable(report));
      } finally {
        await store.close();
      }
    });
}
