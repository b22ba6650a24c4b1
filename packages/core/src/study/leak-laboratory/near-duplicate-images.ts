import { type PatientId, patientId } from "../../cohort/patient.ts";
import { drawTestSet } from "../../cohort/random-split.ts";
import { takePatients } from "../../features/predictor-table.ts";
import { copiedImages } from "../../image/copied-images.ts";
import { imageFingerprint } from "../../image/fingerprint.ts";
import type { OutlinedImage } from "../../image/perturb.ts";
import type { Random } from "../../math/random.ts";
import type { MeasuredImages } from "../assemble-predictors.ts";
import type { RepeatedPatients } from "../audit/audit-subject.ts";
import { studyDuplicates } from "../study-duplicates.ts";
import { honestPipeline } from "./analysed-rows.ts";
import { cropped, mirrored, recompressed } from "./image-copies.ts";
import type { LaboratoryCohort } from "./laboratory-cohort.ts";
import { framedPatients, frameOf, framePredictors, frameTable } from "./laboratory-frames.ts";
import type { Experiment, Mistake } from "./mistake.ts";
import { refusalOf } from "./refusal.ts";

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
  refusal,
};

/** Frames take long to draw: 300 of them must do. */
const FRESH = 300;

function prepare(plain: LaboratoryCohort): Experiment {
  const unique = plain.simulated.slice(0, Math.floor(plain.simulated.length / 2));
  const random = plain.random.fork("frames");
  const originals = unique.map((patient) => frameOf(patient, random));
  const frames = [...originals, ...originals.map(copyOf)];
  const ids = [...unique.map(({ id }) => id), ...unique.map(({ id }) => patientId(`B${id}`))];
  const both = ids.map((_, row) => row % unique.length);
  const table = frameTable(takePatients(plain.table, both), frames, ids);
  const once = [...unique.keys()];
  return {
    honest: {
      ...honestPipeline(cohortOf(plain, once, takePatients(table, once), random), framePredictors),
      duplicates: copiesAmong(ids.slice(0, unique.length), originals),
    },
    leaky: {
      ...honestPipeline(cohortOf(plain, both, table, random), framePredictors),
      duplicates: copiesAmong(ids, frames),
    },
    fresh: () => framedPatients(plain, FRESH),
  };
}

/** What the comparison of fingerprints finds among frames of different ids. */
function copiesAmong(
  ids: readonly PatientId[],
  frames: readonly OutlinedImage[],
): readonly RepeatedPatients[] {
  const fingerprints = frames.map(({ image, mask }) => imageFingerprint(image, mask));
  return copiedImages(fingerprints).map(({ first, second, correlation }) => ({
    patients: [ids[first], ids[second]],
    shared: `one image is a copy of the other (correlation ${correlation.toFixed(2)})`,
    isDeclared: false,
  }));
}

/** The message of the check that every study passes before it fits. */
function refusal({ leaky: { cohort, duplicates = [] } }: Experiment): string {
  const { patients } = cohort.table;
  const inTest = new Set(cohort.test.map((row) => patients[row]));
  const [{ patients: pair }] = duplicates.filter(
    ({ patients: [first, second] }) => inTest.has(first) !== inTest.has(second),
  );
  const row = patients.indexOf(pair[0]);
  const frame = frameOf(cohort.simulated[row], cohort.random.fork("frames"));
  const images = [frame, copyOf(frame, row)];
  return refusalOf(() =>
    studyDuplicates(
      { declared: [], repeated: [], isKnown: () => false, rowOf: (patient) => 2 + patients.indexOf(patient) },
      measuredFrames(pair, images),
      {
        development: patients.filter((patient) => !inTest.has(patient)),
        test: patients.filter((patient) => inTest.has(patient)),
        prospective: [],
      },
      "cohort.csv",
    ),
  );
}

function measuredFrames(patients: readonly PatientId[], frames: readonly OutlinedImage[]): MeasuredImages {
  return {
    images: patients.map((patient, index) => ({
      patient,
      image: `${patient}.png`,
      mask: `${patient}_mask.png`,
      spacingMm: null,
      rowNumber: 2 + index,
    })),
    features: frames.map(({ image, mask }) => ({
      values: [],
      undefinedBecause: [],
      findings: [],
      fingerprint: imageFingerprint(image, mask),
    })),
    sources: [],
    labels: [],
    versions: [],
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
