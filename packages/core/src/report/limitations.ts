import { InputError } from "../errors.ts";
import { carriedParameters, expectedShrinkage } from "../validation/sample-size-carried.ts";
import { developmentSampleSize } from "../validation/sample-size.ts";
import { evaluationGroups } from "./dataset-name.ts";
import { formatCount, formatFixed } from "./format.ts";
import { fullestModel } from "./nesting.ts";
import type { ReportModel, ReportModelEntry } from "./report-model.ts";
import { counted } from "./words.ts";

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
    ...(fullest === null ? [] : [trainingSize(fullest, model)]),
    ...((model.imputation ?? []).length === 0
      ? []
      : [
          "Multiple imputation assumes that a value is missing for reasons that the other variables know; values that are missing because of themselves bias the results. The model files hold single values of training patients, without names, as donors.",
        ]),
    ...((model.comparators ?? []).some(({ kind }) => kind === "published")
      ? [
          "The points of the published score were not checked against its paper; its figures stand and fall with them.",
        ]
      : []),
    "Patients without the reference standard are not in the table; if the decision to operate depended on the predictors, the results are biased.",
    "The report is for research. The models are not a medical device and must not guide the care of a patient.",
  ];
}

/** How many patients the fullest model had for what it estimates, and how many Riley's criteria ask for. */
function trainingSize({ name, fitted }: ReportModelEntry, model: ReportModel): string {
  const { patients, events, filtered = [] } = fitted.training;
  const candidates = filtered.reduce((sum, block) => sum + block.candidates, 0);
  const start = `The fullest model, ${name}, was learned from ${formatCount(patients)} patients with ${formatCount(events)} events`;
  const end = "a new fit on other patients of the same kind would give other coefficients.";
  if (fitted.kind !== "logistic" || fitted.predictor.columns.length === 0) return `${start}; ${end}`;
  const parameters = fitted.predictor.columns.length;
  const rarer = Math.min(events, patients - events);
  const chosen = candidates === 0 ? "" : `, after a choice among ${counted(candidates, "feature")} besides`;
  return `${start}, that is ${formatFixed(rarer / parameters, 1)} patients of the rarer outcome for each of its ${counted(parameters, "coefficient")}${chosen}${rileyWords(parameters, { patients, events }, aucOf(model, name))}; ${end}`;
}

/** The AUC of resampling, which is less optimistic than the apparent one. */
function aucOf({ evaluations }: ReportModel, name: string): number | null {
  const judged = evaluations.find(
    ({ model, dataset, method }) =>
      model === name && dataset === "development" && method === "cross-validation",
  );
  return judged?.auc.value ?? null;
}

/** What Riley's criteria ask for, and what this sample carries. */
function rileyWords(
  parameters: number,
  { patients: atHand, events }: { readonly patients: number; readonly events: number },
  auc: number | null,
): string {
  if (auc === null || auc <= 0.5 || auc >= 1) return "";
  const prevalence = events / atHand;
  const anticipated = { measure: "c-statistic", value: auc } as const;
  try {
    const { patients, coxSnell } = developmentSampleSize({ parameters, prevalence, anticipated });
    const carried = carriedParameters(atHand, 0.9, coxSnell);
    const left = formatFixed(expectedShrinkage(atHand, parameters, coxSnell), 2);
    return ` (Riley's criteria for a regression with so many coefficients, this share of events and the cross-validated AUC ask for ${formatCount(patients)} patients; at a shrinkage of 0.9 this sample carries ${counted(carried, "coefficient")}, and with ${formatCount(parameters)} a shrinkage of ${left} is to be expected without a penalty)`;
  } catch (error) {
    if (error instanceof InputError) return "";
    throw error;
  }
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
