import { describe, expect, it } from "vitest";
import type { PatientId } from "../../cohort/patient.ts";
import { InputError } from "../../errors.ts";
import type {
  CategoricalPredictor,
  NumericPredictor,
  Predictor,
  PredictorTable,
} from "../../features/predictor-table.ts";
import { takePatients } from "../../features/predictor-table.ts";
import { createRandom } from "../../math/random.ts";
import { mean } from "../../math/statistics.ts";
import type { TrainingData } from "../training-data.ts";
import type { ChainedEquations } from "./chained-equations.ts";
import { completePatients } from "./complete-patients.ts";
import { completedTable, imputeTraining, prepareImputation } from "./impute-training.ts";
import { imputeOnce } from "./impute-once.ts";
import { learnImputer } from "./learn-imputer.ts";

const PATIENTS = 160;

function numeric(name: string, values: ArrayLike<number>): NumericPredictor {
  const source = { kind: "clinical", variable: name } as const;
  return { kind: "numeric", name, label: name, source, unit: null, values: Float64Array.from(values) };
}

function categorical(name: string, levels: readonly string[], codes: ArrayLike<number>, ordered = false) {
  const source = { kind: "clinical", variable: name } as const;
  const column: CategoricalPredictor = {
    ...{ kind: "categorical", name, label: name, source, levels, ordered, reference: 0 },
    codes: Int16Array.from(codes),
  };
  return column;
}

function simulate(seed: string): TrainingData & { readonly complete: PredictorTable } {
  const random = createRandom(seed);
  const draw = <T>(next: (row: number) => T) => Array.from({ length: PATIENTS }, (_, row) => next(row));
  const age = draw(() => 55 + 10 * random.normal());
  const size = draw((row) => 20 + 0.2 * (age[row] - 55) + 6 * random.normal());
  const positive = draw(() => 1 + random.integer(3));
  const total = draw((row) => positive[row] + random.integer(4));
  const grade = draw((row) => Math.min(2, Math.max(0, Math.round((size[row] - 14) / 6 + random.normal()))));
  const histology = draw(() => (random.bernoulli(0.6) ? 0 : 1 + random.integer(2)));
  const invasion = draw((row) => (random.bernoulli(size[row] > 20 ? 0.6 : 0.2) ? 1 : 0));
  const outcome = Uint8Array.from(draw((row) => (size[row] + 4 * random.normal() > 22 ? 1 : 0)));
  // Missing more often with the event, and never in the first rows, which are looked at one by one.
  const gap = (row: number) => row >= 4 && random.bernoulli(outcome[row] === 1 ? 0.35 : 0.1);
  const ratio = draw((row) => positive[row] / total[row]);
  const columns = (isMissing: (row: number) => boolean): Predictor[] => [
    numeric("age", age),
    numeric(
      "size",
      size.map((value, row) => (isMissing(row) ? NaN : value)),
    ),
    numeric("positive", positive),
    numeric(
      "total",
      total.map((value, row) => (isMissing(row) ? NaN : value)),
    ),
    numeric(
      "ratio",
      ratio.map((value, row) => (isMissing(row) ? NaN : value)),
    ),
    categorical(
      "grade",
      ["one", "two", "three"],
      grade.map((code, row) => (isMissing(row) ? -1 : code)),
      true,
    ),
    categorical(
      "histology",
      ["ductal", "lobular", "other"],
      histology.map((code, row) => (isMissing(row) ? -1 : code)),
    ),
    categorical(
      "invasion",
      ["no", "yes"],
      invasion.map((code, row) => (isMissing(row) ? -1 : code)),
    ),
  ];
  const patients = draw((row) => `p${String(row).padStart(3, "0")}` as PatientId);
  return {
    table: { patients, columns: columns(gap) },
    complete: { patients, columns: columns(() => false) },
    outcome,
  };
}

const training = simulate("a");
const names = training.table.columns.map(({ name }) => name);
const specification: ChainedEquations = { columns: names, imputations: 6, iterations: 4 };
const withRatio: ChainedEquations = {
  ...specification,
  derived: { ratio: { operation: "ratio", of: ["positive", "total"] } },
};
const imputations = imputeTraining(specification, training, createRandom(1));

