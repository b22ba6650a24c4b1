import type { Protocol } from "../study/protocol.ts";
import { counted, listed } from "./words.ts";

/** How chained equations impute, in sentences that begin with a space; empty for simple imputation. */
export function imputationSentences({ imputation, blocks, variables }: Protocol): string {
  if (imputation.method === "simple") return "";
  const { imputations, iterations, derived } = imputation;
  const label = (name: string) => variables[name]?.label ?? name;
  const computed = Object.entries(derived).map(
    ([name, { operation, of }]) =>
      ` ${label(name)} is computed as the ${operation} of ${listed(of.map(label))} and does not predict them.`,
  );
  const hasFeatures = Object.values(blocks).some((block) => !Array.isArray(block) && "radiomics" in block);
  const features = hasFeatures ? " Missing radiomic features are replaced by the median." : "";
  return ` Missing values of predictors are imputed ${imputations} times by chained equations of ${counted(iterations, "round")} each: numbers by predictive mean matching among 5 donors, levels by logistic, multinomial or proportional odds regression.${computed.join("")}${features} The outcome takes part when training patients are imputed and never when patients are predicted: for these, equations without the outcome are learned on the completed training tables. Each model is fitted on every completed table and has the mean coefficients, with standard errors by Rubin's rules where the method gives any. The risk of a patient with missing values is the mean of the risks over the imputations.`;
}
