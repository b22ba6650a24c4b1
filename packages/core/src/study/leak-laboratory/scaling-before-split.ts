import { mean, sampleStandardDeviation } from "../../math/statistics.ts";
import { mapColumns, valuesOf } from "./laboratory-columns.ts";
import {
  axillaryNames,
  clinicalNames,
  freshPatients,
  type LaboratoryCohort,
  radiomicNames,
} from "./laboratory-cohort.ts";
import { type LearnedStep, steppedPipeline } from "./learned-step.ts";
import type { Experiment, Mistake } from "./mistake.ts";

/** Means and standard deviations are those of all patients, the later test patients among them. */
export const scalingBeforeSplit: Mistake = {
  mode: "scaling-before-split",
  title: "Scaled before the split",
  wrong: ["z = (x - mean(x)) / sd(x), ALL patients", "training, test = split(z)", "fit(training); auc(test)"],
  right: [
    "training, test = split(x)",
    "z = (x - mean(training)) / sd(training)",
    "fit(z of training); auc(z of test)",
  ],
  why: "The scale of the training patients knows something of the test patients. With hundreds of patients it is too little to see in an AUC; the test set is no longer unseen all the same, and in small or drifting cohorts it shows.",
  published: [
    {
      finding:
        "errors of partitioning, such as scaling or selecting before it, inflated performance by a factor of up to 1.4 and left a true AUC of 0.5",
      source: "Gidwani et al. 2023, Radiology, doi 10.1148/radiol.220715",
    },
  ],
  prevention:
    "Centre and scale of every column are a part of the fitted model, learned from its training patients, and stored with it.",
  prepare,
  refusal: null,
};

function prepare(cohort: LaboratoryCohort): Experiment {
  return {
    honest: steppedPipeline(cohort, standardisation, "development"),
    leaky: steppedPipeline(cohort, standardisation, "everybody"),
    fresh: () => freshPatients(cohort, 5000),
  };
}

const standardisation: LearnedStep = {
  name: "means and standard deviations",
  learn: (seen) => {
    const names = [...clinicalNames, ...axillaryNames, ...radiomicNames];
    const scales = new Map(
      names.map((name) => {
        const values = valuesOf(seen.table, name);
        return [name, { centre: mean(values), deviation: sampleStandardDeviation(values) }];
      }),
    );
    return (table) =>
      mapColumns(table, names, ({ name, values }) => {
        const { centre, deviation } = scales.get(name)!;
        return values.map((value) => (value - centre) / deviation);
      });
  },
};
