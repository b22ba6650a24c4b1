import { InputError } from "../errors.ts";
import type { FittedModel, LogisticModel } from "./model.ts";

/**
 * The model, if it is a regression: what reads coefficients, e.g. odds ratios or a nomogram, needs one.
 *
 * @throws {InputError} The model is a learner.
 */
export function requireLogistic(model: FittedModel): LogisticModel {
  if (model.kind === "logistic") return model;
  throw new InputError(
    `coefficients need a logistic regression; model ${model.name} is of kind ${model.kind}; look at its contributions`,
  );
}
