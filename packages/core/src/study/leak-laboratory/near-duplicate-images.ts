import { type PatientId, patientId } from "../../cohort/patient.ts";
import { drawTestSet } from "../../cohort/random-split.ts";
import { takePatients } from "../../features/predictor-table.ts";
import type { OutlinedImage } from "../../image/perturb.ts";
import type { Random } from "../../math/random.ts";
import { honestPipeline } from "./analysed-rows.ts";
import { cropped, mirrored, recompressed } from "./image-copies.ts";
import { freshPatients, type LaboratoryCohort } from "./laboratory-cohort.ts";
import { frameOf, framePredictors, frameTable } from "./laboratory-frames.ts";
import type { Experiment, Mistake } from "./mistake.ts";

/** A second source of data holds the same images under other names. */
export const nearDuplicateImages: Mistake = {
  mode: "near-duplicate-images",
  title: "The same images twice, cropped, mirrored or compressed",
  wrong: [
    "table = own archive + public collection that holds the SAME tumours, cropped, mirrored, recompressed",
    "training, test = split(rows of table)",
    "fit(training); auc(test)",
  ],
  right: [
    "table = one entry for every tumour: copies found by fingerprint and removed",
    "training, test = split(rows of table)",
    "fit(training); auc(test)",
  ],
  why: "The copy in the test set shows the tumour that the model learned from. Other ids hide it from every check of names; permuting the outcomes of ids tears the pairs apart and does not show it either. Only the images do.",
  published: [
    {
      finding:
        "errors of partitioning inflated performance by a factor of up to 1.4 and left a true AUC of 0.5",
      source: "Gidwani et al. 2023, Radiology, doi 10.1148/radiol.220715",
    },
    {
      finding: "overlap with earlier data sets and repeated patients must be reported (item 14 of CLEAR)",
      source: "CLEAR checklist, Kocak et al. 2023, Insights into Imaging",
    },
  ],
  prevention:
    "Fingerprints of all images are compared, mirrored, turned, cropped and compressed copies included; a pair across a split is refused unless the protocol keeps it together.",
  prepare,
  refusal: null,
};

/** Frames take long to draw: 5,000 of them are not worth the wait. */
const FRESH = 500;

function prepare(plain: LaboratoryCohort): Experiment {
  const unique = plain.simulated.slice(0, Math.floor(plain.simulated.length / 2));
  const random = plain.random.fork("frames");
  const originals = unique.map((patient) => frameOf(patient, random));
  const copies = originals.map((frame, row) => copyOf(frame, row));
  const copyIds = unique.map(({ id }) => patientId(`B${id}`));
  const both = Array.from({ length: 2 * unique.length }, (_, row) => row % unique.length);
  const table = frameTable(
    takePatients(plain.table, both),
    [...originals, ...copies],
    [...unique.map(({ id }) => id), ...copyIds],
  );
  const doubled = cohortOf(plain, both, table, random);
  const once = [...unique.keys()];
  const single = cohortOf(plain, once, takePatients(table, once), random);
  const pairs = unique.map(({ id }, row) => ({
    patients: [id, copyIds[row]] as readonly [PatientId, PatientId],
    shared: "the image is a copy",
    isDeclared: false,
  }));
  const fresh = freshPatients(plain, FRESH);
  return {
    honest: honestPipeline(single, framePredictors),
    leaky: { ...honestPipeline(doubled, framePredictors), duplicates: pairs },
    fresh: {
      ...fresh,
      table: frameTable(
        fresh.table,
        fresh.simulated.map((patient) => frameOf(patient, fresh.random)),
      ),
    },
  };
}

function cohortOf(
  plain: LaboratoryCohort,
  rows: readonly number[],
  table: LaboratoryCohort["table"],
  random: Random,
): LaboratoryCohort {
  const outcome = Uint8Array.from(rows, (row) => plain.outcome[row]);
  const inTest = drawTestSet(outcome, [], 0.3, random.fork("split"));
  return {
    ...plain,
    table,
    outcome,
    test: rows.map((_, row) => row).filter((row) => inTest[row] === 1),
    simulated: rows.map((row) => plain.simulated[row]),
  };
}

function copyOf(frame: OutlinedImage, row: number): OutlinedImage {
  switch (row % 3) {
    case 0:
      return cropped(frame, 12);
    case 1:
      return mirrored(frame);
    default:
      return recompressed(frame, 6);
  }
}
