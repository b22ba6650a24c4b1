/** A fact that the reader of a result must know; core has no console, so findings travel in results. */
export interface Finding {
  /** Stable word for programs, e.g. `mask-several-components`. */
  readonly code: string;
  readonly severity: "info" | "warning" | "error";
  /** What needs what; got what; what to do. Never a clinical value or a name. */
  readonly message: string;
}

/** The caller's data break a stated precondition. `problems` lists all of them where a human table was read. */
export class InputError extends Error {
  override readonly name: string = "InputError";
  readonly problems: readonly string[];
  constructor(problem: string | readonly string[]) {
    const problems = typeof problem === "string" ? [problem] : problem;
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/** The input is valid but has no answer: separation, no convergence, a variance of zero. */
export class NumericalError extends Error {
  override readonly name: string = "NumericalError";
}

/** The bytes of a file are not what they claim to be. */
export class FormatError extends Error {
  override readonly name: string = "FormatError";
}
