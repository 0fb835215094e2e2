// `loghorn deploy`: something was changed, said to the dashboard, where scores may jump beside it.
import { type Command, InvalidArgumentError } from 'commander';
import { createWallClock } from '../clock.js';
import { openReader } from '../store/open-reader.js';
import type { StoreAddress } from '../store/store-address.js';
import { storeOption } from './store-option.js';
import { timeOf } from './time-option.js';
import { examples } from './examples.js';

interface DeployFlags {
  readonly store: StoreAddress;
  readonly source?: string;
  readonly at?: number;
}

const MOST_CHARACTERS = 200;

export function registerDeploy(program: Command): void {
  program
    .command('deploy')
    .summary('mark a deploy on the dashboard')
    .description(
      'Marks a deploy, or another change from outside, at its time on the dashboard. To be called by whatever deploys.',
    )
    .argument('<text>', 'what was changed, for example "checkout 2.4.1"', textOf)
    .addOption(storeOption('where consume keeps its results'))
    .option('--source <source>', 'the service that it is about (default: all)')
    .option('--at <time>', 'when it was, for example 2026-03-03T04:00:00Z (default: now)', timeOf)
    .addHelpText('after', examples('loghorn deploy --store sqlite:results.db --source cart "cart 2.3"'))
    .action(async (text: string, { store, source, at }: DeployFlags) => {
      const clock = createWallClock();
      const onWarning = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
      const reader = await openReader(store, { clock, create: false, onWarning });
      try {
        const marker = {
          atMs: at ?? Math.floor(clock.nowMs()),
          text,
          ...(source === undefined ? {} : { source }),
        };
        await reader.addMarker(marker);
        process.stdout.write(`${JSON.stringify(marker)}\n`);
      } finally {
        await reader.close();
      }
    });
}

function textOf(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MOST_CHARACTERS)
    throw new InvalidArgumentError(`write 1 to ${MOST_CHARACTERS} characters, for example "checkout 2.4.1"`);
  return trimmed;
}
