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

/** The questions that an audit asks, in the order of its page. */
export const LAMP_NAMES = [
  "permutations",
  "availability",
  "ledger",
  "identities",
  "shortcuts",
  "plausibility",
] as const;

/** One question of an audit. */
export type LampName = (typeof LAMP_NAMES)[number];

/** The answer to one question with what it rests on. */
export interface LampOf<Name extends LampName, Evidence> {
  readonly name: Name;
  readonly title: string;
  /** The gravest of its reasons; green without one. */
  readonly colour: LampColour;
  /** What was asked and what was found, in one or two sentences. */
  readonly verdict: string;
  /** Why the lamp is not green, the gravest first. */
  readonly reasons: readonly LampReason[];
  readonly evidence: Evidence;
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

/**
 * A lamp whose colour is that of its gravest reason.
 *
 * @param lamp Its parts; reasons in any order.
 */
export function toLamp<Name extends LampName, Evidence>(
  lamp: Omit<LampOf<Name, Evidence>, "colour">,
): LampOf<Name, Evidence> {
  return {
    ...lamp,
    colour: gravestColour(lamp.reasons.map(({ colour }) => colour)),
    reasons: byGravity(lamp.reasons),
  };
}
