import { honestPipeline } from "./analysed-rows.ts";
import { numericColumn, valuesOf, withColumns } from "./laboratory-columns.ts";
import { freshPatients, type LaboratoryCohort } from "./laboratory-cohort.ts";
import { usualPredictors } from "./laboratory-models.ts";
import type { Experiment, Mistake } from "./mistake.ts";
import { protocolRefusal } from "./refusal.ts";

const NAME = "cortex_mm_reread";

/** A finding is read again when the outcome is known. */
export const timeTravel: Mistake = {
  mode: "time-travel",
  title: "A predictor from after the decision",
  wrong: [
    "cortex = axillary images measured again for the study, after the dissection, report at hand",
    "training, test = split(patients)",
    "fit(training with cortex); auc(test)",
  ],
  right: [
    "cortex = as measured before surgery, blind to what came",
    "training, test = split(patients)",
    "fit(training with cortex); auc(test)",
  ],
  why: "A reader who knows the outcome measures what it suggests. No new patient comes with such a reading. Permuting the outcomes does not show it; only the time at which a value exists does.",
  published: [
    {
      finding:
        "temporal leakage is one of eight kinds of leakage, which together were found in 294 papers of 17 fields",
      source: "Kapoor & Narayanan 2023, Patterns, doi 10.1016/j.patter.2023.100804",
    },
  ],
  prevention:
    "A predictor that is known after the decision is refused; a model that was frozen after the first patient of a prospective cohort was enrolled may not be validated on it.",
  prepare,
  refusal: () => protocolRefusal(NAME, { type: "numeric", unit: "mm", known: "never" }),
};

function prepare(plain: LaboratoryCohort): Experiment {
  const cohort = withReading(plain, ({ outcome, random }) => {
    const draw = random.fork(NAME);
    return Float64Array.from(outcome, (event) => 0.4 * draw.normal() + 0.9 * event);
  });
  const axillary = usualPredictors.axillary.map((name) => (name === "cortex_mm" ? NAME : name));
  return {
    honest: honestPipeline(cohort),
    leaky: {
      ...honestPipeline(cohort, { ...usualPredictors, axillary }),
      known: { [NAME]: "never" },
    },
    // At the time of the decision the reader knows nothing that the first one did not.
    fresh: () =>
      withReading(freshPatients(plain, 5000), ({ outcome, random }) => {
        const draw = random.fork(NAME);
        return Float64Array.from(outcome, () => 0.4 * draw.normal());
      }),
  };
}

/** @param change What the second reader adds to the first measurement, in mm. */
function withReading(
  cohort: LaboratoryCohort,
  change: (cohort: LaboratoryCohort) => Float64Array,
): LaboratoryCohort {
  const first = valuesOf(cohort.table, "cortex_mm");
  const reread = change(cohort).map((added, row) => Math.max(0.5, first[row] + added));
  return { ...cohort, table: withColumns(cohort.table, [numericColumn(NAME, reread)]) };
}
