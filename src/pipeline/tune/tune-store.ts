// A proposal for an artifact from the store that an address names, and from the logs themselves where they are at hand.
import type { Artifact } from '../../core/artifact.js';
import type { Clock } from '../ports.js';
import { describeRetained } from '../retention/retention.js';
import { openDesk } from '../store/open-desk.js';
import { openReader } from '../store/open-reader.js';
import { openStore } from '../store/open-store.js';
import type { StoreAddress } from '../store/store-address.js';
import { createHistoryBuilder, type SourceHistory } from './score-history.js';
import type { TuneDeps } from './tune-deps.js';
import { tune, type TuneJob, type TuneResult } from './tune.js';

export interface TuneStoreOptions extends Pick<
  TuneJob,
  'artifact' | 'sinceMs' | 'wants' | 'unwanted' | 'who'
> {
  readonly address: StoreAddress;
  /** Logs that the stream was; undefined where the stored scores have to do. */
  readonly input: readonly string[] | undefined;
  readonly clock: Clock;
  readonly onWarning: (sentence: string) => void;
}

/** @throws Error when there is no store, nothing of the artifact in it, or no feedback */
export async function tuneStore(options: TuneStoreOptions, deps: TuneDeps): Promise<TuneResult> {
  const { address, input, clock, onWarning } = options;
  const opening = { clock, create: false, onWarning };
  const closers: (() => Promise<void>)[] = [];
  try {
    const store = await openStore(address, opening);
    closers.unshift(() => store.close());
    const reader = await openReader(address, opening);
    closers.unshift(() => reader.close());
    const desk = await openDesk(address, opening);
    closers.unshift(() => desk.close());
    const signal = input && deps.stopOnInterrupt();
    const scoreLines =
      input && signal
        ? (artifact: Artifact) => scoresOfLines(input, artifact, signal, onWarning, deps)
        : undefined;
    const result = await tune({ ...options, store, reader, desk, scoreLines, nowMs: clock.nowMs() });
    const gone = describeRetained(await store.retained(options.artifact), result.fromMs);
    if (gone !== undefined) onWarning(`${gone}, but for those around alerts that were judged`);
    return result;
  } finally {
    for (const close of closers) await close();
  }
}

async function scoresOfLines(
  input: readonly string[],
  artifact: Artifact,
  signal: AbortSignal,
  onWarning: (sentence: string) => void,
  deps: TuneDeps,
): Promise<readonly SourceHistory[]> {
  const builder = createHistoryBuilder();
  const progress = deps.progress();
  await deps
    .replayLines(input, artifact, (row) => builder.add(row), {
      signal,
      onProgress: (done, of) => progress.show('scoring', done, of),
      onWarning,
    })
    .finally(() => progress.stop());
  return builder.histories();
}
