import { normalQuantile } from "./normal-quantile.ts";

const SIZE = 624;
const SHIFT = 397;
const UPPER = 0x80000000;
const LOWER = 0x7fffffff;
/** 2^-32. */
const UNIT = 2.3283064365386963e-10;
/** What R gives for the word 0, which no normal quantile could take: half of 1 / (2^32 - 1). */
const SMALLEST = 0.5 * 2.328306437080797e-10;
/** R joins two uniforms to one of 2^27 steps before it takes the normal quantile. */
const INVERSION_STEPS = 134217728;

/** A stream that repeats R's default generator. Studies draw from `createRandom`; this one only repeats published code. */
export interface RStream {
  /** As R's `runif(1)`, in (0, 1). */
  uniform(): number;
  /** As R's `rnorm(1)` with the kind "Inversion". */
  normal(): number;
}

/**
 * The random numbers that R draws after `set.seed(seed)` with its default kinds.
 *
 * @param seed A whole number as R takes it.
 * @returns Mersenne Twister with R's scrambling of the seed; uniforms are those of R to the last bit.
 * @source Matsumoto & Nishimura 1998, ACM TOMACS 8:3-30; R's RNG.c for the seed and snorm.c for the inversion.
 * @example rStream(1).uniform() // => 0.26550866314209998
 */
export function rStream(seed: number): RStream {
  const state = seededState(seed);
  // The first uniform finds the block used up, since R seeds the position with 624.
  let next = SIZE;
  const uniform = () => {
    if (next === SIZE) {
      regenerate(state);
      next = 0;
    }
    return Math.max(SMALLEST, temper(state[next++]) * UNIT);
  };
  return {
    uniform,
    normal: () => {
      const coarse = Math.floor(INVERSION_STEPS * uniform());
      return normalQuantile((coarse + uniform()) / INVERSION_STEPS);
    },
  };
}

/** R stirs the seed 50 times, then fills 625 words, of which the first is the position and is overwritten. */
function seededState(seed: number): Uint32Array {
  let word = seed >>> 0;
  const stir = () => (word = (Math.imul(69069, word) + 1) >>> 0);
  for (let j = 0; j < 50; j++) stir();
  stir();
  return Uint32Array.from({ length: SIZE }, stir);
}

function regenerate(state: Uint32Array): void {
  for (let k = 0; k < SIZE; k++) {
    const word = (state[k] & UPPER) | (state[(k + 1) % SIZE] & LOWER);
    state[k] = state[(k + SHIFT) % SIZE] ^ (word >>> 1) ^ ((word & 1) === 1 ? 0x9908b0df : 0);
  }
}

function temper(word: number): number {
  let y = word;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  y ^= y >>> 18;
  return y >>> 0;
}
