import { appendFileSync } from "node:fs";

/** `SENTINODE_EXTENT`: `short` (default), `long`, or a share of the long form such as `0.2`. */
const asked = process.env["SENTINODE_EXTENT"] ?? "short";

/** How many points a rig tries: the short form in every suite, the long one on request. */
export function pointsOf(counts: { readonly short: number; readonly long: number }): number {
  if (asked === "short") return counts.short;
  return asked === "long" ? counts.long : Math.max(counts.short, Math.round(Number(asked) * counts.long));
}

/**
 * Up to `most` whole numbers from 1 to `last`, evenly spread, the first and the last among them.
 *
 * @example spread(10, 4) // => [1, 4, 7, 10]
 */
export function spread(last: number, most: number): number[] {
  if (last <= most) return Array.from({ length: last }, (_, k) => k + 1);
  if (most === 1) return [Math.ceil(last / 2)];
  return Array.from({ length: most }, (_, k) => 1 + Math.round((k * (last - 1)) / (most - 1)));
}

/** Numbers in [0, 1), the same for a seed: Park and Miller's generator. */
export function seededShares(seed: number): () => number {
  let state = (seed * 7919) % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** What a rig found, for the page of the documentation. */
export interface Figure {
  readonly rig: string;
  readonly what: string;
  readonly points: number;
  readonly result: string;
}

/** Prints what a rig found, and keeps it where `SENTINODE_FIGURES` names a file. */
export function report(figure: Figure): void {
  console.log(`${figure.rig}: ${figure.what}: ${String(figure.points)} points: ${figure.result}`);
  const file = process.env["SENTINODE_FIGURES"];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figure)}\n`);
}
