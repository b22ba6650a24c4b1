/** How far the special functions lie from mpmath's values: of the project's own file, or of another of the same form. */
import { readFileSync } from "node:fs";
import * as distributions from "../../packages/core/src/math/distributions.ts";
import * as elementary from "../../packages/core/src/math/elementary.ts";

/** A function, its arguments, the double nearest to its value, and what that double lacks. */
type Reference = readonly [name: string, values: readonly number[], value: number, rest: number];

/** The largest error of a function, and where it was found. */
export interface Accuracy {
  readonly name: string;
  readonly count: number;
  /** In units in the last place for elementary functions, otherwise relative. */
  readonly worst: number;
  readonly unit: "ulp" | "relative";
  readonly at: readonly number[];
}

const { hypergeometricDensity, hypergeometricTails } = distributions;
const urn = (white: number, black: number, drawn: number) => ({ white, black, drawn });

type Function = (...values: number[]) => unknown;

const functions: Readonly<Record<string, unknown>> = {
  ...elementary,
  ...distributions,
  hypergeometricTails: (k: number, w: number, b: number, n: number) => hypergeometricTails(k, urn(w, b, n)),
  hypergeometricDensity: (k: number, w: number, b: number, n: number) =>
    hypergeometricDensity(k, urn(w, b, n)),
};

/** References as special_functions.py prints them. */
export function readReferences(path: string): Reference[] {
  const [, ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [name, values, value, rest] = line.split(",");
    return [name, values.split(" ").map(Number), Number(value), Number(rest)];
  });
}

/** The largest error of every function among the references, in the order of their first appearance. */
export function accuracies(references: readonly Reference[]): Accuracy[] {
  const worst = new Map<string, Accuracy>();
  for (const [name, values, value, rest] of references) {
    const [base, part] = name.split(".");
    const unit = base in elementary && base !== "logGamma" ? "ulp" : "relative";
    const result = (functions[base] as Function)(...values);
    const answer = part === undefined ? (result as number) : (result as Record<string, number>)[part];
    const distance = Math.abs(answer - value - rest);
    const error = distance === 0 ? 0 : distance / (unit === "ulp" ? lastPlace(value) : Math.abs(value));
    const known = worst.get(name) ?? { name, count: 0, worst: -1, unit, at: [] };
    // an answer that is no number is infinitely far
    const isWorse = !(error <= known.worst);
    const largest = isWorse ? (Number.isNaN(error) ? Infinity : error) : known.worst;
    worst.set(name, { name, unit, count: known.count + 1, worst: largest, at: isWorse ? values : known.at });
  }
  return [...worst.values()];
}

/** The distance from a normal double to the next one away from 0. */
function lastPlace(x: number): number {
  const bits = new BigInt64Array(Float64Array.of(Math.abs(x)).buffer);
  const next = new Float64Array(BigInt64Array.of(bits[0] + 1n).buffer)[0];
  return next - Math.abs(x);
}
