// The judge of the canary beside a consumer: over a connection of its own for what it looks up, and with words for a person.
import type { Artifact } from '../../core/artifact.js';
import { showDuration } from '../alerts/show-alert.js';
import { openReader } from '../store/open-reader.js';
import type { StoreAddress } from '../store/store-address.js';
import type { Settled } from './canary-judge.js';
import { type CanaryWatch, type CanaryWatchOptions, watchCanary } from './canary-watch.js';

export interface OpenCanaryOptions extends Omit<CanaryWatchOptions, 'reader' | 'onSettled'> {
  readonly artifact: Omit<Artifact, 'probe'>;
  /** Gets a line for each canary that was told in time; a missed one is an alert. */
  readonly say: (sentence: string) => void;
}

/** @throws Error when the store cannot be looked at from outside */
export async function openCanary(address: StoreAddress, options: OpenCanaryOptions): Promise<CanaryWatch> {
  const { clock, onWarning, say } = options;
  if (address.kind === 'memory')
    throw new Error(
      'what became of a canary is looked up in the store: with --canary keep results in sqlite:PATH or in PostgreSQL',
    );
  const reader = await openReader(address, { clock, create: true, onWarning: () => {} });
  const watch = watchCanary({
    ...options,
    reader,
    onWarning,
    onSettled: (settled) => {
      const words = wordsOn(settled);
      if (words !== undefined) say(words);
    },
  });
  return {
    ...watch,
    stop: async () => {
      await watch.stop();
      await reader.close();
    },
  };
}

function wordsOn({ anomaly, outcome }: Settled): string | undefined {
  return outcome.kind === 'missed'
    ? undefined
    : `canary: ${anomaly.kind} told ${showDuration(outcome.timeToDetectMs)} after its first line`;
}
