/** The scenarios: which patients, which models, and which intervals are put to the test. */
import { noteBootstrap } from "./bootstrap.ts";
import { noteEqualScores, noteHeldOut, noteHeldOutPairs, type Worth } from "./held-out.ts";
import { noteImputed } from "./imputed.ts";
import { noteInternal } from "./internal.ts";
import type { Notebook, Observation } from "./observation.ts";
import { type Population, populationOf, worthOf } from "./population.ts";
import { NOISE, simulatedRows } from "./simulated-rows.ts";
import { judgeStudy, type StudyPlan, type JudgedStudy } from "./study.ts";

/** Patients of the abstract's test set, and smaller ones. */
const TEST_SIZES = [494, 165, 75];
const TEST = TEST_SIZES[0];

/** One scenario, and how its patients differ. */
export interface Scenario {
  readonly name: string;
  /** What it is, for the page. */
  readonly description: string;
  readonly plan: Omit<StudyPlan, "seed">;
  readonly development: number;
  readonly signal: number;
  readonly missing: boolean;
  /** Writes down what one cohort shows. */
  readonly judge: (
    book: Notebook,
    study: JudgedStudy,
    worth: readonly Worth[],
    population: Population,
  ) => void;
}

const MAXIMUM_LIKELIHOOD = { method: "maximum-likelihood" };
const RIDGE = { method: "ridge", folds: 5 };

/** All scenarios, in the order of the page. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "abstract",
    description:
      "1,153 development and 494 test patients as in the abstract; models C and CA by ridge; 5 folds, 1 repeat",
    plan: {
      models: { C: ["C"], CA: ["C", "A"] },
      regression: RIDGE,
      validation: { folds: 5, repeats: 1 },
      hasTest: true,
    },
    development: 1153,
    signal: 1,
    missing: false,
    judge: (book, study, worth, population) => {
      noteHeldOut(book, study, worth, TEST_SIZES);
      noteHeldOutPairs(book, study, worth, population.chance);
      noteInternal(book, study, worth, population);
    },
  },
  {
    name: "small",
    description:
      "400 development patients, some 130 events, no test set; models C and CA by maximum likelihood; 5 folds, 2 repeats; 200 bootstrap samples of CA",
    plan: {
      models: { C: ["C"], CA: ["C", "A"] },
      regression: MAXIMUM_LIKELIHOOD,
      validation: { folds: 5, repeats: 2 },
      hasTest: false,
    },
    development: 400,
    signal: 1,
    missing: false,
    judge: (book, study, worth, population) => {
      noteInternal(book, study, worth, population);
      const last = worth.length - 1;
      noteBootstrap(book, study, { model: study.fits.final[last].model, worth: worth[last] });
    },
  },
  {
    name: "no difference",
    description:
      "400 development and 494 test patients; models C, C with five and C with five other columns of noise, by maximum likelihood",
    plan: {
      models: { C: ["C"], CN1: ["C", "N1"], CN2: ["C", "N2"] },
      regression: MAXIMUM_LIKELIHOOD,
      validation: { folds: 2, repeats: 1 },
      hasTest: true,
    },
    development: 400,
    signal: 1,
    missing: false,
    judge: (book, study, worth, population) => {
      noteHeldOutPairs(book, study, worth, population.chance);
      noteEqualScores(book, study, [NOISE[0], NOISE[5]]);
    },
  },
  {
    name: "near one",
    description:
      "400 development and 494 test patients with an image trait of eight times the designed weight and a predictor that reads it nearly without error; by ridge",
    plan: {
      models: { CR: ["C", "R"] },
      regression: RIDGE,
      validation: { folds: 2, repeats: 1 },
      hasTest: true,
    },
    development: 400,
    signal: 8,
    missing: false,
    judge: (book, study, worth) => noteHeldOut(book, study, worth, TEST_SIZES),
  },
  {
    name: "missing",
    description:
      "400 development and 494 test patients, a fifth of six columns missing at random, 3 imputations by chained equations; model CA by maximum likelihood",
    plan: {
      models: { CA: ["C", "A"] },
      regression: MAXIMUM_LIKELIHOOD,
      imputation: { method: "chained-equations", imputations: 3, iterations: 5 },
      validation: { folds: 2, repeats: 1 },
      hasTest: true,
    },
    development: 400,
    signal: 1,
    missing: true,
    judge: noteImputed,
  },
];

/**
 * The population of a signal, with every column that a scenario reads.
 *
 * @param patients 200,000, or fewer for those who write a scenario.
 */
export function populationOfSignal(signal: number, patients: number): Promise<Population> {
  return populationOf(ALL_COLUMNS, signal, patients);
}

const ALL_COLUMNS: StudyPlan = {
  models: { all: ["C", "A", "N1", "N2", "R"] },
  regression: MAXIMUM_LIKELIHOOD,
  validation: { folds: 2, repeats: 1 },
  hasTest: false,
  seed: 1,
};

/** What one cohort of a scenario shows. */
export async function judgeCohort(
  scenario: Scenario,
  index: number,
  population: Population,
): Promise<readonly Observation[]> {
  const { name, development, signal, missing } = scenario;
  const patients = development + (scenario.plan.hasTest ? TEST : 0);
  const rows = simulatedRows({ patients, seed: `cohort-${String(index)}`, signal, development, missing });
  const study = await judgeStudy({ ...scenario.plan, seed: index }, rows);
  const worth = study.fits.final.map(({ model }) => worthOf(model, population));
  const book: Notebook = { scenario: name, observations: [] };
  scenario.judge(book, study, worth, population);
  return book.observations;
}
