import { centreColumn, mapColumns, withColumns } from "./laboratory-columns.ts";
import { honestPipeline } from "./analysed-rows.ts";
import { freshPatients, type LaboratoryCohort, radiomicNames } from "./laboratory-cohort.ts";
import { centreShortcut } from "./laboratory-shortcuts.ts";
import type { Experiment, Mistake } from "./mistake.ts";

/** Cases and controls come from different hospitals, whose scanners the images give away. */
export const siteIsOutcome: Mistake = {
  mode: "site-is-outcome",
  title: "The hospital stands for the outcome",
  wrong: [
    "events mostly from the referral centre, others mostly from the screening centre",
    "training, test = split(patients of both)",
    "fit(training with image features); auc(test)",
  ],
  right: [
    "outcomes equally frequent in both centres",
    "training, test = split(patients of both)",
    "fit(training with image features); auc(test)",
  ],
  why: "Image features tell the scanner, the scanner tells the hospital, the hospital tells the outcome, in the test set too. In another hospital nothing of it is left. Permuting the outcomes cuts the same thread and does not show it.",
  published: [
    {
      finding: "calipers and text drawn on breast ultrasound images act as shortcuts of a classifier",
      source: "Lin et al. 2024, arXiv 2403.06748",
    },
    {
      finding:
        "harmonisation does not save a design in which classes are unevenly spread over the sites: its benefit was partly leakage",
      source: "Nieto et al. 2026, Neurocomputing, doi 10.1016/j.neucom.2026.133146",
    },
  ],
  prevention:
    "The audit asks what the centre, the metadata and the background of the images predict alone; a split by centre shows what is left elsewhere.",
  prepare,
  refusal: null,
};

/** Patients from the referral centre among those with and without the event. */
const CONFOUNDED = { event: 0.95, none: 0.05 };
const BALANCED = { event: 0.5, none: 0.5 };

function prepare(plain: LaboratoryCohort): Experiment {
  const cohort = fromTwoCentres(plain, CONFOUNDED);
  const balanced = fromTwoCentres(plain, BALANCED);
  return {
    honest: { ...honestPipeline(balanced), shortcuts: [centreShortcut(balanced.table)] },
    leaky: { ...honestPipeline(cohort), shortcuts: [centreShortcut(cohort.table)] },
    fresh: () => fromTwoCentres(freshPatients(plain, 5000), BALANCED),
  };
}

/** The scanner of the referral centre raises a third of the features. */
function fromTwoCentres(
  cohort: LaboratoryCohort,
  share: { readonly event: number; readonly none: number },
): LaboratoryCohort {
  const draw = cohort.random.fork("centre");
  const codes = Int16Array.from(cohort.outcome, (event) =>
    draw.bernoulli(event === 1 ? share.event : share.none) ? 1 : 0,
  );
  const shifted = mapColumns(
    cohort.table,
    radiomicNames.filter((_, index) => index % 3 === 0),
    ({ values }) => values.map((value, row) => value + 0.8 * codes[row]),
  );
  return { ...cohort, table: withColumns(shifted, [centreColumn(["Screening", "Referral"], codes)]) };
}
