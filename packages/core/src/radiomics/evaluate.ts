import type { FeatureFamily, FeatureDefinition, FeatureValue } from "../features/feature-definition.ts";

/**
 * The features of a family, each the mean over matrices of those for which it exists.
 *
 * @param inputs What features are computed from: one for each matrix that is averaged over, often a single one.
 * @param whenEmpty Reason given for all features where there is no input.
 * @returns In the order of the family; null with the reason where a feature exists for no input.
 */
export function evaluate<Input>(
  family: FeatureFamily<Input>,
  inputs: readonly Input[],
  whenEmpty: string,
): FeatureValue[] {
  return Object.values(family).map((definition) =>
    inputs.length === 0 ? { value: null, reason: whenEmpty } : meanOf(definition, inputs),
  );
}

function meanOf<Input>(definition: FeatureDefinition<Input>, inputs: readonly Input[]): FeatureValue {
  let [sum, existing] = [0, 0];
  for (const input of inputs) {
    const value = definition.compute(input);
    if (value === null) continue;
    sum += value;
    existing++;
  }
  if (existing === 0)
    return { value: null, reason: definition.undefinedWhen ?? "the feature does not exist for this region" };
  const mean = sum / existing;
  if (!Number.isFinite(mean))
    return { value: null, reason: "intensities are too large or too small to compute it" };
  // Adding 0 turns -0 into 0.
  return { value: mean + 0 };
}
