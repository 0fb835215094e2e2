// `loghorn promote`: another artifact for a stream that is being read, or the former one again.
import { hostname, userInfo } from 'node:os';
import { type Command, Option } from 'commander';
import type { Artifact } from '../../core/artifact.js';
import { streamIdOf } from '../adapters/file-source.js';
import { createWallClock } from '../clock.js';
import { openStore } from '../store/open-store.js';
import type { ResultStore } from '../ports.js';
import { promote, promotionHistory, type PromoteOptions, rollBack } from '../lanes/promote.js';
import { parseSourceAddress, type SourceAddress } from '../source-address.js';
import type { StoreAddress } from '../store/store-address.js';
import { storeOption } from './store-option.js';
import { argument, asUsage } from '../../shell/usage.js';
import { examples } from './examples.js';

export interface PromoteDeps {
  readArtifact(folder: string): Artifact;
}

interface PromoteFlags {
  readonly store: StoreAddress;
  readonly stream?: string;
  readonly from?: SourceAddress;
  readonly replaces?: string;
  readonly by?: string;
  readonly rollback: boolean;
  readonly list: boolean;
}

export function registerPromote(program: Command, deps: PromoteDeps): void {
  program
    .command('promote')
    .summary('give a running stream another artifact')
    .description(
      'Gives a stream that is being read another artifact, with no restart: consumers warm it up beside the present one and switch between two windows. Prints the request as JSON; --list shows what came of it.',
    )
    .argument('[folder]', 'the artifact, as fit printed it')
    .addOption(storeOption('where the consumers keep their results'))
    .option(
      '--stream <id>',
      'which stream: kafka:TOPIC with all its partitions, or file:PATH; needed where there are several',
    )
    .addOption(
      new Option(
        '--from <source>',
        'the stream as consume was told it: kafka://HOST:PORT/TOPIC or file:PATH',
      ).argParser(argument(parseSourceAddress)),
    )
    .option('--replaces <artifact>', 'name@version: needed where several artifacts read the stream')
    .option('--by <name>', 'who asks, for the history (default: you, at this machine)')
    .option('--rollback', 'back to the artifact before the present one', false)
    .option('--list', 'what was promoted when and by whom, as NDJSON', false)
    .addHelpText(
      'after',
      examples(
        'loghorn promote data/models/shop/1f0a2b3c4d5e --store sqlite:results.db',
        'loghorn promote --rollback --store sqlite:results.db',
        'loghorn promote --list --store sqlite:results.db',
      ),
    )
    .action(async (folder: string | undefined, flags: PromoteFlags) => {
      asUsage(() => checkFlags(folder, flags));
      const clock = createWallClock();
      const onWarning = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
      const artifact = folder === undefined ? undefined : deps.readArtifact(folder);
      const store = await openStore(flags.store, { clock, create: false, onWarning });
      try {
        const lines = await answer(store, artifact, {
          ...flags,
          stream: flags.stream ?? (flags.from === undefined ? undefined : streamOf(flags.from)),
          by: flags.by ?? `${userInfo().username}@${hostname()}`,
          nowMs: clock.nowMs(),
        });
        process.stdout.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      } finally {
        await store.close();
      }
    });
}

async function answer(
  store: ResultStore,
  artifact: Artifact | undefined,
  options: PromoteOptions & Pick<PromoteFlags, 'rollback'>,
): Promise<readonly object[]> {
  if (artifact !== undefined) return [await promote(store, artifact, options)];
  return options.rollback ? [await rollBack(store, options)] : promotionHistory(store, options.stream);
}

function checkFlags(folder: string | undefined, { rollback, list, stream, from }: PromoteFlags): void {
  if ([folder !== undefined, rollback, list].filter(Boolean).length !== 1)
    throw new Error('name the folder of an artifact, or --rollback, or --list: one of them');
  if (stream !== undefined && from !== undefined)
    throw new Error('--stream and --from say the same: give one');
}

function streamOf(source: SourceAddress): string {
  if (source.kind === 'kafka') return `kafka:${source.address.topic}`;
  return source.kind === 'file' ? streamIdOf(source.path) : source.kind;
}
