import { InputError } from "../errors.ts";
import type { PredictorTable } from "../features/predictor-table.ts";
import { calibrateCombat } from "../selection/combat-calibrate.ts";
import { combatData } from "./harmonise.ts";
import type { FittedModel } from "./model.ts";

/**
 * A model that can also be applied to patients of a new centre, whose effect is learned from a sample of them without
 * their outcomes. Everything else in the model stays as it was frozen; the sample may not be used to judge the model.
 *
 * @param sample Patients of one centre, declared beforehand; columns as the model needs them.
 * @throws {InputError} The model has no harmonisation, the sample holds several centres or a known one, or as
 *   `calibrateCombat`.
 */
export function calibrateCentre(model: FittedModel, sample: PredictorTable): FittedModel {
  const { harmonisation } = model;
  if (harmonisation === undefined)
    throw new InputError(
      `calibration for a centre needs a model with harmonisation; model ${model.name} has none; apply it as it is`,
    );
  const { values, batches, covariates } = combatData(harmonisation, harmonisation.combat.features, sample);
  const centres = [...new Set(batches)];
  if (centres.length !== 1)
    throw new InputError(
      `calibration needs a sample of one centre; got ${centres.length} centres; calibrate for one after the other`,
    );
  const combat = calibrateCombat(harmonisation.combat, { batch: centres[0], values, covariates });
  return {
    ...model,
    inputs: model.inputs.map((input) =>
      input.kind === "categorical" && input.name === harmonisation.by && !input.levels.includes(centres[0])
        ? { ...input, levels: [...input.levels, centres[0]] }
        : input,
    ),
    harmonisation: { ...harmonisation, combat },
  };
}
