import type { PatientId } from "../cohort/patient.ts";
import type { Finding } from "../errors.ts";
import { isMissing, type PredictorTable } from "../features/predictor-table.ts";
import { refittedColumns } from "./comparator.ts";
import { predictorNames } from "./predictor-names.ts";
import type { Protocol } from "./protocol.ts";

/** From this share of incomplete patients on, one value for every missing one is a choice to be justified. */
const MANY = 0.05;

/**
 * What a reader must know of missing predictors: how many patients of the development set are incomplete, and whether the
 * imputation fits that. Radiomic features are not counted.
 *
 * @source White, Royston & Wood 2011, Stat Med 30:377-399, 7.3: as many imputations as the percentage of incomplete cases.
 */
export function missingFindings(
  protocol: Protocol,
  { patients, columns }: PredictorTable,
  development: readonly PatientId[],
): readonly Finding[] {
  const names = new Set([...predictorNames(protocol), ...refittedColumns(protocol)]);
  const asked = columns.filter(({ name }) => names.has(name));
  const members = new Set(development);
  const incomplete = patients.filter(
    (patient, row) => members.has(patient) && asked.some((column) => isMissing(column, row)),
  ).length;
  const share = incomplete / development.length;
  const counted = `${String(incomplete)} of ${String(development.length)} patients of the development set lack a predictor`;
  const { imputation } = protocol;
  if (imputation.method === "simple")
    return share < MANY
      ? []
      : [
          {
            code: "imputation-simple",
            severity: "info",
            message: `${counted}; their missing values became the median or the most frequent level, which hides the uncertainty and weakens associations; ask for imputation: { method: chained-equations } to impute several times`,
          },
        ];
  return imputation.imputations >= Math.ceil(100 * share)
    ? []
    : [
        {
          code: "imputations-few",
          severity: "info",
          message: `${counted}; multiple imputation needs about as many imputations as the percentage of incomplete patients; got ${String(imputation.imputations)}; ask for ${String(Math.ceil(100 * share))} where intervals must be reproducible`,
        },
      ];
}