function valuesOf(table: PredictorTable, name: string): number[] {
  const column = table.columns.find((one) => one.name === name)!;
  return column.kind === "numeric"
    ? Array.from(column.values)
    : Array.from(column.codes, (code) => (code < 0 ? NaN : code));
}

const completed = Array.from({ length: 6 }, (_, index) => completedTable(training.table, imputations, index));

describe("multiple imputation of training patients", () => {
  it("fills every missing value and changes no other", () => {
    for (const table of completed)
      for (const name of names) {
        const given = valuesOf(training.table, name);
        valuesOf(table, name).forEach((value, row) => {
          expect(Number.isNaN(value)).toBe(false);
          if (!Number.isNaN(given[row])) expect(value).toBe(given[row]);
        });
      }
  });

  it("leaves its input as it was", () => {
    expect(training.table).toEqual(simulate("a").table);
  });

  it("gives numbers that patients have and levels that exist", () => {
    const known = new Set(valuesOf(training.table, "size"));
    for (const table of completed) {
      expect(valuesOf(table, "size").every((value) => known.has(value))).toBe(true);
      expect(valuesOf(table, "grade").every((code) => [0, 1, 2].includes(code))).toBe(true);
    }
  });

  it("gives the same for a seed, other values for another, and other values in each imputation", () => {
    expect(imputeTraining(specification, training, createRandom(1))).toEqual(imputations);
    const other = imputeTraining(specification, training, createRandom(2));
    expect(other.columns[0].values).not.toEqual(imputations.columns[0].values);
    expect(imputations.columns[0].values[0]).not.toEqual(imputations.columns[0].values[1]);
  });

  it("can be computed one imputation after the other in any order", () => {
    const { task } = prepareImputation(specification, training);
    const size = task.frame.findIndex(({ name }) => name === "size");
    for (const index of [5, 0, 3]) {
      const { frame } = imputeOnce(task, createRandom(1).fork(`imputation ${index}`));
      const { rows, values } = imputations.columns.find(({ name }) => name === "size")!;
      expect(Array.from(rows, (row) => frame[size].values[row])).toEqual(Array.from(values[index]));
    }
  });

  it("keeps the difference between outcomes among the values that it draws", () => {
    const given = valuesOf(training.table, "size");
    const difference = (values: readonly number[], isCounted: (row: number) => boolean) => {
      const of = (event: number) =>
        mean(values.filter((_, row) => isCounted(row) && training.outcome[row] === event));
      return of(1) - of(0);
    };
    const observed = difference(given, (row) => !Number.isNaN(given[row]));
    const drawn = completed.map((table) =>
      difference(valuesOf(table, "size"), (row) => Number.isNaN(given[row])),
    );
    expect(mean(drawn) / observed).toBeGreaterThan(0.6);
    expect(mean(drawn) / observed).toBeLessThan(1.4);
  });

  it("draws normal residuals where it is asked for", () => {
    const linear = imputeTraining(
      { ...specification, methods: { size: "linear" } },
      training,
      createRandom(1),
    );
    const known = new Set(valuesOf(training.table, "size"));
    const { values } = linear.columns.find(({ name }) => name === "size")!;
    expect(values[0].some((value) => !known.has(value))).toBe(true);
  });

  it("traces every variable that it imputes", () => {
    expect(imputations.traces).toHaveLength(6);
    expect([...imputations.visited].sort((a, b) => (a < b ? -1 : 1))).toEqual([
      "grade",
      "histology",
      "invasion",
      "ratio",
      "size",
      "total",
    ]);
    for (const { means, standardDeviations } of imputations.traces)
      for (const values of [...means, ...standardDeviations])
        expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe("derived columns", () => {
  const { task } = prepareImputation(withRatio, training);
  const at = (name: string) => task.frame.findIndex((variable) => variable.name === name);

  it("do not predict their parts", () => {
    const total = task.steps.find(({ target }) => target === at("total"))!;
    expect(total.predictors).not.toContain(at("ratio"));
    expect(total.predictors).toContain(at("positive"));
    expect(task.steps.some(({ target }) => target === at("ratio"))).toBe(false);
  });

  it("are computed from their parts where they are missing", () => {
    const table = completedTable(training.table, imputeTraining(withRatio, training, createRandom(3)), 0);
    const given = valuesOf(training.table, "ratio");
    const [positive, total, ratio] = ["positive", "total", "ratio"].map((name) => valuesOf(table, name));
    given.forEach((value, row) => {
      if (Number.isNaN(value)) expect(ratio[row]).toBe(positive[row] / total[row]);
    });
  });

  it("need parts that take part and are not derived themselves", () => {
    const lacking = { ...withRatio, columns: names.filter((name) => name !== "total") };
    expect(() => prepareImputation(lacking, training)).toThrow(InputError);
    const nested = {
      ...withRatio,
      derived: { ...withRatio.derived, total: { operation: "sum", of: ["age", "size"] } as const },
    };
    expect(() => prepareImputation(nested, training)).toThrow(InputError);
  });
});

describe("columns without information", () => {
  const [age] = training.table.columns;
  const twice = numeric(
    "twice",
    valuesOf(training.table, "age").map((value, row) => (row % 9 === 5 ? NaN : 2 * value)),
  );
  const constant = numeric(
    "constant",
    valuesOf(training.table, "age").map((_, row) => (row % 7 === 5 ? NaN : 3)),
  );
  const empty = numeric(
    "empty",
    valuesOf(training.table, "age").map(() => NaN),
  );
  const table = {
    ...training.table,
    columns: [age, twice, constant, empty, ...training.table.columns.slice(1, 3)],
  };
  const columns = table.columns.map(({ name }) => name);
  const fit = imputeTraining({ ...specification, columns }, { ...training, table }, createRandom(1));
  const first = completedTable(table, fit, 0);

  it("are named", () => {
    const codes = fit.findings.map(({ code }) => code);
    expect(codes).toContain("imputation-constant");
    expect(codes).toContain("imputation-collinear");
    expect(fit.findings.find(({ code }) => code === "imputation-collinear")!.message).toMatch(/twice/);
  });

  it("leave a constant constant, a column without any value empty, and let a double be imputed from its twin", () => {
    expect(new Set(valuesOf(first, "constant"))).toEqual(new Set([3]));
    expect(valuesOf(first, "empty").every(Number.isNaN)).toBe(true);
    const [ages, doubles] = [valuesOf(first, "age"), valuesOf(first, "twice")];
    doubles.forEach((value, row) => {
      expect(Math.abs(value - 2 * ages[row])).toBeLessThan(12);
    });
  });

  it("are limited in number by the patients", () => {
    const random = createRandom("many");
    const many = Array.from({ length: 60 }, (_, j) =>
      numeric(
        `x${String(j)}`,
        Float64Array.from(training.outcome, () => random.normal()),
      ),
    );
    const wide = { ...training.table, columns: [...training.table.columns.slice(0, 2), ...many] };
    const { task, findings } = prepareImputation(
      { ...specification, columns: wide.columns.map(({ name }) => name) },
      { ...training, table: wide },
    );
    expect(findings.map(({ code }) => code)).toEqual(["imputation-predictors-limited"]);
    const [{ predictors }] = task.steps;
    expect(predictors.length).toBeLessThanOrEqual(30);
    // The outcome and the one related column stay.
    expect(predictors).toContain(0);
    expect(predictors).toContain(1);
  });
});

describe("new patients", () => {
  const imputer = learnImputer(
    withRatio,
    names,
    { table: training.table, imputations: imputeTraining(withRatio, training, createRandom(4)) },
    createRandom(5),
  );
  const stored = JSON.parse(JSON.stringify(imputer)) as typeof imputer;
  const { table } = simulate("b");
  const tables = completePatients(stored, table);

  it("have no missing value left", () => {
    expect(tables).toHaveLength(6);
    for (const one of tables)
      for (const name of names) expect(valuesOf(one, name).some(Number.isNaN)).toBe(false);
  });

  it("are imputed alike alone and among others, before and after a round trip through JSON", () => {
    const alone = completePatients(imputer, takePatients(table, [37]));
    alone.forEach((one, index) => {
      for (const name of names) expect(valuesOf(one, name)[0]).toBe(valuesOf(tables[index], name)[37]);
    });
  });

  it("can lack a column, or have levels in another order or fewer of them", () => {
    const grade = table.columns.find(({ name }) => name === "grade") as CategoricalPredictor;
    const turned = {
      ...grade,
      levels: ["three", "two", "one"],
      codes: grade.codes.map((code) => (code < 0 ? -1 : 2 - code)),
    };
    const other = {
      ...table,
      columns: table.columns.map((column) => (column.name === "grade" ? turned : column)),
    };
    completePatients(stored, other).forEach((one, index) => {
      expect(valuesOf(one, "size")).toEqual(valuesOf(tables[index], "size"));
    });
    const single = takePatients(table, [grade.codes.indexOf(-1)]);
    const bare = {
      ...single,
      columns: single.columns
        .filter(({ name }) => name !== "age")
        .map((column) =>
          column.name === "grade" ? { ...grade, levels: [], codes: Int16Array.of(-1) } : column,
        ),
    };
    for (const one of completePatients(stored, bare)) {
      const column = one.columns.find(({ name }) => name === "grade") as CategoricalPredictor;
      expect(column.levels[column.codes[0]]).toMatch(/one|two|three/);
    }
  });

  it("get values that follow what is known of them", () => {
    const row = (invasion: number) => ({
      patients: ["n" as PatientId],
      columns: [numeric("size", [NaN]), categorical("invasion", ["no", "yes"], [invasion])],
    });
    const size = (invasion: number) =>
      mean(completePatients(stored, row(invasion)).map((one) => valuesOf(one, "size")[0]));
    expect(size(1)).toBeGreaterThan(size(0));
  });

  it("are refused with an unknown level or a column of another kind", () => {
    const unknown = {
      patients: ["n" as PatientId],
      columns: [categorical("invasion", ["maybe"], [0]), numeric("age", [NaN])],
    };
    expect(() => completePatients(stored, unknown)).toThrow(InputError);
    const wrong = { patients: ["n" as PatientId], columns: [numeric("invasion", [1])] };
    expect(() => completePatients(stored, wrong)).toThrow(InputError);
  });

  it("draw evenly: a share over the imputations is that of the equation to within one imputation", () => {
    const many = { ...specification, columns: ["invasion"], imputations: 40 };
    const alone = learnImputer(
      many,
      ["invasion"],
      { table: training.table, imputations: imputeTraining(many, training, createRandom(6)) },
      createRandom(7),
    );
    const drawn = completePatients(alone, {
      patients: ["n" as PatientId],
      columns: [categorical("invasion", ["no", "yes"], [-1])],
    });
    const share = mean(drawn.map((one) => valuesOf(one, "invasion")[0]));
    const observed = mean(valuesOf(training.table, "invasion").filter((code) => !Number.isNaN(code)));
    expect(Math.abs(share - observed)).toBeLessThan(0.06);
  });
});

describe("imputation refuses", () => {
  it("too few imputations, rounds or donors, infinite numbers, unknown columns and methods for another kind", () => {
    const infinite = {
      ...training.table,
      columns: [
        numeric(
          "age",
          valuesOf(training.table, "age").map((value, row) => (row === 2 ? Infinity : value)),
        ),
      ],
    };
    const refused: readonly (readonly [Partial<ChainedEquations>, PredictorTable?])[] = [
      [{ imputations: 1 }],
      [{ iterations: 0 }],
      [{ donors: 0 }],
      [{ columns: ["height"] }],
      [{ methods: { size: "logistic" } }],
      [{ methods: { grade: "logistic" } }],
      [{ methods: { invasion: "linear" } }],
      [{ predictors: { size: ["height"] } }],
      [{ columns: ["age"] }, infinite],
    ];
    for (const [change, table = training.table] of refused)
      expect(() => prepareImputation({ ...specification, ...change }, { ...training, table })).toThrow(
        InputError,
      );
  });

  it("nothing where nothing is missing: every imputation is then the table", () => {
    const whole = { table: training.complete, outcome: training.outcome };
    const fit = imputeTraining(specification, whole, createRandom(1));
    expect(fit).toMatchObject({ imputations: 6, columns: [], findings: [] });
    expect(completedTable(whole.table, fit, 3)).toEqual(whole.table);
  });
});
