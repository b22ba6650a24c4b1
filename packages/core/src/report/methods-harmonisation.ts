import { codeBook } from "../study/protocol-variables.ts";
import type { Protocol } from "../study/protocol.ts";
import { listed } from "./words.ts";

/** How features of several centres are brought to one scale, in sentences that begin with a space; empty without it. */
export function harmonisationSentences({ harmonisation, variables }: Protocol): string {
  if (harmonisation === undefined) return "";
  const { by, covariates, priors, meanOnly, reference } = harmonisation;
  const label = (name: string) => variables[name]?.label ?? name;
  const target =
    reference === undefined
      ? "the mean of all"
      : `the level of ${codeBook(variables[by]?.levels).find(({ code }) => code === String(reference))?.label ?? String(reference)}`;
  const kept =
    covariates.length === 0
      ? " No covariate is kept: if centres differ in their patients, that difference is removed with the rest."
      : ` The relation of the features to ${listed(covariates.map(label))} is kept.`;
  return ` Radiomic features are harmonised by ComBat over ${label(by)}, to ${target}: ${meanOnly ? "means" : "means and spreads"} of each feature, shrunken towards those of the other features with ${priors === "parametric" ? "parametric" : "empirical"} priors. It is learned from the training patients of each fit without their outcomes and applied to the others unchanged; a centre without training patients is refused.${kept}`;
}
