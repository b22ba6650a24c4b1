import type { SimulatedPatient } from "../../cohort/simulate-cohort.ts";
import { honestPipeline } from "./analysed-rows.ts";
import { numericColumn, withColumns } from "./laboratory-columns.ts";
import { freshPatients, type LaboratoryCohort } from "./laboratory-cohort.ts";
import { usualPredictors } from "./laboratory-models.ts";
import type { Experiment, Mistake } from "./mistake.ts";
import { protocolRefusal } from "./refusal.ts";

const NAME = "total_positive_nodes";

/** A column of the table is counted from the outcome itself. */
export const outcomeDerivedColumn: Mistake = {
  mode: "outcome-derived-column",
  title: "A predictor that contains the outcome",
  wrong: [
    "predictors = clinical findings + total number of positive nodes",
    "training, test = split(patients)",
    "fit(training, predictors); auc(test)",
  ],
  right: [
    "predictors = findings that exist at the time of the decision",
    "training, test = split(patients)",
    "fit(training, predictors); auc(test)",
  ],
  why: "The total counts the nodes of the dissection, whose result is to be predicted. Permuting the outcomes does not show it: the count stays with its patient, so that it predicts nothing of a permuted outcome.",
  published: [
    {
      finding:
        "illegitimate features are one of eight kinds of leakage, which together were found in 294 papers of 17 fields",
      source: "Kapoor & Narayanan 2023, Patterns, doi 10.1016/j.patter.2023.100804",
    },
  ],
  prevention:
    "Every variable states when it is known; names of what only the dissection tells are refused as predictors, and a single predictor with an AUC above 0.90 raises an alarm.",
  prepare,
  refusal: () => protocolRefusal(NAME, { type: "numeric", known: "never" }),
};

function prepare(plain: LaboratoryCohort): Experiment {
  const cohort = withTotal(plain, ({ clinical, nslnMetastasis }, draw) => {
    const isTrue = !draw.bernoulli(0.04);
    const inDissection = (nslnMetastasis === 1) === isTrue ? 1 + draw.poisson(1.2) : 0;
    return clinical.sentinelNodesPositive + inDissection;
  });
  const predictors = { ...usualPredictors, clinical: [...usualPredictors.clinical, NAME] };
  return {
    honest: honestPipeline(cohort),
    leaky: honestPipeline(cohort, predictors),
    // Before the dissection nobody has counted its nodes.
    fresh: () => withTotal(freshPatients(plain, 5000), () => NaN),
  };
}

function withTotal(
  cohort: LaboratoryCohort,
  total: (patient: SimulatedPatient, draw: LaboratoryCohort["random"]) => number,
): LaboratoryCohort {
  const random = cohort.random.fork(NAME);
  const values = Float64Array.from(cohort.simulated, (patient) => total(patient, random));
  return { ...cohort, table: withColumns(cohort.table, [numericColumn(NAME, values)]) };
}
