// Chance as an argument: a small, fast, seeded generator whose whole state is one plain JSON value,
// so that whatever uses it can be stopped, stored and carried on.

/** State of sfc32 (Chris Doty-Humphrey, PractRand): four unsigned 32-bit words. */
export type RandomState = [number, number, number, number];

export interface Random {
  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number;
  /** Whole number, uniform in [0, n). */
  below(n: number): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Poisson with the given mean (≥ 0); normal approximation from a mean of 64 on. */
  poisson(mean: number): number;
  snapshot(): RandomState;
}

/**
 * @param seed a text (hashed) or a state from `snapshot()`
 */
export function createRandom(seed: string | RandomState): Random {
  let [a, b, c, d] = typeof seed === 'string' ? stateFrom(seed) : seed;

  const word = (): number => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  if (typeof seed === 'string') for (let i = 0; i < 12; i++) word();

  const next = (): number => word() / 4294967296;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    below: (n) => Math.floor(next() * n),
    normal,
    exponential: () => -Math.log(1 - next()),
    poisson: (mean) => {
      if (mean >= 64) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) count++;
      return count;
    },
    snapshot: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}

function stateFrom(seed: string): RandomState {
  // xmur3 (bryc): four well-mixed words from any text
  let hash = 1779033703 ^ seed.length;
  for (let i = 0; i < seed.length; i++) {
    hash = Math.imul(hash ^ seed.charCodeAt(i), 3432918353);
    hash = (hash << 13) | (hash >>> 19);
  }
  const word = (): number => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
    return (hash ^= hash >>> 16) >>> 0;
  };
  return [word(), word(), word(), word()];
}
