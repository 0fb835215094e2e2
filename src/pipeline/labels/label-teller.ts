// Ground truth beside the stream: each label is told when it is new, and again whenever it has grown. Whoever is told keeps
// the last of each id.
import type { Clock } from '../ports.js';

export interface LabelTeller {
  /** Tells what is new, now and then, while the stream goes on. */
  offer(): void;
  /** Tells all that is new and waits for it. */
  finish(): Promise<void>;
  /** How many labels were told, each counted once. */
  told(): number;
}

const EVERY_MS = 2000;

/**
 * @param tell what fails now is tried again with the next one, and by `finish` for good
 * @param labels all so far
 */
export function createLabelTeller<Label extends { readonly id: string }>(
  tell: (labels: readonly Label[]) => Promise<void>,
  labels: () => readonly Label[],
  clock: Clock,
): LabelTeller {
  const told = new Map<string, string>();
  let underWay: Promise<void> = Promise.resolve();
  let lastMs = -Infinity;

  const tellNew = async (): Promise<void> => {
    const fresh = labels()
      .map((label) => ({ label, text: JSON.stringify(label) }))
      .filter(({ label, text }) => told.get(label.id) !== text);
    if (fresh.length === 0) return;
    await tell(fresh.map(({ label }) => label));
    for (const { label, text } of fresh) told.set(label.id, text);
  };

  return {
    offer: () => {
      if (clock.nowMs() - lastMs < EVERY_MS) return;
      lastMs = clock.nowMs();
      underWay = underWay.then(tellNew).catch(() => {});
    },
    finish: async () => {
      await underWay;
      await tellNew();
    },
    told: () => told.size,
  };
}
