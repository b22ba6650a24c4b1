import { linearPredictor } from "../../packages/core/src/math/elastic-net-cross-validation.ts";
import { logistic } from "../../packages/core/src/math/elementary.ts";
import { logisticRegression } from "../../packages/core/src/math/logistic-regression.ts";
import { matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { mean } from "../../packages/core/src/math/statistics.ts";
import { brierScore } from "../../packages/core/src/validation/brier.ts";
import {
  calibrationInTheLarge,
  calibrationSlope,
  observedExpectedRatio,
} from "../../packages/core/src/validation/calibration.ts";
import { delongAuc } from "../../packages/core/src/validation/delong.ts";
import { auc } from "../../packages/core/src/validation/roc.ts";
import { applyFormula, completeRows, designOf, outcomeOf, variablesOf } from "../models/formula.ts";
import { numbers, type OracleCase, oracleCases, type OracleTable, readOracleFile } from "../oracle-cases.ts";
import { rowsWhere } from "../oracle-table.ts";
import { testOracles } from "../oracle-tests.ts";
import { limits } from "./predictions-of.ts";

type ExternalCase = OracleCase<{ readonly formula: string }>;

type FormulaCase = OracleCase<{
  readonly coefficients: Readonly<Record<string, number>>;
  readonly y?: string;
}>;

testOracles(
  "24",
  {
    "validate.external": (oracle: ExternalCase) => {
      const { formula } = oracle.spec;
      const development = completeRows(tableNamed(oracle, "file"), variablesOf(formula));
      const external = completeRows(tableNamed(oracle, "newdata"), variablesOf(formula));
      const training = applyFormula(formula, development);
      const fit = logisticRegression(designOf(training.terms, development.rows).design, training.outcome);
      const { outcome, terms } = applyFormula(formula, external, development);
      const model = { intercept: fit.coefficients[0], coefficients: fit.coefficients.subarray(1) };
      const risk = linearPredictor(model, designOf(terms, external.rows).design).map(logistic);
      const area = delongAuc(outcome, risk);
      return {
        prob_first10: risk.slice(0, oracle.expected.prob_first10.length as number),
        auc: area.value,
        auc_ci: limits(area),
        citl: calibrationInTheLarge(outcome, risk).value,
        slope: calibrationSlope(outcome, risk).slope.value,
        brier: brierScore(outcome, risk),
        OE: observedExpectedRatio(outcome, risk).ratio.value,
      };
    },

    "predict.formula": (oracle: FormulaCase) => {
      const table = tableNamed(oracle, "file");
      const { "(Intercept)": intercept = 0, ...slopes } = oracle.spec.coefficients;
      const design = matrixOfColumns(
        table.rows,
        Object.keys(slopes).map((name) => predictorNamed(table, name)),
      );
      const coefficients = Float64Array.from(Object.values(slopes));
      const risk = linearPredictor({ intercept, coefficients }, design).map(logistic);
      const outcome = oracle.spec.y ?? outcomeNameOf(table, oracle);
      return {
        prob_first10: risk.slice(0, oracle.expected.prob_first10.length as number),
        mean: mean(risk),
        auc: auc(outcomeOf(table, outcome), risk),
      };
    },
  },
  ({ procedure }) => procedure === "validate.external" || procedure === "predict.formula",
);

/** The table that a field of the case's data names, a remark in parentheses ignored. */
function tableNamed(oracle: OracleCase, field: "file" | "newdata"): OracleTable {
  const data = oracle.data as unknown as Readonly<Record<string, string | null>>;
  const where = field === "file" ? data["where"] : null;
  return rowsWhere(readOracleFile(data[field]!), where ?? null);
}

/** A column of numbers, or `name=level` as 1 where the column holds the level. */
function predictorNamed(table: OracleTable, name: string): Float64Array {
  const [variable, level] = name.split("=");
  if (level === undefined) return numbers(table, variable);
  return Float64Array.from(table.columns[variable], (cell) => (String(cell) === level ? 1 : 0));
}

/** A published formula does not name its outcome: the first that other cases name and the table holds as 0 and 1. */
function outcomeNameOf(table: OracleTable, { spec }: FormulaCase): string {
  const used = new Set(Object.keys(spec.coefficients).map((name) => name.split("=")[0]));
  const binary = Object.keys(table.columns).filter(
    (name) => !used.has(name) && table.columns[name].every((cell) => cell === 0 || cell === 1),
  );
  const named = oracleCases("").flatMap((oracle): string[] => {
    const { formula, y } = (oracle.spec ?? {}) as { readonly formula?: unknown; readonly y?: unknown };
    return [typeof formula === "string" ? formula.split("~")[0].trim() : y].filter(
      (name) => typeof name === "string",
    );
  });
  return named.find((name) => binary.includes(name)) ?? binary[binary.length - 1];
}
