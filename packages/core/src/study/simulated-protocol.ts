import type { SimulationSettings } from "../cohort/simulate-cohort.ts";

/**
 * The protocol of a study of simulated patients, as the text of `study.yaml`.
 *
 * @param settings What was simulated; the study takes the same seed where it is a whole number.
 */
export function simulatedProtocol({ patients, seed, signal = 1 }: SimulationSettings): string {
  const studySeed = typeof seed === "number" && Number.isSafeInteger(seed) && seed >= 0 ? seed : 1;
  return `# SIMULATED: no patient of this study is real.
schema: sentinode/study@1
name: "Simulated patients: metastasis in non-sentinel lymph nodes"
description: >-
  SIMULATED DATA. ${patients} simulated patients with one or two positive sentinel nodes and completed axillary
  dissection, image signal ${signal}; distributions and effects follow published cohorts. The study implements the
  design described in the abstract (Future Oncology 2026;22:45-57) and supports no clinical claim.
simulated: true
seed: ${studySeed}
${cohortAndVariables}
${blocksAndModels}`;
}

const cohortAndVariables = `
cohort:
  table: cohort.csv
  id: patient_id

outcome:
  variable: nsln_metastasis
  positive: 1
  negative: 0
  label: non-sentinel node metastasis

decision: final-pathology

variables:
  enrolment_date: { type: date, label: Date of enrolment, role: date }
  scanner:
    type: categorical
    label: Scanner
    levels: [S1: scanner 1, S2: scanner 2, S3: scanner 3, S4: scanner 4]
    role: description
    reason: the scanner is a fact about the examination, not about the tumour
  age: { type: numeric, label: Age, unit: years, range: [18, 95] }
  postmenopausal: { type: binary, label: Postmenopausal }
  bmi: { type: numeric, label: Body mass index, unit: kg/m², range: [14, 50] }
  tumour_size_mm: { type: numeric, label: Tumour size, unit: mm, range: [1, 100], known: final-pathology }
  t_stage:
    type: ordinal
    label: T stage
    levels: [T1, T2]
    known: final-pathology
    role: description
    reason: the T stage repeats the tumour size, which predicts in millimetres
  histology:
    type: categorical
    label: Histology
    levels: [IDC: invasive ductal, ILC: invasive lobular, other: other]
    known: final-pathology
  grade: { type: ordinal, label: Grade, levels: [1, 2, 3], known: final-pathology }
  lvi: { type: binary, label: Lymphovascular invasion, known: final-pathology }
  multifocal: { type: binary, label: Multifocal, known: final-pathology }
  er: { type: binary, label: Oestrogen receptor positive }
  pr: { type: binary, label: Progesterone receptor positive }
  her2: { type: binary, label: HER2 positive }
  ki67_percent: { type: numeric, label: Ki-67, unit: "%", range: [0, 100] }
  subtype:
    type: categorical
    label: Subtype
    levels:
      - luminal-A: luminal A
      - luminal-B-HER2-: luminal B, HER2 negative
      - luminal-B-HER2+: luminal B, HER2 positive
      - HER2: HER2 positive, not luminal
      - triple-negative: triple negative
    role: description
    reason: the subtype repeats the receptors, HER2 and Ki-67
  mastectomy: { type: binary, label: Mastectomy, known: final-pathology }
  sln_removed: { type: numeric, label: Sentinel nodes removed, range: [1, 15], known: after-sentinel-biopsy }
  sln_pos: { type: binary, label: Positive sentinel nodes, levels: [1, 2], known: after-sentinel-biopsy }
  sln_neg: { type: numeric, label: Negative sentinel nodes, range: [0, 14], known: after-sentinel-biopsy }
  macrometastasis: { type: binary, label: Sentinel macrometastasis, known: after-sentinel-biopsy }
  sln_met_mm:
    type: numeric
    label: Largest sentinel metastasis
    unit: mm
    range: [0, 40]
    known: after-sentinel-biopsy
  ene: { type: binary, label: Extranodal extension, known: after-sentinel-biopsy }
  cortex_mm: { type: numeric, label: Cortical thickness, unit: mm, range: [0.5, 20] }
  hilum_loss: { type: binary, label: Loss of the hilum }
  long_short_below_2: { type: binary, label: Long to short axis below 2 }
  non_hilar_flow: { type: binary, label: Non-hilar flow }
  suspicious_nodes:
    type: ordinal
    label: Suspicious nodes
    levels: [0: none, 1: one, 2: two, 3: three or more]
  mskcc_probability:
    type: numeric
    label: MSKCC nomogram (simulated)
    range: [0, 1]
    known: after-sentinel-biopsy
    role: comparator
  pixel_mm:
    type: numeric
    label: Pixel size
    unit: mm
    known: never
    role: spacing
    reason: the size of a pixel follows the depth setting, which the examiner chose on seeing the lesion
  nsln_positive:
    type: numeric
    label: Positive non-sentinel nodes
    range: [0, 40]
    known: never
    role: outcome
    reason: the number of positive non-sentinel nodes is the outcome itself
  four_or_more_nodes:
    type: binary
    label: Four or more positive nodes
    known: never
    role: outcome
    reason: four or more positive nodes is an outcome, known when the axilla has been dissected

images:
  image: "images/{image}"
  mask: "images/{mask}"
  spacing: { column: pixel_mm }
`;

const blocksAndModels = `radiomics:
  families: [firstOrder, shape2d, glcm, glrlm, glszm, ngtdm]
  discretisations:
    - { method: fixed-bin-number, bins: 32 }
    - { method: fixed-bin-width, width: 8 }

blocks:
  C:
    - age
    - postmenopausal
    - tumour_size_mm
    - histology
    - grade
    - lvi
    - multifocal
    - er
    - pr
    - her2
    - ki67_percent
    - sln_pos
    - sln_neg
    - macrometastasis
    - { column: sln_met_mm, spline: 3 }
    - ene
  A: [cortex_mm, hilum_loss, long_short_below_2, non_hilar_flow, suspicious_nodes]
  R:
    radiomics: all
    entersAs: score
    scoreRegression: { method: ridge }

models:
  C: [C]
  CA: [C, A]
  CAR: [C, A, R]

regression: { method: ridge }

# Enrolment is uniform over 2016 to 2022; from this day on are the last 30 %.
split: { method: temporal, column: enrolment_date, testFrom: 2020-12-01 }
validation: { folds: 5, repeats: 20 }

subgroups:
  - { variable: age, cuts: [50] }
  - { variable: t_stage }
  - { variable: sln_pos }

thresholds:
  rules: [fnr<=0.05, fnr<=0.10, "p>=0.10"]
  decisionCurve: { from: 0.05, to: 0.4, step: 0.01 }
`;
