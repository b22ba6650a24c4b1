import {
  VERIFICATION_MEASURES,
  type VerificationMeasure,
  type VerificationSensitivity,
} from "../validation/verification-bias.ts";
import { verificationWords } from "../validation/verification-words.ts";
import { formatCount, formatEstimate, formatFixed, formatSigned } from "./format.ts";
import type { PrintedTable } from "./table.ts";

const HEADS: Readonly<Record<VerificationMeasure, string>> = {
  prevalence: "Prevalence",
  auc: "AUC",
  sensitivity: "Sensitivity",
  specificity: "Specificity",
  ppv: "PPV",
  npv: "NPV",
};

/** How the measures of a model depend on what is assumed of patients without a verified outcome. */
export function verificationTable(sensitivity: VerificationSensitivity, model: string): PrintedTable {
  const { verified, naive, rows } = sensitivity;
  return {
    id: `verification-${model}`,
    title: `Sensitivity of model ${model} to unverified outcomes`,
    columns: [
      "Assumption",
      "Odds ratio",
      ...VERIFICATION_MEASURES.map((measure) => `${HEADS[measure]} (95% CI)`),
    ],
    rows: [
      {
        kind: "row",
        cells: [
          `${formatCount(verified)} verified patients only`,
          "",
          ...VERIFICATION_MEASURES.map((measure) => formatFixed(naive[measure], 3)),
        ],
      },
      ...rows.map(({ delta, oddsRatio, estimates }) => ({
        kind: "row" as const,
        cells: [
          delta === 0 ? "missing at random (delta 0)" : `delta ${formatSigned(delta, 2)}`,
          formatFixed(oddsRatio, 2),
          ...VERIFICATION_MEASURES.map((measure) => formatEstimate(estimates[measure], 3)),
        ],
      })),
    ],
    note: verificationWords(sensitivity),
  };
}
