// How well mined templates group messages, by the three figures the parsing literature reports,
// so that ours stand beside the published ones.

export interface GroupingScore {
  /**
   * Grouping accuracy: share of messages whose predicted group holds exactly the messages of their true group.
   * Zhu et al. (2019), "Tools and benchmarks for automated log parsing".
   */
  readonly groupingAccuracy: number;
  /**
   * F1 of grouping accuracy: harmonic mean of the shares of predicted and of true groups that are exactly right,
   * so that a rare template weighs as much as a frequent one. Jiang et al. (2024), loghub-2.0.
   */
  readonly groupingF1: number;
  readonly predictedGroups: number;
  readonly trueGroups: number;
}

/**
 * @param predicted group of each message: any labels, only equality counts
 * @param truth true group of each message, in the same order; no messages score 1
 * @throws RangeError if the two are not of one length
 */
export function scoreGrouping(predicted: readonly string[], truth: readonly string[]): GroupingScore {
  requireSameLength(predicted, truth);
  const truthSizes = countEach(truth);
  const predictedSizes = countEach(predicted);
  const truthsInGroup = new Map<string, Set<string>>();
  predicted.forEach((group, i) => {
    const truths = truthsInGroup.get(group);
    if (truths === undefined) truthsInGroup.set(group, new Set([truth[i]!]));
    else truths.add(truth[i]!);
  });

  let rightMessages = 0;
  let rightGroups = 0;
  for (const [group, truths] of truthsInGroup) {
    const size = predictedSizes.get(group)!;
    const [only] = truths;
    if (truths.size !== 1 || truthSizes.get(only!) !== size) continue;
    rightMessages += size;
    rightGroups++;
  }
  const groups = predictedSizes.size + truthSizes.size;
  return {
    groupingAccuracy: truth.length === 0 ? 1 : rightMessages / truth.length,
    groupingF1: groups === 0 ? 1 : (2 * rightGroups) / groups,
    predictedGroups: predictedSizes.size,
    trueGroups: truthSizes.size,
  };
}

/**
 * Parsing accuracy: share of messages whose template is the true one, character by character, after runs of
 * variables (`<*>:<*>`, `<*> <*>`, `<*>.<*>`) are written as one on both sides: where one variable ends and the
 * next begins is a matter of taste. Dai et al. (2020), Logram.
 *
 * @param predicted template text of each message, with `<*>` for variables
 * @throws RangeError if the two are not of one length
 */
export function scoreParsing(predicted: readonly string[], truth: readonly string[]): number {
  requireSameLength(predicted, truth);
  const right = predicted.filter((text, i) => foldVariables(text) === foldVariables(truth[i]!)).length;
  return truth.length === 0 ? 1 : right / truth.length;
}

function foldVariables(template: string): string {
  return template.replace(/<\*>(?:[\s.,:/@_#=-]*<\*>)+/g, '<*>').trim();
}

function requireSameLength(predicted: readonly string[], truth: readonly string[]): void {
  if (predicted.length === truth.length) return;
  throw new RangeError(
    `scoring wants one prediction for each true label, got ${predicted.length} for ${truth.length}: pass both in the order of the messages`,
  );
}

function countEach(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
