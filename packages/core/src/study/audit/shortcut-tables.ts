import type { CohortColumn } from "../../cohort/cohort.ts";
import { headerRole, headerWords } from "../../cohort/header-words.ts";
import type { PatientId } from "../../cohort/patient.ts";
import {
  isMissing,
  type NumericPredictor,
  type Predictor,
  type PredictorTable,
  takePatients,
} from "../../features/predictor-table.ts";
import { backgroundStatisticList } from "../../image/background-statistics.ts";
import { frameStatisticList } from "../../image/frame-statistics.ts";
import { mean } from "../../math/statistics.ts";
import { assemblePredictors } from "../assemble-predictors.ts";
import type { ImageFeatures } from "../machine.ts";
import { predictorNames } from "../predictor-names.ts";
import type { PreparedStudy } from "../prepare-study.ts";
import type { ShortcutSource } from "./audit-subject.ts";

/** Values that fewer patients lack say nothing. */
const FEWEST_MISSING = 3;

/** Statistics of the frame that need no look at what it shows. */
const TAKEN = new Set(["pixel-size", "width", "height"]);

const SCANNER =
  /\b(scanner|device|vendor|manufacturer|machine|probe|transducer|operator|examiner|preset|gain|depth|frequency)\b|设备|探头/;

/**
 * What a study knows of its patients beside the disease: how and when images were taken, which values are missing, what
 * the frame shows far from the lesion, and the centre.
 *
 * @returns One row per cross-validated patient each; sources without a column are left out.
 */
export function shortcutTables(prepared: PreparedStudy): readonly ShortcutSource[] {
  const { cohort, tasks } = prepared;
  const row = new Map(cohort.patients.map((patient, index) => [patient, index]));
  const rows = tasks.crossValidated.map((patient) => row.get(patient)!);
  const isCentre = centreColumns(prepared);
  const named = (isAsked: (column: CohortColumn) => boolean) =>
    assemblePredictors(
      cohort,
      cohort.columns.filter(isAsked).map(({ variable }) => variable.name),
      null,
      "mean",
    ).columns;
  const sources: readonly {
    readonly name: ShortcutSource["name"];
    readonly columns: readonly Predictor[];
  }[] = [
    {
      name: "metadata",
      columns: [
        position(cohort.patients),
        ...dates(cohort.columns),
        ...named(
          ({ variable }) =>
            !isCentre.has(variable.name) && SCANNER.test(headerWords(variable.name).join(" ")),
        ),
        ...frameColumns(prepared, (name) => TAKEN.has(name)),
        ...bitColumns(prepared),
      ],
    },
    { name: "missingness", columns: missingColumns(prepared) },
    {
      name: "background",
      columns: [...frameColumns(prepared, (name) => !TAKEN.has(name)), ...backgroundColumns(prepared)],
    },
    { name: "centre", columns: named(({ variable }) => isCentre.has(variable.name)) },
  ];
  return sources.flatMap(({ name, columns }) =>
    columns.length === 0
      ? []
      : [
          {
            name,
            table: takePatients({ patients: cohort.patients, columns }, rows) satisfies PredictorTable,
          },
        ],
  );
}

function centreColumns({ protocol }: PreparedStudy): ReadonlySet<string> {
  const { variables, split, harmonisation } = protocol;
  const used = new Set(predictorNames(protocol));
  const names = Object.entries(variables).flatMap(([name, { role }]) =>
    role === "centre" || headerRole(name) === "centre" ? [name] : [],
  );
  if (split.method === "centre") names.push(split.column);
  if (harmonisation !== undefined) names.push(harmonisation.by);
  return new Set(names.filter((name) => !used.has(name) || variables[name].role === "centre"));
}

/** Place of the patient in the table: tables are often sorted by the outcome. */
function position(patients: readonly PatientId[]): NumericPredictor {
  return numberColumn("row of the table", Float64Array.from(patients.keys()));
}

function dates(columns: readonly CohortColumn[]): readonly NumericPredictor[] {
  return columns.flatMap((column) =>
    column.variable.kind === "date"
      ? [numberColumn(column.variable.name, (column as { values: Float64Array }).values)]
      : [],
  );
}

function missingColumns({ protocol, predictors }: PreparedStudy): readonly NumericPredictor[] {
  const asked = new Set(predictorNames(protocol));
  return predictors.columns.flatMap((column) => {
    if (!asked.has(column.name)) return [];
    const missing = Float64Array.from(predictors.patients, (_, row) => (isMissing(column, row) ? 1 : 0));
    const count = missing.reduce((total, one) => total + one, 0);
    return Math.min(count, missing.length - count) < FEWEST_MISSING
      ? []
      : [numberColumn(`${column.name} is missing`, missing)];
  });
}

function frameColumns(
  prepared: PreparedStudy,
  isAsked: (name: string) => boolean,
): readonly NumericPredictor[] {
  return frameStatisticList.flatMap(({ name }, index) =>
    isAsked(name) ? imageColumn(prepared, `frame ${name}`, ({ frame }) => frame?.[index] ?? null) : [],
  );
}

function backgroundColumns(prepared: PreparedStudy): readonly NumericPredictor[] {
  return backgroundStatisticList.flatMap(({ name }, index) =>
    imageColumn(prepared, `background ${name}`, ({ background }) => background?.[index] ?? null),
  );
}

function bitColumns(prepared: PreparedStudy): readonly NumericPredictor[] {
  return imageColumn(prepared, "bits a sample", ({ bits }) => bits ?? null);
}

/** The mean over the images of a patient; no column where no image has a value. */
function imageColumn(
  { cohort, measured }: PreparedStudy,
  name: string,
  valueOf: (features: ImageFeatures) => number | null,
): readonly NumericPredictor[] {
  if (measured === null) return [];
  const values = new Map<PatientId, number[]>();
  measured.images.forEach(({ patient }, index) => {
    const value = valueOf(measured.features[index]);
    if (value !== null) values.set(patient, [...(values.get(patient) ?? []), value]);
  });
  return values.size === 0
    ? []
    : [
        numberColumn(
          name,
          Float64Array.from(cohort.patients, (patient) => {
            const own = values.get(patient);
            return own === undefined ? NaN : mean(own);
          }),
        ),
      ];
}

function numberColumn(name: string, values: Float64Array): NumericPredictor {
  return {
    kind: "numeric",
    name,
    label: name,
    source: { kind: "clinical", variable: name },
    unit: null,
    values,
  };
}
