import { drawTestSet } from "../../cohort/random-split.ts";
import { type PredictorTable, takePatients } from "../../features/predictor-table.ts";
import { runFitTask } from "../fit-task.ts";
import { refusalOf } from "./refusal.ts";
import { honestPipeline, learnAndTest, namedByRow, takeRows } from "./analysed-rows.ts";
import { mapColumns, valuesOf } from "./laboratory-columns.ts";
import { freshPatients, type LaboratoryCohort, radiomicNames } from "./laboratory-cohort.ts";
import type { Experiment, Mistake, Pipeline } from "./mistake.ts";

const IMAGES = 4;

/** Images are split instead of patients. */
export const samePatient: Mistake = {
  mode: "same-patient",
  title: "Images of one patient on both sides of the split",
  wrong: [
    `rows = ${String(IMAGES)} images of every patient`,
    "training, test = split(ROWS)",
    "fit(training); auc(test)",
  ],
  right: [
    "training, test = split(PATIENTS)",
    `x = mean over a patient's ${String(IMAGES)} images`,
    "fit(training); auc(test)",
  ],
  why: "Two images of one tumour resemble each other more than any two tumours. A model with many features recognises the patient, and remembers the outcome.",
  published: [
    {
      finding:
        "splitting slices instead of patients raised the accuracy of networks on brain MRI by about 30 to 55 %",
      source: "Yagis et al. 2021, Scientific Reports, doi 10.1038/s41598-021-01681-w",
    },
  ],
  prevention:
    "Splits and folds are sets of patients; a row of the table of predictors is a patient, whose images are summarised first.",
  prepare,
  refusal: ({ honest: { cohort } }) => {
    const { patients } = cohort.table;
    return refusalOf(() =>
      runFitTask(
        { predictors: cohort.table, outcome: cohort.outcome, seed: 1 },
        {
          label: "final/CAR",
          model: { name: "CAR", blocks: [], regression: { method: "maximum-likelihood" }, innerFolds: 2 },
          training: patients.slice(0, 80),
          testing: patients.slice(60),
          thresholdRules: [],
        },
      ),
    );
  },
};

function prepare(cohort: LaboratoryCohort): Experiment {
  const images = imagesOf(cohort);
  const averaged = { ...cohort, table: averagedOver(images, cohort.table.patients.length) };
  return {
    honest: honestPipeline(averaged),
    leaky: imageSplit(averaged, images),
    fresh: () => freshPatients(cohort, 5000),
  };
}

/** Rows in the order of the patients, the images of a patient one after the other. */
function imagesOf({ table, random }: LaboratoryCohort): PredictorTable {
  const own = random.fork("images");
  const rows = table.patients.flatMap((_, row) => Array.from({ length: IMAGES }, () => row));
  return mapColumns(takePatients(table, rows), radiomicNames, ({ name, values }) => {
    const noise = own.fork(name);
    return values.map((value) => value + 0.3 * noise.normal());
  });
}

function averagedOver(images: PredictorTable, patients: number): PredictorTable {
  const first = takePatients(
    images,
    Array.from({ length: patients }, (_, row) => IMAGES * row),
  );
  return mapColumns(first, radiomicNames, ({ name }) => {
    const all = valuesOf(images, name);
    return first.patients.reduce((means, _, row) => {
      for (let image = 0; image < IMAGES; image++) means[row] += all[IMAGES * row + image] / IMAGES;
      return means;
    }, new Float64Array(patients));
  });
}

function imageSplit(cohort: LaboratoryCohort, images: PredictorTable): Pipeline {
  return {
    cohort,
    analyse: (outcome, random) => {
      const ofImages = Uint8Array.from(images.patients, (_, image) => outcome[Math.floor(image / IMAGES)]);
      const inTest = drawTestSet(ofImages, [], 0.3, random.fork("split"));
      const part = (wanted: number) =>
        takeRows(
          images,
          ofImages,
          Array.from(inTest.keys()).filter((row) => inTest[row] === wanted),
        );
      return learnAndTest({ development: namedByRow(part(0)), test: part(1) }, random);
    },
  };
}
