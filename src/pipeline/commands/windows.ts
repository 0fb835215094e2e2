// `loghorn windows`: what a stream stored, in the very form of `score`.
import { once } from 'node:events';
import type { Command } from 'commander';
import { chooseArtifact } from '../consume/choose-artifact.js';
import { createWallClock } from '../clock.js';
import { describeRetained } from '../retention/retention.js';
import { openStore } from '../store/open-store.js';
import type { StoredWindow, WindowQuery } from '../ports.js';
import type { StoreAddress } from '../store/store-address.js';
import { storedWindowLine, type StoredLineOptions } from '../store/stored-window-line.js';
import { storeOption } from './store-option.js';
import { timeOf } from './time-option.js';

interface WindowsFlags extends StoredLineOptions {
  readonly store: StoreAddress;
  readonly model?: string;
  readonly source?: string;
  readonly from?: number;
  readonly to?: number;
  readonly alerts?: boolean;
}

const PAGE_WINDOWS = 2000;

export function registerWindows(program: Command): void {
  program
    .command('windows')
    .summary('print stored windows')
    .description(
      'Prints the windows of a store as they finally are. NDJSON on standard output, one line a window in the form of score, by start and source.',
    )
    .addOption(storeOption('where consume kept its results'))
    .option(
      '--model <name>',
      'of which artifact: name, name@version or folder; needed where there are several',
    )
    .option('--source <source>', 'only of this source')
    .option('--from <time>', 'windows that start then or later, for example 2026-03-03T04:00:00Z', timeOf)
    .option('--to <time>', 'windows that start before then', timeOf)
    .option('--alerts', 'only windows that alert')
    .option('--features', 'add every feature by its name')
    .option('--explain', 'add why a window alerts')
    .option('--stamps', 'add when each stage of its way was, in milliseconds since 1970')
    .action(async (flags: WindowsFlags) => {
      const onWarning = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
      const store = await openStore(flags.store, { clock: createWallClock(), create: false, onWarning });
      try {
        const artifact = chooseArtifact(await store.artifacts(), flags.model);
        const query = queryOf(artifact, flags);
        const gone = describeRetained(await store.retained(artifact), query.fromMs ?? -Infinity);
        if (gone !== undefined) onWarning(gone);
        for (let after: StoredWindow | undefined; ;) {
          const page = await store.windows(after === undefined ? query : { ...query, after });
          after = page.at(-1);
          if (after === undefined) break;
          const text = page.map((row) => `${storedWindowLine(row, artifact.featureNames, flags)}\n`).join('');
          if (!process.stdout.write(text)) await once(process.stdout, 'drain');
          if (page.length < PAGE_WINDOWS) break;
        }
      } finally {
        await store.close();
      }
    });
}

function queryOf(
  artifact: WindowQuery['artifact'],
  { source, from, to, alerts, stamps }: WindowsFlags,
): WindowQuery {
  return {
    artifact,
    order: 'time',
    limit: PAGE_WINDOWS,
    ...(source === undefined ? {} : { source }),
    ...(from === undefined ? {} : { fromMs: from }),
    ...(to === undefined ? {} : { toMs: to }),
    ...(alerts ? { onlyAlerting: true } : {}),
    ...(stamps ? { stamps: true } : {}),
  };
}
