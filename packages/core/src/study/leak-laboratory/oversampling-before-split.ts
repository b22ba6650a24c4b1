import { drawTestSet } from "../../cohort/random-split.ts";
import { type PredictorTable, takePatients } from "../../features/predictor-table.ts";
import type { Random } from "../../math/random.ts";
import { mean, sampleStandardDeviation } from "../../math/statistics.ts";
import { learnAndTest, namedByRow, takeRows } from "./analysed-rows.ts";
import { freshPatients, type LaboratoryCohort, otherRows } from "./laboratory-cohort.ts";
import type { AnalysedRows, Experiment, Mistake, Pipeline } from "./mistake.ts";

/** Rare events are multiplied first; their relatives then stand on both sides of the split. */
export const oversamplingBeforeSplit: Mistake = {
  mode: "oversampling-before-split",
  title: "Oversampled before the split",
  wrong: [
    "rows = SMOTE(patients) until both outcomes are equally frequent",
    "training, test = split(rows)",
    "fit(training); auc(test)",
  ],
  right: ["training, test = split(patients)", "rows = SMOTE(training)", "fit(rows); auc(test)"],
  why: "A synthetic patient lies between two real ones. When these are in training and it is in test, the model has seen the answer; and the test set holds people who do not exist, in a share that does not either.",
  published: [
    {
      finding: "oversampling before cross-validation raised the AUC of radiomic models by up to 0.34",
      source: "Demircioğlu 2024, Scientific Reports, doi 10.1038/s41598-024-62585-z",
    },
    {
      finding: "oversampling must be done inside each fold; done before, error rates are far too low",
      source: "Blagus & Lusa 2015, BMC Bioinformatics, doi 10.1186/s12859-015-0784-9",
    },
  ],
  prevention:
    "Tables hold one row a patient and a testing row must be a patient of the cohort; nothing in Sentinode makes rows up.",
  prepare,
  refusal: null,
};

function prepare(cohort: LaboratoryCohort): Experiment {
  return {
    honest: honestOversampling(cohort),
    leaky: leakyOversampling(cohort),
    fresh: () => freshPatients(cohort, 5000),
  };
}

function leakyOversampling(cohort: LaboratoryCohort): Pipeline {
  const { table } = cohort;
  const everybody = otherRows(table.patients.length, []);
  return {
    cohort,
    analyse: (outcome, random) => {
      const rows = withSyntheticEvents(takeRows(table, outcome, everybody), random.fork("synthetic"));
      const inTest = drawTestSet(rows.outcome, [], 0.3, random.fork("split"));
      const part = (wanted: number) =>
        takeAnalysed(
          rows,
          Array.from(inTest.keys()).filter((row) => inTest[row] === wanted),
        );
      return learnAndTest({ development: namedByRow(part(0)), test: part(1) }, random);
    },
  };
}

function honestOversampling(cohort: LaboratoryCohort): Pipeline {
  const { table, test } = cohort;
  const development = otherRows(table.patients.length, test);
  return {
    cohort,
    analyse: (outcome, random) => {
      const real = takeRows(table, outcome, development);
      return learnAndTest(
        {
          development: real,
          test: takeRows(table, outcome, test),
          training: withSyntheticEvents(real, random.fork("synthetic")),
        },
        random,
      );
    },
  };
}

/** SMOTE: new events on the line from an event to one of its five nearest, until both outcomes are equally frequent. */
function withSyntheticEvents(rows: AnalysedRows, random: Random): AnalysedRows {
  const { table, outcome, patients } = rows;
  const events = Array.from(outcome.keys()).filter((row) => outcome[row] === 1);
  const missing = Math.max(0, outcome.length - 2 * events.length);
  const nearest = nearestOf(table, events, 5);
  const pairs = Array.from({ length: missing }, () => {
    const event = random.integer(events.length);
    const fellows = nearest[event];
    return { from: events[event], to: fellows[random.integer(fellows.length)], share: random.uniform() };
  });
  const synthetic = takePatients(
    table,
    pairs.map(({ from }) => from),
  );
  const columns = table.columns.map((column, index) => {
    const made = synthetic.columns[index];
    if (column.kind !== "numeric" || made.kind !== "numeric") return column;
    const between = pairs.map(
      ({ to, share }, k) => made.values[k] + share * (column.values[to] - made.values[k]),
    );
    return { ...column, values: Float64Array.of(...column.values, ...between) };
  });
  return {
    patients: [...patients, ...pairs.map(() => null)],
    outcome: Uint8Array.of(...outcome, ...pairs.map(() => 1)),
    table: { patients: [...table.patients, ...synthetic.patients], columns },
  };
}

/** For each of the rows those of them that are nearest over all standardised columns. */
function nearestOf(
  table: PredictorTable,
  rows: readonly number[],
  count: number,
): readonly (readonly number[])[] {
  const columns = table.columns.flatMap((column) => {
    if (column.kind !== "numeric") return [];
    const values = Float64Array.from(rows, (row) => column.values[row]);
    const [centre, deviation] = [mean(values), sampleStandardDeviation(values)];
    return deviation > 0 ? [values.map((value) => (value - centre) / deviation)] : [];
  });
  return rows.map((_, one) => {
    const distance = rows.map((_, other) => {
      let sum = 0;
      for (const values of columns) sum += (values[one] - values[other]) * (values[one] - values[other]);
      return sum;
    });
    return Array.from(rows.keys())
      .filter((other) => other !== one)
      .sort((a, b) => distance[a] - distance[b] || a - b)
      .slice(0, count)
      .map((other) => rows[other]);
  });
}

function takeAnalysed({ patients, outcome, table }: AnalysedRows, rows: readonly number[]): AnalysedRows {
  return { ...takeRows(table, outcome, rows), patients: rows.map((row) => patients[row]) };
}
