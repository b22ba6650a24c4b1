import { drawTestSet } from "../../cohort/random-split.ts";
import { type PredictorTable, takePatients } from "../../features/predictor-table.ts";
import type { OutlinedImage } from "../../image/perturb.ts";
import { honestPipeline, learnAndTest, namedByRow, takeRows } from "./analysed-rows.ts";
import { cropped, mirrored, recompressed } from "./image-copies.ts";
import { type LaboratoryCohort, otherRows } from "./laboratory-cohort.ts";
import { framedPatients, frameOf, framePredictors, frameTable } from "./laboratory-frames.ts";
import type { Experiment, Mistake, Pipeline } from "./mistake.ts";

/** Augmented versions of the images are made first and split afterwards. */
export const augmentationAcrossFolds: Mistake = {
  mode: "augmentation-across-folds",
  title: "Augmented before the split",
  wrong: [
    "rows = every image + mirrored + cropped + recompressed version",
    "training, test = split(ROWS)",
    "fit(training); auc(test)",
  ],
  right: [
    "training, test = split(PATIENTS)",
    "rows = versions of TRAINING images",
    "fit(rows); auc(test images as they are)",
  ],
  why: "A version of every test image is in the training set. Augmentation multiplies rows, not patients.",
  published: [
    {
      finding:
        "slices or versions of one examination on both sides of a split raised the accuracy of networks by about 30 to 55 %",
      source: "Yagis et al. 2021, Scientific Reports, doi 10.1038/s41598-021-01681-w",
    },
    {
      finding:
        "errors of partitioning inflated performance by a factor of up to 1.4 and left a true AUC of 0.5",
      source: "Gidwani et al. 2023, Radiology, doi 10.1148/radiol.220715",
    },
  ],
  prevention:
    "Versions of an image belong to its patient: they are made inside the fit, of training patients, and never become rows that a split could see.",
  prepare,
  refusal: null,
};

/** Frames take long to draw: 300 of them must do. */
const FRESH = 300;

function prepare(plain: LaboratoryCohort): Experiment {
  const random = plain.random.fork("frames");
  const frames = plain.simulated.map((patient) => frameOf(patient, random));
  const original = frameTable(plain.table, frames);
  const versions = [mirrored, trimmed, coarse].map((change) => frameTable(plain.table, frames.map(change)));
  const cohort = { ...plain, table: original };
  const rows = [original, ...versions];
  return {
    honest: honestAugmentation(cohort, rows),
    leaky: leakyAugmentation(cohort, rows),
    fresh: () => framedPatients(plain, FRESH),
  };
}

function leakyAugmentation(cohort: LaboratoryCohort, versions: readonly PredictorTable[]): Pipeline {
  const table = stacked(versions);
  const patients = cohort.table.patients.length;
  return {
    cohort,
    predictors: framePredictors,
    analyse: (outcome, random) => {
      const ofRows = Uint8Array.from(table.patients, (_, row) => outcome[row % patients]);
      const inTest = drawTestSet(ofRows, [], 0.3, random.fork("split"));
      const part = (wanted: number) =>
        takeRows(
          table,
          ofRows,
          Array.from(inTest.keys()).filter((row) => inTest[row] === wanted),
        );
      return learnAndTest(
        { development: namedByRow(part(0)), test: part(1), predictors: framePredictors },
        random,
      );
    },
  };
}

/** Versions of training patients join after the split, and what is learned is tested on images as they are. */
function honestAugmentation(cohort: LaboratoryCohort, versions: readonly PredictorTable[]): Pipeline {
  const table = stacked(versions);
  const patients = cohort.table.patients.length;
  const development = otherRows(patients, cohort.test);
  return {
    ...honestPipeline(cohort, framePredictors),
    analyse: (outcome, random) => {
      const ofRows = Uint8Array.from(table.patients, (_, row) => outcome[row % patients]);
      const rows = versions.flatMap((_, version) => development.map((row) => version * patients + row));
      return learnAndTest(
        {
          development: takeRows(cohort.table, outcome, development),
          test: takeRows(cohort.table, outcome, cohort.test),
          training: takeRows(table, ofRows, rows),
          predictors: framePredictors,
        },
        random,
      );
    },
  };
}

/** Tables of the same patients one after the other. */
function stacked(tables: readonly PredictorTable[]): PredictorTable {
  const rows = tables.flatMap((table) => [...table.patients.keys()]);
  const whole = takePatients(tables[0], rows);
  const columns = whole.columns.map((column, index) =>
    column.kind === "numeric"
      ? {
          ...column,
          values: Float64Array.of(
            ...tables.flatMap((table) => {
              const own = table.columns[index];
              return own.kind === "numeric" ? [...own.values] : [];
            }),
          ),
        }
      : column,
  );
  return { ...whole, columns };
}

function trimmed(frame: OutlinedImage): OutlinedImage {
  return cropped(frame, 12);
}

function coarse(frame: OutlinedImage): OutlinedImage {
  return recompressed(frame, 6);
}
