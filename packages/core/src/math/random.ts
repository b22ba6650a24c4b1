import { InputError } from "../errors.ts";
import { hash128 } from "./hash128.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { poissonDraw } from "./poisson-draw.ts";

/** A stream of random numbers. Streams are named: see {@link Random.fork}. */
export interface Random {
  /** A stream of its own, which depends on the seed and the path of labels, never on what was drawn before. */
  fork(label: string): Random;
  /** Uniform on [0, 1), a multiple of 2^-53. */
  uniform(): number;
  /** Uniform on 0..n-1 without bias; n in 1..2^53. */
  integer(n: number): number;
  /** Standard normal: the normal quantile of one uniform number. */
  normal(): number;
  /** Poisson distributed count; mean in [0, 2^31]. */
  poisson(mean: number): number;
  /** True with probability p in [0, 1]. */
  bernoulli(p: number): boolean;
  /** The items in random order, as a new array; every order is equally likely. */
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * The root of all random numbers of a study.
 *
 * @param seed A finite number or any text; a number and its decimal text are the same seed.
 * @returns Doty-Humphrey's sfc32 (128 bits of state), keyed by a 128-bit hash of the seed and the labels of its forks.
 * @throws {InputError} A seed that is NaN or infinite.
 * @source sfc32: PractRand, C. Doty-Humphrey; the hash is MurmurHash3_x86_128, A. Appleby.
 * @example createRandom(1).fork("split").integer(100) === createRandom(1).fork("split").integer(100) // => true
 */
export function createRandom(seed: number | string): Random {
  if (typeof seed === "number" && !Number.isFinite(seed))
    throw new InputError(`a seed must be a finite number or a text; got ${seed}`);
  return keyedRandom(hash128(String(seed), Uint32Array.of(0, 0, 0, 0)));
}

function keyedRandom(key: Uint32Array): Random {
  const next = smallFastCounter(key);
  const uniform = (): number => {
    const high = next() >>> 5;
    return (high * 67108864 + (next() >>> 6)) / 9007199254740992;
  };
  const integer = (n: number): number => {
    if (!(Number.isInteger(n) && n >= 1 && n <= 9007199254740992))
      throw new InputError(`a random integer needs a range of 1 to 2^53 values; got ${n}`);
    return n <= 4294967296 ? boundedWord(next, n) : boundedDouble(uniform, n);
  };
  return {
    fork: (label) => keyedRandom(hash128(label, key)),
    uniform,
    integer,
    // (k + 1/2)·2^-52 is exact, never 0 or 1, and symmetric about 1/2
    normal: () => normalQuantile((Math.floor(uniform() * 4503599627370496) + 0.5) / 4503599627370496),
    poisson: (mean) => {
      if (!(mean >= 0 && mean <= 2147483648))
        throw new InputError(`a Poisson draw needs a mean in [0, 2^31]; got ${mean}`);
      return poissonDraw(uniform, mean);
    },
    bernoulli: (p) => {
      if (!(p >= 0 && p <= 1))
        throw new InputError(`a Bernoulli draw needs a probability in [0, 1]; got ${p}`);
      return uniform() < p;
    },
    shuffle: <T>(items: readonly T[]): T[] => {
      const shuffled = items.slice();
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
      }
      return shuffled;
    },
  };
}

/** sfc32: uniform 32-bit words. The first 15 are discarded, as its author does after seeding all words. */
function smallFastCounter(key: Uint32Array): () => number {
  // a typed array keeps the state unboxed
  const state = Int32Array.from(key);
  const next = (): number => {
    const b = state[1];
    const c = state[2];
    const counter = state[3];
    const word = (state[0] + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + word;
    state[3] = counter + 1;
    return word >>> 0;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** Rejects the words beyond the last multiple of n. */
function boundedWord(next: () => number, n: number): number {
  const limit = 4294967296 - (4294967296 % n);
  let word = next();
  while (word >= limit) word = next();
  return word % n;
}

function boundedDouble(uniform: () => number, n: number): number {
  const limit = 9007199254740992 - (9007199254740992 % n);
  let draw = uniform() * 9007199254740992;
  while (draw >= limit) draw = uniform() * 9007199254740992;
  return draw % n;
}
