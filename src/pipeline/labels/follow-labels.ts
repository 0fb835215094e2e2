// The ground truth that a producer tells beside its topic, into the results store of whoever consumes the topic.
import type { KafkaClientOptions } from '../adapters/kafka-client.js';
import { followLabelTopic } from '../adapters/kafka-labels.js';
import { labelsAddressOf } from '../kafka/kafka-address.js';
import { STOP_WITHIN_MS, within } from '../partitions/within.js';
import type { Clock } from '../ports.js';
import { openReader } from '../store/open-reader.js';
import type { StoreAddress } from '../store/store-address.js';
import { parseLabel } from './stored-label.js';

export interface LabelFollower {
  stop(): Promise<void>;
}

/**
 * Looks for `<topic>.labels` now and then; where there is none, nothing comes of it.
 *
 * @param options of the topic that is consumed
 * @returns undefined where nobody could read labels, and, with a warning, where the store does not take them
 */
export async function followLabels(
  store: StoreAddress,
  options: KafkaClientOptions,
  clock: Clock,
): Promise<LabelFollower | undefined> {
  if (store.kind === 'memory') return undefined;
  const { onWarning } = options;
  const address = labelsAddressOf(options.address);
  const reader = await openReader(store, { clock, create: true, onWarning: () => {} }).catch(
    (error: Error) => {
      onWarning(`the dashboard is not told what is known of anomalies: ${error.message}`);
      return undefined;
    },
  );
  if (reader === undefined) return undefined;
  let bad = 0;
  const keep = async (texts: readonly string[]): Promise<void> => {
    const labels = texts.map(parseLabel);
    const good = labels.filter((label) => label !== undefined);
    if (good.length < labels.length && bad === 0)
      onWarning(`topic ${address.topic} has messages that are no labels: they are passed over`);
    bad += labels.length - good.length;
    await reader.addLabels(good);
  };
  const stopping = new AbortController();
  const running = followLabelTopic({ ...options, address }, clock, keep, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await within(STOP_WITHIN_MS, clock, running);
      await reader.close();
    },
  };
}
