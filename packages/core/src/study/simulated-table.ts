import type { SimulatedPatient } from "../cohort/simulate-cohort.ts";
import { tumourSubtype } from "../cohort/tumour-subtype.ts";

/** A column of the simulated cohort's table and where its cell comes from. */
interface TableColumn {
  readonly header: string;
  readonly cell: (patient: SimulatedPatient, pixelMm: number) => string | number;
}

const columns: readonly TableColumn[] = [
  { header: "patient_id", cell: ({ id }) => id },
  { header: "enrolment_date", cell: ({ examination }) => examination.enrolmentDate },
  { header: "scanner", cell: ({ examination }) => examination.scanner },
  { header: "age", cell: ({ clinical }) => clinical.age },
  { header: "postmenopausal", cell: ({ clinical }) => clinical.postmenopausal },
  { header: "bmi", cell: ({ clinical }) => clinical.bodyMassIndex },
  { header: "tumour_size_mm", cell: ({ clinical }) => clinical.tumourSizeMm },
  { header: "t_stage", cell: ({ clinical }) => (clinical.tumourSizeMm <= 20 ? "T1" : "T2") },
  { header: "histology", cell: ({ clinical }) => clinical.histology },
  { header: "grade", cell: ({ clinical }) => clinical.grade },
  { header: "lvi", cell: ({ clinical }) => clinical.lymphovascularInvasion },
  { header: "multifocal", cell: ({ clinical }) => clinical.multifocal },
  { header: "er", cell: ({ clinical }) => clinical.oestrogenReceptor },
  { header: "pr", cell: ({ clinical }) => clinical.progesteroneReceptor },
  { header: "her2", cell: ({ clinical }) => clinical.her2 },
  { header: "ki67_percent", cell: ({ clinical }) => clinical.ki67 },
  { header: "subtype", cell: ({ clinical }) => tumourSubtype(clinical) },
  { header: "mastectomy", cell: ({ clinical }) => clinical.mastectomy },
  { header: "sln_removed", cell: ({ clinical }) => clinical.sentinelNodesRemoved },
  { header: "sln_pos", cell: ({ clinical }) => clinical.sentinelNodesPositive },
  { header: "sln_neg", cell: ({ clinical }) => clinical.sentinelNodesNegative },
  { header: "macrometastasis", cell: ({ clinical }) => clinical.macrometastasis },
  { header: "sln_met_mm", cell: ({ clinical }) => clinical.sentinelMetastasisMm },
  { header: "ene", cell: ({ clinical }) => clinical.extranodalExtension },
  { header: "cortex_mm", cell: ({ axilla }) => axilla.cortexMm },
  { header: "hilum_loss", cell: ({ axilla }) => axilla.hilumLoss },
  { header: "long_short_below_2", cell: ({ axilla }) => axilla.longShortBelow2 },
  { header: "non_hilar_flow", cell: ({ axilla }) => axilla.nonHilarFlow },
  { header: "suspicious_nodes", cell: ({ axilla }) => axilla.suspiciousNodes },
  { header: "mskcc_probability", cell: ({ nomogramProbability }) => nomogramProbability },
  { header: "image", cell: ({ id }) => `${id}.png` },
  { header: "mask", cell: ({ id }) => `${id}_mask.png` },
  { header: "pixel_mm", cell: (_patient, pixelMm) => pixelMm },
  { header: "nsln_metastasis", cell: ({ nslnMetastasis }) => nslnMetastasis },
  { header: "nsln_positive", cell: ({ nonSentinelNodesPositive }) => nonSentinelNodesPositive },
  { header: "four_or_more_nodes", cell: (patient) => (positiveNodes(patient) >= 4 ? 1 : 0) },
];

/** Positive nodes in all, sentinel and others. */
function positiveNodes({ clinical, nonSentinelNodesPositive }: SimulatedPatient): number {
  return clinical.sentinelNodesPositive + nonSentinelNodesPositive;
}

/** Headers of the simulated cohort's table. */
export const clinicalHeaders: readonly string[] = columns.map(({ header }) => header);

/**
 * A patient's row under {@link clinicalHeaders}.
 *
 * @param pixelMm Size of a pixel of the patient's image.
 */
export function clinicalRow(patient: SimulatedPatient, pixelMm: number): readonly string[] {
  return columns.map(({ cell }) => String(cell(patient, pixelMm)));
}

/** Headers of the table of the truth. */
export const truthHeaders: readonly string[] = [
  "patient_id",
  "aggressiveness",
  "axillary_burden",
  "image_trait",
  "clinical_log_odds",
  "linear_predictor",
  "probability",
];

/** A patient's row under {@link truthHeaders}, in full precision. */
export function truthRow({ id, truth }: SimulatedPatient): readonly string[] {
  const { aggressiveness, burden, imageTrait, clinicalLogOdds, linearPredictor, probability } = truth;
  return [
    id,
    ...[aggressiveness, burden, imageTrait, clinicalLogOdds, linearPredictor, probability].map(String),
  ];
}
