/** How an answer is judged: every number; the mean of several runs; booleans and nulls only. */
export type Kind = "deterministic" | "stochastic" | "behaviour";

/** A number passes if it differs by at most abs + rel·|expected|. */
export interface Tolerance {
  readonly abs: number;
  readonly rel: number;
}

/** A value that differs: where, and how. */
export interface Mismatch {
  readonly path: string;
  readonly problem: string;
}

interface Judgement {
  readonly tolerances: Readonly<Record<string, Tolerance>>;
  readonly kind: Kind;
  readonly mismatches: Mismatch[];
}

/** Mean, standard deviation and number of runs of a random procedure. */
interface Runs {
  readonly mean: number;
  readonly sd: number;
  readonly n: number;
}

type Path = readonly string[];

/**
 * Compares an answer with what other software gave; values that only the answer has are ignored.
 *
 * @param expected Numbers, texts ("Infinity", "-Infinity" and "NaN" are numbers), null for "not estimable", arrays, objects.
 * @param answer The same shape; typed arrays count as arrays.
 * @param tolerances By key; the key whose dotted parts are the longest run of the value's path wins over `default`.
 * @returns Every value that differs; none if the answer passes.
 */
export function compareToExpected(
  expected: unknown,
  answer: unknown,
  tolerances: Readonly<Record<string, Tolerance>> = {},
  kind: Kind = "deterministic",
): Mismatch[] {
  const judgement: Judgement = { tolerances, kind, mismatches: [] };
  compare(expected, answer, [], judgement);
  return judgement.mismatches;
}

/** The tolerance for a value: the longest key that occurs as a run of its path, of equally long ones the last. */
export function toleranceFor(tolerances: Readonly<Record<string, Tolerance>>, path: Path): Tolerance {
  let best = tolerances["default"] ?? { abs: 1e-8, rel: 1e-7 };
  let length = 0;
  for (const [key, tolerance] of Object.entries(tolerances)) {
    if (key === "default") continue;
    const parts = key.split(".");
    const occurs = path.some(
      (_, i) => i + parts.length <= path.length && parts.every((part, j) => path[i + j] === part),
    );
    if (occurs && parts.length >= length) [best, length] = [tolerance, parts.length];
  }
  return best;
}

function compare(expected: unknown, given: unknown, path: Path, judgement: Judgement): void {
  const answer = ArrayBuffer.isView(given) ? Array.from(given as Float64Array) : given;
  const number = asNumber(expected);
  if (isRuns(expected) && judgement.kind === "stochastic") compareRuns(expected, answer, path, judgement);
  else if (expected === null || Number.isNaN(number)) expectNothing(answer, path, judgement);
  else if (number !== null) compareNumbers(number, answer, path, judgement);
  else if (Array.isArray(expected)) compareArrays(expected, answer, path, judgement);
  else if (typeof expected === "object")
    compareObjects(expected as Record<string, unknown>, answer, path, judgement);
  else if (typeof expected === "boolean" || judgement.kind !== "behaviour") {
    // descriptive texts of a behaviour are for a human
    if (answer !== expected) report(`expected ${show(expected)}, got ${show(answer)}`, path, judgement);
  }
}

function compareRuns(expected: Runs, answer: unknown, path: Path, judgement: Judgement): void {
  if (!isRuns(answer)) {
    report("missing {mean, sd, n}", path, judgement);
    return;
  }
  const { abs, rel } = toleranceFor(judgement.tolerances, path);
  const standardError = Math.sqrt(expected.sd ** 2 / expected.n + answer.sd ** 2 / answer.n);
  const limit = 4 * standardError + abs + rel * Math.abs(expected.mean);
  if (!(Math.abs(answer.mean - expected.mean) <= limit))
    report(
      `mean ${answer.mean} differs from ${expected.mean} by more than ${limit.toPrecision(3)}`,
      path,
      judgement,
    );
}

function expectNothing(answer: unknown, path: Path, judgement: Judgement): void {
  const nothing = answer === null || answer === undefined || Number.isNaN(asNumber(answer));
  if (!nothing) report(`expected nothing estimable, got ${show(answer)}`, path, judgement);
}

function compareNumbers(expected: number, answer: unknown, path: Path, judgement: Judgement): void {
  const number = asNumber(answer);
  if (number === expected) return;
  const { abs, rel } = toleranceFor(judgement.tolerances, path);
  // an infinite value must be met exactly: no finite number is near it
  const allowed = Number.isFinite(expected) ? abs + rel * Math.abs(expected) : 0;
  if (number === null || !(Math.abs(number - expected) <= allowed))
    report(
      `expected ${expected}, got ${show(answer)} (allowed ${allowed.toExponential(1)})`,
      path,
      judgement,
    );
}

function compareArrays(
  expected: readonly unknown[],
  answer: unknown,
  path: Path,
  judgement: Judgement,
): void {
  if (!Array.isArray(answer)) {
    // software that drops dimensions prints an array of one as its only value
    if (expected.length === 1) compare(expected[0], answer, path, judgement);
    else report(`expected ${expected.length} values, got ${show(answer)}`, path, judgement);
    return;
  }
  if (answer.length !== expected.length)
    report(`expected ${expected.length} values, got ${answer.length}`, path, judgement);
  expected.forEach((value, i) => compare(value, answer[i], [...path, String(i)], judgement));
}

function compareObjects(
  expected: Record<string, unknown>,
  answer: unknown,
  path: Path,
  judgement: Judgement,
): void {
  if (typeof answer !== "object" || answer === null) {
    if (Object.keys(expected).length > 0) report("missing", path, judgement);
    return;
  }
  for (const [key, value] of Object.entries(expected)) {
    if (!(key in answer) && value !== null) report("missing", [...path, key], judgement);
    else compare(value, (answer as Record<string, unknown>)[key], [...path, key], judgement);
  }
}

function isRuns(value: unknown): value is Runs {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length === 3 && ["mean", "sd", "n"].every((key) => key in value);
}

/** The number a value stands for, null if it is none. */
function asNumber(value: unknown): number | null {
  if (typeof value === "number") return value;
  return value === "Infinity" || value === "-Infinity" || value === "NaN" ? Number(value) : null;
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 60);
}

function report(problem: string, path: Path, judgement: Judgement): void {
  judgement.mismatches.push({ path: path.join("."), problem });
}
