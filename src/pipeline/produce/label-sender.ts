// Ground truth beside the stream: each label under its id, again whenever it has grown; the topic keeps the last of each.
import type { Clock } from '../ports.js';
import type { MessageSink } from './shipper.js';

export interface LabelSender {
  /** Sends what is new, now and then, while the stream goes on. */
  offer(): void;
  /** Sends all that is new and waits for it. */
  finish(): Promise<void>;
  /** How many labels were sent, each counted once. */
  sent(): number;
  close(): Promise<void>;
}

const EVERY_MS = 2000;

export function createLabelSender(
  sink: MessageSink & { close(): Promise<void> },
  labels: () => readonly { readonly id: string }[],
  clock: Clock,
): LabelSender {
  const told = new Map<string, string>();
  let underWay: Promise<void> = Promise.resolve();
  let lastMs = -Infinity;

  const sendNew = async (): Promise<void> => {
    const messages = labels()
      .map((label) => ({ key: label.id, value: JSON.stringify(label) }))
      .filter(({ key, value }) => told.get(key) !== value);
    if (messages.length === 0) return;
    await sink.send(messages);
    for (const { key, value } of messages) told.set(key, value);
  };

  return {
    offer: () => {
      if (clock.nowMs() - lastMs < EVERY_MS) return;
      lastMs = clock.nowMs();
      // what fails now is tried again with the next one, and by `finish` for good
      underWay = underWay.then(sendNew).catch(() => {});
    },
    finish: async () => {
      await underWay;
      await sendNew();
    },
    sent: () => told.size,
    close: () => sink.close(),
  };
}
