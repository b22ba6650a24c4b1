import { InputError } from "@sentinode/core/radiomics";

/** A part of a table of cases. */
export interface Shard {
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

/**
 * The shard that `I/N` names.
 *
 * @throws {InputError} Anything else, or an I that is not from 1 to N.
 * @example parseShard("2/8") // => { "part": 2, "parts": 8 }
 */
export function parseShard(text: string): Shard {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const [part, parts] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || part < 1 || part > parts)
    throw new InputError("--shard needs I/N with I from 1 to N, e.g. 2/8; got something else");
  return { part, parts };
}

/**
 * The cases of a shard: shards follow each other and are as long as each other, give or take one.
 *
 * @example boundsOf({ part: 2, parts: 3 }, 10) // => [3, 6]
 */
export function boundsOf({ part, parts }: Shard, cases: number): [first: number, end: number] {
  return [Math.floor(((part - 1) * cases) / parts), Math.floor((part * cases) / parts)];
}

/**
 * The file name of a shard's table.
 *
 * @example shardName({ part: 2, parts: 8 }) // => "part-2-of-8.csv"
 */
export function shardName({ part, parts }: Shard): string {
  return `part-${part}-of-${parts}.csv`;
}

/** The shard whose table has a file name, or null. */
export function shardOfName(file: string): Shard | null {
  const match = /^part-([1-9]\d{0,5})-of-([1-9]\d{0,5})\.csv$/.exec(file);
  return match === null ? null : { part: Number(match[1]), parts: Number(match[2]) };
}
