import type { HeldOutOutcomes, HeldOutPart } from "../cohort/seal.ts";
import { InputError } from "../errors.ts";

/** A model that held-out outcomes are opened to judge. */
export interface JudgedModel {
  readonly name: string;
  /** Content hash of the stored model. */
  readonly hash: string;
}

/** Why, and for which protocol and models, the outcomes of a part are opened. */
export interface Opening {
  readonly dataset: HeldOutPart;
  readonly purpose: "held-out evaluation" | "cross-validation of all patients";
  readonly protocolHash: string;
  /** None where models are yet to be fitted. */
  readonly models: readonly JudgedModel[];
}

/**
 * The port behind which held-out outcomes lie from the split to the evaluation. Whoever keeps them writes each opening
 * down before it gives them out.
 */
export interface OutcomeVault {
  /** Puts outcomes away; those of the same part that were put away before are replaced. */
  seal(outcomes: HeldOutOutcomes): Promise<void>;
  /** @throws {InputError} Nothing was put away for the part. */
  open(opening: Opening): Promise<HeldOutOutcomes>;
}

/** A vault in memory, with a list of its openings. */
export interface MemoryVault extends OutcomeVault {
  readonly openings: readonly Opening[];
}

/** A vault for work that leaves no record: tests, checks, and programs that keep a record of their own. */
export function memoryVault(): MemoryVault {
  const kept = new Map<HeldOutPart, HeldOutOutcomes>();
  const openings: Opening[] = [];
  return {
    openings,
    seal: (outcomes) => {
      kept.set(outcomes.dataset, outcomes);
      return Promise.resolve();
    },
    open: (opening) => {
      const outcomes = kept.get(opening.dataset);
      if (outcomes === undefined)
        return Promise.reject(
          new InputError(
            `a vault needs outcomes before it is opened; got none of the ${opening.dataset} set; seal them first`,
          ),
        );
      openings.push(opening);
      return Promise.resolve(outcomes);
    },
  };
}
