import { InputError } from "../errors.ts";
import { contentHash } from "./content-hash.ts";
import type { Freeze, StudyModel } from "./study-model.ts";

/** A model that is final. */
export type FrozenModel = StudyModel & { readonly frozen: Freeze };

/**
 * A model of a run as the final one. Nothing of what it predicts changes; its content hash then covers the freeze too.
 *
 * @param model As a run stored it.
 * @throws {InputError} It is frozen already, or is not the model that the freeze speaks of.
 */
export function freezeModel(model: StudyModel, frozen: Freeze): FrozenModel {
  if (model.frozen !== undefined)
    throw new InputError(
      `model ${model.name} is frozen since ${model.frozen.on}; a model is frozen once; use the file as it is`,
    );
  if (frozen.model !== model.hash)
    throw new InputError(
      `the freeze speaks of another model than ${model.name}; freeze the model that the run stored`,
    );
  const content = { ...model, frozen, hash: undefined };
  return { ...content, hash: contentHash(content) };
}

/**
 * The model as a frozen one.
 *
 * @throws {InputError} It was never frozen.
 */
export function requireFrozen(model: StudyModel): FrozenModel {
  const { frozen } = model;
  if (frozen === undefined)
    throw new InputError(
      `validation needs a frozen model; got model ${model.name} as a run stored it; lock it with sentinode freeze before the new patients are scored`,
    );
  return { ...model, frozen };
}
