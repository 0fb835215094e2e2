// `loghorn windows`: what a stream stored, in the very form of `score`.
import { windowsInPages } from '../store/windows-in-pages.js';
import { once } from 'node:events';
import type { Command } from 'commander';
import { chooseArtifact } from '../consume/choose-artifact.js';
import { createWallClock } from '../clock.js';
import { describeRetained } from '../retention/retention.js';
import { openStore } from '../store/open-store.js';
import { namedWindows, type NamedWindow, type RangeQuery } from '../lanes/spoken-windows.js';
import { nameOfArtifact } from '../lanes/promotion.js';
import type { ResultStore, StoredArtifact } from '../ports.js';
import type { StoreAddress } from '../store/store-address.js';
import { storedWindowLine, type StoredLineOptions } from '../store/stored-window-line.js';
import { storeOption } from './store-option.js';
import { timeOf } from './time-option.js';
import { examples } from './examples.js';

interface WindowsFlags extends Omit<StoredLineOptions, 'model'> {
  readonly store: StoreAddress;
  readonly model?: string;
  readonly source?: string;
  readonly from?: number;
  readonly to?: number;
  readonly alerts?: boolean;
}

const PAGE_WINDOWS = 2000;
/** For --model. */
const ALL = 'all';

export function registerWindows(program: Command): void {
  program
    .command('windows')
    .summary('print stored windows')
    .description(
      'Prints the windows of a store as they finally are. NDJSON on standard output, one line a window in the form of score, by start and source. Where one artifact took the place of another, each window is of the one that spoke for it, and says of which.',
    )
    .addOption(storeOption('where consume kept its results'))
    .option(
      '--model <name>',
      'all that one artifact scored: name, name@version or folder; or `all`, whatever any of them did, shadows too (default: whose alerts went out)',
    )
    .option('--source <source>', 'only of this source')
    .option('--from <time>', 'windows that start then or later, for example 2026-03-03T04:00:00Z', timeOf)
    .option('--to <time>', 'windows that start before then', timeOf)
    .option('--alerts', 'only windows that alert')
    .option('--features', 'add every feature by its name')
    .option('--explain', 'add why a window alerts')
    .option('--stamps', 'add when each stage of its way was, in milliseconds since 1970')
    .addHelpText(
      'after',
      examples(
        'loghorn windows --store sqlite:results.db --alerts --explain',
        'loghorn windows --store sqlite:results.db --source cart --from 2026-03-03T04:00:00Z --features',
        'loghorn windows --store sqlite:results.db --model shop@1f0a2b3c4d5e',
      ),
    )
    .action(async (flags: WindowsFlags) => {
      const onWarning = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
      const store = await openStore(flags.store, { clock: createWallClock(), create: false, onWarning });
      try {
        const artifacts = await store.artifacts();
        const isOne = flags.model !== undefined && flags.model !== ALL;
        const meant = isOne ? [chooseArtifact(artifacts, flags.model)] : artifacts;
        const gone = new Set<string>();
        for (const each of meant)
          gone.add(describeRetained(await store.retained(each), flags.from ?? -Infinity) ?? '');
        for (const sentence of gone) if (sentence !== '') onWarning(sentence);
        if (isOne) {
          const [artifact] = meant as [StoredArtifact];
          return await print(windowsOf(store, artifact, flags), flags, false);
        }
        if (artifacts.length === 0) chooseArtifact(artifacts, undefined);
        const which = flags.model === ALL ? 'all' : 'spoken';
        // of a store with one artifact the lines are those of score
        await print(namedWindows(store, rangeOf(flags), which), flags, artifacts.length > 1);
      } finally {
        await store.close();
      }
    });
}

async function print(
  windows: AsyncIterable<NamedWindow>,
  flags: WindowsFlags,
  isNamed: boolean,
): Promise<void> {
  const lines: string[] = [];
  const flush = async (): Promise<void> => {
    const text = lines.splice(0).join('');
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  };
  for await (const { row, artifact } of windows) {
    const options = isNamed ? { ...flags, model: nameOfArtifact(artifact) } : { ...flags, model: undefined };
    lines.push(`${storedWindowLine(row, artifact.featureNames, options)}\n`);
    if (lines.length >= PAGE_WINDOWS) await flush();
  }
  await flush();
}

async function* windowsOf(
  store: ResultStore,
  artifact: StoredArtifact,
  flags: WindowsFlags,
): AsyncGenerator<NamedWindow> {
  for await (const row of windowsInPages(store, { ...rangeOf(flags), artifact })) yield { row, artifact };
}

function rangeOf({ source, from, to, alerts, stamps }: WindowsFlags): RangeQuery {
  return {
    ...(source === undefined ? {} : { source }),
    ...(from === undefined ? {} : { fromMs: from }),
    ...(to === undefined ? {} : { toMs: to }),
    ...(alerts ? { onlyAlerting: true } : {}),
    ...(stamps ? { stamps: true } : {}),
  };
}
