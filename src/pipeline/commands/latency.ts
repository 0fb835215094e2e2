// `loghorn latency`: how long each stage of the way took, from what is in a store.
import type { Command } from 'commander';
import { chooseArtifact } from '../consume/choose-artifact.js';
import { createWallClock } from '../clock.js';
import { reportLatency } from '../latency/latency.js';
import { isSameArtifact } from '../lanes/promotion.js';
import { describeOutages, type Outage, outagesIn } from '../latency/outages.js';
import { latencyTable } from '../latency/latency-table.js';
import { describeRetained } from '../retention/retention.js';
import type { ResultStore } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { openReader } from '../store/open-reader.js';
import { openStore } from '../store/open-store.js';
import type { StoreAddress } from '../store/store-address.js';
import { storeOption } from './store-option.js';
import { timeOf } from './time-option.js';
import { examples } from './examples.js';

interface LatencyFlags {
  readonly store: StoreAddress;
  readonly model?: string;
  readonly source?: string;
  readonly from?: number;
  readonly to?: number;
  readonly json?: boolean;
}

/** Greatest time that a date can have. */
const LATEST_MS = 8.64e15;
const BEAT_EVERY_MS = 60_000;
/** An outage may reach into the range from before it. */
const LOOK_BACK_MS = 7 * 86_400_000;

export function registerLatency(program: Command): void {
  program
    .command('latency')
    .summary('how long each stage took')
    .description(
      'How long each stage took from a log record to a delivered alert, of the windows in a store: p50, p95, p99 and maximum, live data and history apart, and when nothing ran in between. Where a clock was ahead of the next one, the difference is shown as that and hidden in no stage.',
    )
    .addOption(storeOption('where consume kept its results'))
    .option(
      '--model <name>',
      'of one artifact alone: name, name@version or folder (default: all whose alerts went out)',
    )
    .option('--source <source>', 'only of this source')
    .option('--from <time>', 'windows that start then or later, for example 2026-03-03T04:00:00Z', timeOf)
    .option('--to <time>', 'windows that start before then', timeOf)
    .option('--json', 'one JSON object, milliseconds')
    .addHelpText(
      'after',
      examples(
        'loghorn latency --store sqlite:results.db',
        'loghorn latency --store sqlite:results.db --source cart --from 2026-03-03T04:00:00Z --json',
      ),
    )
    .action(async ({ store: address, model, source, from, to, json }: LatencyFlags) => {
      const onWarning = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
      const store = await openStore(address, { clock: createWallClock(), create: false, onWarning });
      try {
        const artifacts = await artifactsOf(store, model);
        for (const each of artifacts) {
          const gone = describeRetained(await store.retained(each), from ?? -Infinity);
          if (gone !== undefined) onWarning(gone);
        }
        const report = await reportLatency(
          store,
          ...artifacts.map((artifact) => ({
            artifact,
            ...(source === undefined ? {} : { source }),
            ...(from === undefined ? {} : { fromMs: from }),
            ...(to === undefined ? {} : { toMs: to }),
          })),
        );
        const outages = await readOutages(address, { fromMs: from ?? 0, toMs: to ?? LATEST_MS });
        const told = describeOutages(outages).map((line) => `\n${line}\n`);
        process.stdout.write(
          json ? `${JSON.stringify({ ...report, outages })}\n` : latencyTable(report) + told.join(''),
        );
      } finally {
        await store.close();
      }
    });
}

async function readOutages(
  address: StoreAddress,
  range: { readonly fromMs: number; readonly toMs: number },
): Promise<readonly Outage[]> {
  const reader = await openReader(address, { clock: createWallClock(), create: false, onWarning: () => {} });
  try {
    const around = { fromMs: Math.max(0, range.fromMs - LOOK_BACK_MS), toMs: range.toMs };
    return outagesIn(await reader.heartbeats(around, BEAT_EVERY_MS), range);
  } finally {
    await reader.close();
  }
}

/** The one that is meant; without a word all whose alerts went out, one after the other or each on a stream of its own. */
async function artifactsOf(store: ResultStore, model: string | undefined): Promise<readonly ArtifactKey[]> {
  const known = await store.artifacts();
  const lanes = await store.lanes();
  const spoke = known.filter((artifact) =>
    lanes.some(({ artifact: own, lane }) => isSameArtifact(own, artifact) && lane?.role !== 'shadow'),
  );
  const meant = model === undefined && spoke.length > 0 ? spoke : [chooseArtifact(known, model)];
  return meant.map(({ name, version }) => ({ name, version }));
}
