/** Green: nothing speaks against it; amber: a reader must know; red: the result cannot stand as it is. */
export type LampColour = "green" | "amber" | "red";

/** One reason why a lamp is not green. */
export interface LampReason {
  /** Stable word for programs, e.g. `permuted-auc-high`. */
  readonly code: string;
  readonly colour: Exclude<LampColour, "green">;
  /** What needs what; got what; what to do. Never a clinical value or a name. */
  readonly message: string;
}

const GRAVITY: readonly LampColour[] = ["green", "amber", "red"];

/**
 * The gravest of several colours.
 *
 * @returns Green for none.
 * @example gravestColour(["green", "red", "amber"]) // => "red"
 */
export function gravestColour(colours: readonly LampColour[]): LampColour {
  return GRAVITY[Math.max(0, ...colours.map((colour) => GRAVITY.indexOf(colour)))];
}

/**
 * Reasons with the gravest first, in their own order otherwise.
 *
 * @example byGravity([{ code: "a", colour: "amber", message: "" }, { code: "b", colour: "red", message: "" }])[0].code // => "b"
 */
export function byGravity(reasons: readonly LampReason[]): readonly LampReason[] {
  return [...reasons].sort((a, b) => GRAVITY.indexOf(b.colour) - GRAVITY.indexOf(a.colour));
}
