import type { LampColour, LampOf } from "./lamp.ts";
import type {
  AvailabilityEvidence,
  IdentityEvidence,
  LedgerEvidence,
  PermutationEvidence,
  PlausibilityEvidence,
  ShortcutEvidence,
} from "./evidence.ts";

/** The six lamps in the order of `LAMP_NAMES`. */
export type AuditLamps = readonly [
  LampOf<"permutations", PermutationEvidence>,
  LampOf<"availability", AvailabilityEvidence>,
  LampOf<"ledger", LedgerEvidence>,
  LampOf<"identities", IdentityEvidence>,
  LampOf<"shortcuts", ShortcutEvidence>,
  LampOf<"plausibility", PlausibilityEvidence>,
];

/** Any of the six lamps. */
export type Lamp = AuditLamps[number];

/** What an audit found; plain JSON without times and paths, so that equal runs give equal bytes. */
export interface StudyAudit {
  /** The gravest colour of the lamps. */
  readonly colour: LampColour;
  readonly lamps: AuditLamps;
}

/** How thoroughly an audit looks. */
export interface AuditOptions {
  /** Times the outcomes are permuted; at least 20. */
  readonly permutations: number;
  /**
   * Asked after every few permutations: whether those that are done must do, e.g. since a budget of time is spent. The
   * evidence says how many there were.
   */
  readonly enough?: (done: number) => boolean;
  /** Told after every few permutations how many are done. */
  readonly progress?: (done: number, total: number) => void;
}
