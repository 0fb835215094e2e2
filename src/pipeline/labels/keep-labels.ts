// Ground truth into the results store, over a connection of its own, so that the dashboard can judge what was told. A store
// that does not take it is told once and holds up nothing.
import type { StoredLabel } from '../dashboard/reader.js';
import { within } from '../partitions/within.js';
import type { Clock } from '../ports.js';
import { openReader } from '../store/open-reader.js';
import type { StoreAddress } from '../store/store-address.js';
import { createLabelTeller, type LabelTeller } from './label-teller.js';

export interface LabelKeeper extends Pick<LabelTeller, 'offer'> {
  /** Keeps what is new, in a few seconds at most. */
  stop(): Promise<void>;
}

const LAST_WITHIN_MS = 2000;

/** @returns undefined where nobody could read them, and, with a warning, where the store does not take them */
export async function keepLabels(
  address: StoreAddress,
  labels: () => readonly StoredLabel[],
  options: { readonly clock: Clock; readonly onWarning: (sentence: string) => void },
): Promise<LabelKeeper | undefined> {
  if (address.kind === 'memory') return undefined;
  const { clock, onWarning } = options;
  const refuse = (error: Error): undefined => {
    onWarning(`the dashboard is not told what was injected: ${error.message}`);
  };
  const reader = await openReader(address, { clock, create: true, onWarning: () => {} }).catch(refuse);
  if (reader === undefined) return undefined;
  let isFailing = false;
  const tell = async (fresh: readonly StoredLabel[]): Promise<void> => {
    try {
      await reader.addLabels(fresh);
      isFailing = false;
    } catch (error) {
      if (!isFailing) refuse(error as Error);
      isFailing = true;
      throw error;
    }
  };
  const teller = createLabelTeller(tell, labels, clock);
  return {
    offer: () => teller.offer(),
    stop: async () => {
      const last = teller.finish().catch(() => {});
      await within(LAST_WITHIN_MS, clock, last);
      await reader.close();
    },
  };
}
