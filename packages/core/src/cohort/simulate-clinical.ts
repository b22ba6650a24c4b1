import { exp, log, logistic } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";

/** 1 = present or positive, 0 = absent or negative. */
export type Binary = 0 | 1;

/** Primary tumour, patient and sentinel nodes of a simulated patient, rounded as a clinical table writes them. */
export interface ClinicalFindings {
  /** Years. */
  readonly age: number;
  readonly postmenopausal: Binary;
  /** kg/m². */
  readonly bodyMassIndex: number;
  /** Largest diameter in mm. */
  readonly tumourSizeMm: number;
  readonly histology: "IDC" | "ILC" | "other";
  readonly grade: 1 | 2 | 3;
  readonly lymphovascularInvasion: Binary;
  readonly multifocal: Binary;
  readonly oestrogenReceptor: Binary;
  readonly progesteroneReceptor: Binary;
  readonly her2: Binary;
  /** Per cent. */
  readonly ki67: number;
  readonly mastectomy: Binary;
  readonly sentinelNodesRemoved: number;
  readonly sentinelNodesPositive: 1 | 2;
  readonly sentinelNodesNegative: number;
  readonly macrometastasis: Binary;
  /** Largest sentinel metastasis in mm. */
  readonly sentinelMetastasisMm: number;
  readonly extranodalExtension: Binary;
}

/** Normal quantiles at the cumulative shares of grade 1 (7 %) and of grades 1 and 2 (62 %). */
const gradeCuts = { one: -1.4757910281791706, two: 0.3054807880993974 };

/**
 * Clinical findings of one patient with one or two positive sentinel nodes.
 *
 * @param aggressiveness Latent standard normal trait behind size, grade, receptors and lymphovascular invasion.
 * @param random Generator of this patient alone.
 * @returns Values inside the plausible ranges of a Chinese cohort with early breast cancer.
 */
export function simulateClinical(aggressiveness: number, random: Random): ClinicalFindings {
  const patient = drawPatient(random.fork("patient"));
  const tumour = drawTumour(aggressiveness, random.fork("tumour"));
  return { ...patient, ...tumour, ...drawSentinelNodes(tumour, random.fork("sentinel-nodes")) };
}

/**
 * The part of the log-odds of non-sentinel metastasis that clinical findings explain, without the intercept.
 *
 * @returns Mean 3.07 and standard deviation 2.04 over the simulated population.
 */
export function clinicalLogOdds(findings: ClinicalFindings): number {
  const { macrometastasis: macro } = findings;
  return (
    (0.58 * (findings.tumourSizeMm - 21)) / 10 +
    1.3 * findings.lymphovascularInvasion +
    1.15 * findings.multifocal +
    1.55 * findings.extranodalExtension +
    (findings.sentinelNodesPositive === 2 ? 1.4 : 0) -
    0.54 * (findings.sentinelNodesNegative - 2.6) +
    1.85 * macro +
    0.75 * macro * log(findings.sentinelMetastasisMm / 5.5) +
    (findings.grade === 3 ? 0.32 : 0) +
    (findings.histology === "ILC" ? 0.75 : 0) -
    (0.08 * (findings.age - 51.5)) / 10 +
    0.25 * findings.her2
  );
}

function drawPatient(random: Random): Pick<ClinicalFindings, "age" | "postmenopausal" | "bodyMassIndex"> {
  const age = Math.round(clip(51.5 + 10.5 * random.normal(), 24, 82));
  return {
    age,
    postmenopausal: bernoulli(random, logistic((age - 50.5) / 1.8)),
    bodyMassIndex: round(clip(23.6 + 3.2 * random.normal(), 16.5, 38), 10),
  };
}

type Tumour = Pick<
  ClinicalFindings,
  | "tumourSizeMm"
  | "histology"
  | "grade"
  | "lymphovascularInvasion"
  | "multifocal"
  | "oestrogenReceptor"
  | "progesteroneReceptor"
  | "her2"
  | "ki67"
  | "mastectomy"
>;

function drawTumour(aggressiveness: number, random: Random): Tumour {
  const sizeMm = round(
    clip(exp(log(20.5) + 0.36 * (0.35 * aggressiveness + 0.937 * random.normal())), 4, 50),
    10,
  );
  const centimetres = (sizeMm - 21) / 10;
  const differentiation = 0.54 * aggressiveness + 0.842 * random.normal();
  const type = random.uniform();
  const oestrogenReceptor = bernoulli(random, logistic(1.65 - 0.75 * aggressiveness));
  const multifocal = bernoulli(random, 0.14);
  return {
    tumourSizeMm: sizeMm,
    histology: type < 0.9 ? "IDC" : type < 0.945 ? "ILC" : "other",
    grade: differentiation < gradeCuts.one ? 1 : differentiation < gradeCuts.two ? 2 : 3,
    oestrogenReceptor,
    progesteroneReceptor: bernoulli(random, oestrogenReceptor === 1 ? 0.88 : 0.05),
    her2: bernoulli(random, logistic(-1.45 + 0.35 * aggressiveness)),
    ki67: Math.round(clip(exp(log(23) + 0.62 * (0.55 * aggressiveness + 0.835 * random.normal())), 1, 95)),
    lymphovascularInvasion: bernoulli(random, logistic(-0.8 + 0.3 * aggressiveness + 0.25 * centimetres)),
    multifocal,
    mastectomy: bernoulli(random, logistic(0.75 + 0.35 * centimetres + 0.9 * multifocal)),
  };
}

type SentinelNodes = Pick<
  ClinicalFindings,
  | "sentinelNodesRemoved"
  | "sentinelNodesPositive"
  | "sentinelNodesNegative"
  | "macrometastasis"
  | "sentinelMetastasisMm"
  | "extranodalExtension"
>;

function drawSentinelNodes(tumour: Tumour, random: Random): SentinelNodes {
  const centimetres = (tumour.tumourSizeMm - 21) / 10;
  const { lymphovascularInvasion: lvi } = tumour;
  const removed = Math.min(10, 1 + random.poisson(2.9));
  const second = bernoulli(random, logistic(-1.05 + 0.25 * lvi + 0.12 * centimetres));
  const positive = removed >= 2 && second === 1 ? 2 : 1;
  const two = positive === 2 ? 1 : 0;
  const macro = bernoulli(random, logistic(1.35 + 0.3 * lvi + 0.5 * two + 0.25 * centimetres));
  const millimetres =
    macro === 1 ? clip(exp(log(5.5) + 0.62 * random.normal()), 2.05, 25) : 0.3 + (2 - 0.3) * random.uniform();
  return {
    sentinelNodesRemoved: removed,
    sentinelNodesPositive: positive,
    sentinelNodesNegative: removed - positive,
    macrometastasis: macro,
    sentinelMetastasisMm: round(millimetres, 100),
    extranodalExtension: bernoulli(random, macro === 1 ? logistic(-1.25 + 0.5 * lvi + 0.25 * two) : 0.03),
  };
}

function bernoulli(random: Random, probability: number): Binary {
  return random.bernoulli(probability) ? 1 : 0;
}

function clip(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}

/** Rounded to multiples of 1 / parts. */
function round(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
