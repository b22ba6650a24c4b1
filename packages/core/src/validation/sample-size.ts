import { InputError } from "../errors.ts";
import { log1p } from "../math/elementary.ts";
import { twoSidedNormal } from "./estimate.ts";
import { coxSnellOfC, maximumCoxSnell, simulatedCoxSnellOfC } from "./implied-explained-variation.ts";

/** How well a planned model is expected to do, as an earlier study reports it. */
export type AnticipatedPerformance =
  | { readonly measure: "cox-snell"; readonly value: number }
  | { readonly measure: "nagelkerke"; readonly value: number }
  | { readonly measure: "c-statistic"; readonly value: number };

/** A model that is to be developed. */
export interface DevelopmentPlan {
  /** Coefficients that are estimated, all terms and candidates counted, without the intercept. */
  readonly parameters: number;
  /** Expected share with the event, in (0, 1). */
  readonly prevalence: number;
  readonly anticipated: AnticipatedPerformance;
  /** Shrinkage to aim at; 0.9 without it. */
  readonly shrinkage?: number;
  /** Largest optimism in Nagelkerke's R²; 0.05 without it. */
  readonly optimism?: number;
  /** Half width of the interval of the mean risk; 0.05 without it. */
  readonly margin?: number;
  /**
   * `none`: exact integral, no rounding; `pmsampsize`: that package's simulation and rounding of R², the quantile 1.96,
   * for comparison with published numbers. `none` without it.
   */
  readonly convention?: "none" | "pmsampsize";
}

/** Patients that one criterion asks for. */
export interface SampleSizeCriterion {
  readonly patients: number;
  /** Shrinkage that a study of this size would have. */
  readonly shrinkage: number;
}

/** Smallest development study by Riley's criteria. */
export interface DevelopmentSampleSize {
  /** Criterion 1: the shrinkage aimed at. */
  readonly forShrinkage: SampleSizeCriterion;
  /** Criterion 2: small optimism in Nagelkerke's R². */
  readonly forOptimism: SampleSizeCriterion;
  /** Criterion 3: precise mean risk. Its shrinkage is that of the larger of the first two. */
  readonly forMeanRisk: SampleSizeCriterion;
  readonly patients: number;
  readonly events: number;
  readonly eventsPerParameter: number;
  readonly shrinkage: number;
  readonly coxSnell: number;
  readonly maximumCoxSnell: number;
  readonly nagelkerke: number;
}

/**
 * The smallest number of patients to develop a logistic prediction model with, by Riley's three criteria.
 *
 * @param plan Parameters, prevalence and anticipated performance.
 * @returns The largest of the criteria decides.
 * @throws {InputError} A number outside its range, or a Cox-Snell R² that the prevalence or the shrinkage rules out.
 * @source Riley et al. 2020, BMJ 368:m441; Riley et al. 2019, Stat Med 38:1276-1296.
 * @example developmentSampleSize({ parameters: 20, prevalence: 0.2, anticipated: { measure: "cox-snell", value: 0.1 }, shrinkage: 0.95 }).patients // => 3597
 */
export function developmentSampleSize(plan: DevelopmentPlan): DevelopmentSampleSize {
  requirePlan(plan);
  const { parameters, prevalence, shrinkage = 0.9, optimism = 0.05, margin = 0.05 } = plan;
  const maximum = maximumCoxSnell(prevalence);
  const coxSnell = coxSnellOf(plan, maximum);
  if (!(coxSnell > 0 && coxSnell < Math.min(maximum, shrinkage)))
    throw new InputError(
      `a sample size needs a Cox-Snell R² above 0 and below ${Math.min(maximum, shrinkage).toFixed(3)}, its largest at this prevalence and shrinkage; got ${coxSnell}; lower the anticipated performance`,
    );
  const implied = coxSnell / (coxSnell + optimism * maximum);
  const forShrinkage = { patients: patientsFor(parameters, shrinkage, coxSnell), shrinkage };
  const forOptimism = { patients: patientsFor(parameters, implied, coxSnell), shrinkage: implied };
  const reached = Math.max(shrinkage, implied);
  const z = plan.convention === "pmsampsize" ? 1.96 : twoSidedNormal(0.95);
  const ratio = z / margin;
  const forMeanRisk = {
    patients: Math.ceil(ratio * ratio * prevalence * (1 - prevalence)),
    shrinkage: reached,
  };
  const patients = Math.max(forShrinkage.patients, forOptimism.patients, forMeanRisk.patients);
  return {
    forShrinkage,
    forOptimism,
    forMeanRisk,
    patients,
    events: patients * prevalence,
    eventsPerParameter: (patients * prevalence) / parameters,
    shrinkage: reached,
    coxSnell,
    maximumCoxSnell: maximum,
    nagelkerke: coxSnell / maximum,
  };
}

/** Riley's equation 10: patients at which the expected shrinkage is `shrinkage`. */
function patientsFor(parameters: number, shrinkage: number, coxSnell: number): number {
  return Math.ceil(parameters / ((shrinkage - 1) * log1p(-coxSnell / shrinkage)));
}

function coxSnellOf({ anticipated, prevalence, convention }: DevelopmentPlan, maximum: number): number {
  const isRounded = convention === "pmsampsize";
  switch (anticipated.measure) {
    case "cox-snell":
      return anticipated.value;
    case "nagelkerke": {
      const value = anticipated.value * maximum;
      return isRounded ? Math.round(1e3 * value) / 1e3 : value;
    }
    case "c-statistic":
      return (isRounded ? simulatedCoxSnellOfC : coxSnellOfC)(anticipated.value, prevalence);
  }
}

function requirePlan({ parameters, prevalence, shrinkage, optimism, margin }: DevelopmentPlan): void {
  if (!Number.isInteger(parameters) || parameters < 1)
    throw new InputError(
      `a sample size needs a whole number of at least 1 parameter; got ${parameters}; count every candidate coefficient`,
    );
  const shares = {
    prevalence,
    shrinkage: shrinkage ?? 0.9,
    optimism: optimism ?? 0.05,
    margin: margin ?? 0.05,
  };
  for (const [name, value] of Object.entries(shares))
    if (!(value > 0 && value < 1))
      throw new InputError(`a sample size needs a ${name} between 0 and 1; got ${value}; correct it`);
}
