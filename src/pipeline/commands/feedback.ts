// `loghorn feedback`: what people judged about alerts, as data.
import type { Command } from 'commander';
import { createWallClock } from '../clock.js';
import { feedbackOf } from '../desk/feedback.js';
import { openDesk } from '../store/open-desk.js';
import { openReader } from '../store/open-reader.js';
import type { StoreAddress } from '../store/store-address.js';
import { storeOption } from './store-option.js';

/** All that can be in one store. */
const ALL_ALERTS = { fromMs: -(2 ** 52), toMs: 2 ** 52, limit: 2 ** 31 - 1 };

export function registerFeedback(program: Command): void {
  program
    .command('feedback')
    .summary('print what people judged about alerts')
    .description(
      'Prints the alerts of a store that were judged real, false or not mine. NDJSON on standard output, one line an alert with the last verdict, who gave it and when. What `report --feedback` reads.',
    )
    .addOption(storeOption('where consume kept its results'))
    .action(async ({ store }: { readonly store: StoreAddress }) => {
      const onWarning = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
      const opening = { clock: createWallClock(), create: false, onWarning };
      const reader = await openReader(store, opening);
      try {
        const desk = await openDesk(store, opening);
        try {
          const lines = feedbackOf(await reader.alerts(ALL_ALERTS), await desk.notes({}));
          process.stdout.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
        } finally {
          await desk.close();
        }
      } finally {
        await reader.close();
      }
    });
}
