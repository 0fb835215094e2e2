// What one miner makes of the messages of one system: how well it groups them beside a hand-made truth, how many lines
// it has never seen after half of them, and whether it gives the same ids when the lines come the other way round.
import { createMatcher, createMiner } from '../../core/template/miner.js';
import { type MinerName, NEW_TEMPLATE, type TemplateDictionary } from '../../core/template/template.js';
import { type GroupingScore, scoreGrouping } from '../evaluate/grouping-accuracy.js';

export interface TemplateFigures extends GroupingScore {
  /** Lines of the second half without a template, mined and frozen on the first half; a share. */
  readonly newShare: number;
  /** Of those lines the share that no miner can avoid: their true template is not in the first half either. */
  readonly trulyNewShare: number;
  readonly isOrderFree: boolean;
}

/** @param truth the true group of each message, in the same order */
export function templateFigures(
  miner: MinerName,
  messages: readonly string[],
  truth: readonly string[],
): TemplateFigures {
  const ids = idsOf(mine(miner, messages), messages);
  const reversedIds = idsOf(mine(miner, messages.toReversed()), messages);
  return {
    ...scoreGrouping(ids, truth),
    ...newShares(miner, messages, truth),
    isOrderFree: ids.every((id, index) => id === reversedIds[index]),
  };
}

function newShares(
  miner: MinerName,
  messages: readonly string[],
  truth: readonly string[],
): { readonly newShare: number; readonly trulyNewShare: number } {
  const half = Math.floor(messages.length / 2);
  const matcher = createMatcher(mine(miner, messages.slice(0, half)));
  const known = new Set(truth.slice(0, half));
  const later = messages.slice(half);
  const shareOf = (isNew: (message: string, index: number) => boolean): number =>
    later.length === 0 ? 0 : later.filter(isNew).length / later.length;
  return {
    newShare: shareOf((message) => matcher.match(message) === NEW_TEMPLATE),
    trulyNewShare: shareOf((_, index) => !known.has(truth[half + index]!)),
  };
}

function mine(name: MinerName, messages: readonly string[]): TemplateDictionary {
  const miner = createMiner(name);
  for (const message of messages) miner.learn(message, 'benchmark');
  return miner.freeze();
}

function idsOf(dictionary: TemplateDictionary, messages: readonly string[]): readonly string[] {
  const matcher = createMatcher(dictionary);
  return messages.map((message) => {
    const index = matcher.match(message);
    return index === NEW_TEMPLATE ? matcher.describeNew(message).id : matcher.templates[index]!.id;
  });
}
