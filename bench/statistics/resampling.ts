import type { PatientId } from "../../packages/core/src/cohort/patient.ts";
import type { Predictor, PredictorTable } from "../../packages/core/src/features/predictor-table.ts";
import { logisticRegression } from "../../packages/core/src/math/logistic-regression.ts";
import { logisticResampler } from "../../packages/core/src/math/logistic-resampler.ts";
import { matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { createRandom } from "../../packages/core/src/math/random.ts";
import { poolEstimates } from "../../packages/core/src/math/rubin.ts";
import { mean } from "../../packages/core/src/math/statistics.ts";
import { imputeOnce } from "../../packages/core/src/models/imputation/impute-once.ts";
import {
  completedTable,
  imputeTraining,
  prepareImputation,
} from "../../packages/core/src/models/imputation/impute-training.ts";
import { bootstrapOptimism, optimismReplicates } from "../../packages/core/src/validation/optimism.ts";
import { bootstrapResample, bootstrapResamples } from "../../packages/core/src/validation/resamples.ts";
import { design, namesBut, outcomeOf, readNumbers } from "./tables.ts";
import type { Work } from "./work.ts";

const REPLICATES = 1000;
/** Stretches of replicates that workers share. */
const STRETCHES = 10;

/** `rms::validate` of 8 predictors, 1,000 resamples, all of its indices; the answer is the optimism of Somers' D. */
export function optimism(folder: string): Work {
  const table = readNumbers(folder, "clin_600.csv");
  const [whole, outcome] = [design(table, namesBut(table, "y")), outcomeOf(table)];
  const random = () => createRandom(1);
  const length = REPLICATES / STRETCHES;
  return {
    run: () =>
      bootstrapOptimism(
        outcome,
        bootstrapResamples(table.rows, REPLICATES, random()),
        logisticResampler(whole, outcome),
      ).indices.somersD.optimism ?? NaN,
    pieces: {
      count: STRETCHES,
      piece: (index) => {
        const part = Array.from({ length }, (_, k) =>
          bootstrapResample(table.rows, index * length + k, random()),
        );
        const replicates = optimismReplicates(outcome, part, logisticResampler(whole, outcome));
        const fitted = replicates.filter((one) => typeof one !== "string");
        return Float64Array.from(fitted.flatMap(({ training, test }) => [training.somersD, test.somersD]));
      },
      join: (pieces: readonly Float64Array[]) => {
        const pairs = pieces.flatMap((piece) => Array.from(piece));
        const half = (rest: number) => mean(pairs.filter((_, index) => index % 2 === rest));
        return half(0) - half(1);
      },
    },
  };
}

const IMPUTATIONS = 20;
const specification = { imputations: IMPUTATIONS, iterations: 5 };

/** `mice` of 20 imputations, 5 rounds, then the pooled regression; the answer is its second coefficient. */
export function multipleImputation(folder: string): Work {
  const given = readNumbers(folder, "clin_600_missing.csv");
  const outcome = outcomeOf(given);
  const names = namesBut(given, "y");
  const table: PredictorTable = {
    patients: Array.from({ length: given.rows }, (_, row) => String(row) as PatientId),
    columns: names.map((name): Predictor => {
      const base = { name, label: name, source: { kind: "clinical", variable: name } as const };
      const values = given.columns[name];
      if (name !== "lvi") return { ...base, kind: "numeric", unit: null, values };
      const codes = Int16Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
      return { ...base, kind: "categorical", levels: ["0", "1"], ordered: false, reference: 0, codes };
    }),
  };
  const plan = { ...specification, columns: names };
  const regression = (completed: PredictorTable) =>
    logisticRegression(
      matrixOfColumns(
        given.rows,
        completed.columns.map((column) => (column.kind === "numeric" ? column.values : column.codes)),
      ),
      outcome,
    );
  const pooled = (estimates: readonly number[], variances: readonly number[]) =>
    poolEstimates({ estimates, variances }, { completeDegreesOfFreedom: given.rows - names.length - 1 })
      .estimate;
  const size = names.length + 1;
  return {
    run: () => {
      const imputations = imputeTraining(plan, { table, outcome }, createRandom(1));
      const fits = Array.from({ length: IMPUTATIONS }, (_, index) =>
        regression(completedTable(table, imputations, index)),
      );
      return names.map((_, j) =>
        pooled(
          fits.map(({ coefficients }) => coefficients[j + 1]),
          fits.map(({ covariance }) => covariance.values[(j + 1) * (size + 1)]),
        ),
      )[0];
    },
    pieces: {
      count: IMPUTATIONS,
      piece: (index) => {
        const { task } = prepareImputation(plan, { table, outcome });
        const frame = imputeOnce(task, createRandom(1).fork(`imputation ${String(index)}`)).frame;
        const columns = names.map((name) => frame.find((variable) => variable.name === name)!.values);
        const { coefficients, covariance } = logisticRegression(
          matrixOfColumns(given.rows, columns),
          outcome,
        );
        return Float64Array.of(coefficients[1], covariance.values[size + 1]);
      },
      join: (fits: readonly Float64Array[]) =>
        pooled(
          fits.map(([estimate]) => estimate),
          fits.map(([, variance]) => variance),
        ),
    },
  };
}
