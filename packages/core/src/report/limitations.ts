import { evaluationGroups } from "./dataset-name.ts";
import { formatCount } from "./format.ts";
import { fullestModel } from "./nesting.ts";
import type { ReportModel } from "./report-model.ts";

/** Events and non-events below which a validation sample is called small (Collins et al. 2016, Stat Med 35:214-226). */
const ENOUGH = 100;

/**
 * Limitations that follow from the study's own numbers.
 *
 * @returns Sentences; never empty, since the use for research alone is always among them.
 */
export function limitationSentences(model: ReportModel): readonly string[] {
  const groups = evaluationGroups(model);
  const heldOut = groups.filter(({ method }) => method === "held-out");
  const fullest = fullestModel(model.models);
  return [
    ...(model.study.simulated
      ? [
          "The patients are simulated. Nothing here says anything about real patients; the report shows how a study runs.",
        ]
      : []),
    ...(heldOut.length === 0
      ? [
          "No patients were set apart: performance is internal validation by resampling and says nothing about other places or times.",
        ]
      : []),
    ...heldOut.flatMap(({ label, evaluations }) => smallSample(label, evaluations[0])),
    ...(heldOut.some(({ dataset }) => dataset.startsWith("external:"))
      ? []
      : ["No external set was judged: the models are untested in other hospitals and on other scanners."]),
    ...(fullest === null
      ? []
      : [
          `The fullest model was learned from ${formatCount(fullest.fitted.training.patients)} patients with ${formatCount(fullest.fitted.training.events)} events; a new fit on other patients of the same kind would give other coefficients.`,
        ]),
    ...((model.imputation ?? []).length === 0
      ? []
      : [
          "Multiple imputation assumes that a value is missing for reasons that the other variables know; values that are missing because of themselves bias the results. The model files hold single values of training patients, without names, as donors.",
        ]),
    "Patients without the reference standard are not in the table; if the decision to operate depended on the predictors, the results are biased.",
    "The report is for research. The models are not a medical device and must not guide the care of a patient.",
  ];
}

function smallSample(
  label: string,
  { patients, events }: { readonly patients: number; readonly events: number },
): readonly string[] {
  if (Math.min(events, patients - events) >= ENOUGH) return [];
  return [
    `${label}: ${formatCount(events)} patients with and ${formatCount(patients - events)} without the event are fewer than the ${ENOUGH} of each that a validation sample should have; intervals are wide, and the calibration curve is unstable.`,
  ];
}
