// Scores compared where they are close to 1. A score is strangeness / (strangeness + half), see `squash`: its odds grow with the
// strangeness itself, so that a share of the odds means the same everywhere between 0 and 1.

/** score / (1 − score), in [0, ∞]. @param score in [0, 1] */
export function oddsOf(score: number): number {
  return score / (1 - score);
}

/** The score whose odds are this share of those of `score`; of 1 it is 1. @param share above 0 */
export function scoreAtOdds(score: number, share: number): number {
  const odds = oddsOf(score) * share;
  return Number.isFinite(odds) ? odds / (1 + odds) : 1;
}
