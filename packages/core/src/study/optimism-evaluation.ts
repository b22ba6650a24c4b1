import type { Finding } from "../errors.ts";
import type { Evaluation, MeasuredEstimate } from "../validation/evaluation.ts";
import type { CorrectedIndex, OptimismCorrection } from "../validation/optimism.ts";

/** Patients and events of a development set. */
export interface DevelopmentCounts {
  readonly patients: number;
  readonly events: number;
}

/**
 * A correction of optimism as an evaluation: AUC, slope and Brier score.
 *
 * @param model Name, as printed.
 * @returns Calibration in the large, curves and operating points are null or empty: apparent risks are right on average by
 *   construction, and a correction of them says nothing.
 */
export function correctedEvaluation(
  model: string,
  correction: OptimismCorrection,
  { patients, events }: DevelopmentCounts,
): { readonly evaluation: Evaluation; readonly findings: readonly Finding[] } {
  const share = events / patients;
  const brier = correction.indices.brier.corrected;
  return {
    evaluation: {
      model,
      dataset: "development",
      method: "bootstrap",
      patients,
      events,
      auc: valueOf(correction.indices.auc),
      brier: { value: brier },
      scaledBrier: { value: brier === null ? null : 1 - brier / (share * (1 - share)) },
      calibration: {
        intercept: { value: null, lower: null, upper: null, method: "not corrected" },
        slope: valueOf(correction.indices.slope),
        ici: { value: null },
        curve: [],
      },
      decisionCurve: [],
      thresholds: [],
    },
    findings: [
      {
        code: "optimism-partial",
        severity: "info",
        message: `${model} on development, bootstrap: AUC, Brier score and slope are corrected for optimism, without intervals; intercept, calibration index, curves and operating points are not and have no value`,
      },
      ...correction.findings.map((finding) => ({ ...finding, message: `${model}: ${finding.message}` })),
    ],
  };
}

/**
 * A corrected index without an interval: percentiles of the samples' own performance sit too high for a model that fits its
 * sample closely, and would exclude the corrected value.
 */
function valueOf({ corrected, resamples }: CorrectedIndex): MeasuredEstimate {
  return {
    value: corrected,
    lower: null,
    upper: null,
    method: `optimism-corrected, ${String(resamples)} resamples`,
  };
}
