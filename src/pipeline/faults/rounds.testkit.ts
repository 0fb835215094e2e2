// How hard the fault tests try, and with which chance. LOGHORN_FAULT_ROUNDS says how often each scenario does its harm,
// LOGHORN_FAULT_SEED repeats a run that failed: the seed stands in its message.
import { createRandom, type Random } from '../../core/random.js';

/** The second comes to what the first has left. */
const DEFAULT_ROUNDS = 2;

/** Kills, pauses and the like of each scenario. */
export const FAULT_ROUNDS = roundsFrom(process.env['LOGHORN_FAULT_ROUNDS']);

const SEED = process.env['LOGHORN_FAULT_SEED'] ?? 'loghorn';

/** A test's body with chance of its own; what it throws names the seed. */
export function withChance(name: string, body: (random: Random) => Promise<void>): () => Promise<void> {
  return async () => {
    try {
      await body(createRandom(`${SEED} ${name}`));
    } catch (error) {
      const failure = error as Error;
      failure.message += `\n(LOGHORN_FAULT_SEED=${SEED} LOGHORN_FAULT_ROUNDS=${FAULT_ROUNDS})`;
      throw failure;
    }
  };
}

/** Time enough for a scenario that does its harm so often, ms. */
export function patienceMs(eachMs: number): number {
  return 180_000 + FAULT_ROUNDS * eachMs;
}

function roundsFrom(text: string | undefined): number {
  if (text === undefined) return DEFAULT_ROUNDS;
  const rounds = Number(text);
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new RangeError(`LOGHORN_FAULT_ROUNDS must be a whole number above 0, got '${text}'`);
  return rounds;
}
