import { InputError } from "../../errors.ts";
import { logit } from "../../math/elementary.ts";
import { normalCdf, normalQuantile } from "../../math/normal.ts";
import {
  type DevelopmentPlan,
  developmentSampleSize,
  type DevelopmentSampleSize,
} from "../../validation/sample-size.ts";
import { carriedParameters, expectedShrinkage } from "../../validation/sample-size-carried.ts";
import { externalSampleSize } from "../../validation/sample-size-external.ts";
import type { PlannedModel } from "./planned-parameters.ts";
import type {
  BindingCriterion,
  ExpectedPerformance,
  ExternalWidths,
  ModelPlan,
  PlanInput,
  PlanPoint,
  PlanSample,
  StudyPlan,
} from "./study-plan.ts";

/** Widths of Riley's examples: 0.9 to 1.1, 0.8 to 1.2, and 0.1; of the standardised net benefit 0.2. */
const WIDTHS: ExternalWidths = { observedExpected: 0.2, slope: 0.4, cStatistic: 0.1, netBenefit: 0.2 };
/** What Riley takes where no earlier study tells. */
const UNKNOWN_PERFORMANCE: ExpectedPerformance = { measure: "nagelkerke", value: 0.15 };
/** Points of the picture. */
const POINTS = 60;

/**
 * How many patients the planned models need to be developed and to be validated elsewhere, by Riley's criteria, and what
 * the sample at hand carries.
 *
 * @throws {InputError} No model, a number outside its range, or an expected performance that the prevalence rules out.
 * @source Riley et al. 2020, BMJ 368:m441; Riley et al. 2021, Stat Med 40:4230-4251.
 */
export function planStudy(input: PlanInput): StudyPlan {
  const { models, prevalence, shrinkage = 0.9, margin = 0.05, threshold = 0.1, sample } = input;
  if (models.length === 0)
    throw new InputError(
      "a plan needs the number of parameters of a model; got none; name a study or give --parameters",
    );
  const performance = input.performance ?? UNKNOWN_PERFORMANCE;
  const widths = { ...WIDTHS, ...input.widths };
  const sizeOf = (parameters: number) =>
    developmentSampleSize({
      parameters,
      prevalence,
      anticipated: performance,
      shrinkage,
      margin,
    } satisfies DevelopmentPlan);
  const largest = models.reduce((most, { parameters }) => Math.max(most, parameters), 1);
  const { coxSnell } = sizeOf(1);
  return {
    schema: "sentinode/plan@1",
    prevalence,
    performance,
    shrinkage,
    margin,
    models: models.map((model) => modelPlan(model, sizeOf, sample)),
    external:
      performance.measure === "c-statistic"
        ? externalPlan(performance.value, { prevalence, threshold, widths })
        : null,
    widths,
    threshold,
    sample:
      sample === undefined
        ? null
        : { ...sample, carriedParameters: carriedParameters(sample.patients, shrinkage, coxSnell) },
    curve: curveTo(Math.max(10, Math.ceil(1.25 * largest)), sizeOf),
  };
}

function modelPlan(
  model: PlannedModel,
  sizeOf: (parameters: number) => DevelopmentSampleSize,
  sample: PlanSample | undefined,
): ModelPlan {
  const size = sizeOf(model.parameters);
  const all = model.candidates > model.parameters ? sizeOf(model.candidates) : null;
  return {
    ...model,
    size,
    binding: bindingOf(size),
    withScores: all === null ? null : { patients: all.patients, events: all.events },
    atHand:
      sample === undefined
        ? null
        : {
            shrinkage: expectedShrinkage(sample.patients, model.parameters, size.coxSnell),
            isEnough: sample.patients >= size.patients,
          },
  };
}

function bindingOf({ forShrinkage, forOptimism, patients }: DevelopmentSampleSize): BindingCriterion {
  if (forShrinkage.patients === patients) return "shrinkage";
  return forOptimism.patients === patients ? "optimism" : "mean risk";
}

/**
 * External validation where linear predictors are normal with equal variance in both classes, as the C statistic implies.
 */
function externalPlan(
  cStatistic: number,
  {
    prevalence,
    threshold,
    widths,
  }: { readonly prevalence: number; readonly threshold: number; readonly widths: ExternalWidths },
): StudyPlan["external"] {
  if (!(threshold > 0 && threshold < 1))
    throw new InputError(`a threshold needs a number between 0 and 1; got ${threshold}; use 0.1`);
  const distance = Math.sqrt(2) * normalQuantile(cStatistic);
  const start = logit(prevalence) - (distance * distance) / 2;
  const cut = (logit(threshold) - start) / distance;
  const sizes = externalSampleSize({
    prevalence,
    observedExpected: { width: widths.observedExpected },
    cStatistic: { anticipated: cStatistic, width: widths.cStatistic },
    slope: {
      width: widths.slope,
      linearPredictor: { sample: linearPredictors(prevalence, start, distance) },
    },
    netBenefit: {
      threshold,
      sensitivity: normalCdf(distance - cut),
      specificity: normalCdf(cut),
      width: widths.netBenefit,
    },
  });
  const binding = (["observedExpected", "slope", "cStatistic", "netBenefit"] as const).find(
    (measure) => sizes[measure] === sizes.patients,
  )!;
  return { ...sizes, binding };
}

/** Quantiles of the linear predictor in both classes, in the proportion of these. */
function linearPredictors(prevalence: number, start: number, distance: number): Float64Array {
  const all = 2000;
  const events = Math.round(all * prevalence);
  const quantiles = (count: number, centre: number) =>
    Array.from({ length: count }, (_, k) => start + distance * (centre + normalQuantile((k + 0.5) / count)));
  return Float64Array.from([...quantiles(all - events, 0), ...quantiles(events, distance)]);
}

function curveTo(most: number, sizeOf: (parameters: number) => DevelopmentSampleSize): readonly PlanPoint[] {
  const step = Math.max(1, Math.ceil(most / POINTS));
  return Array.from({ length: Math.ceil(most / step) }, (_, k) => {
    const parameters = 1 + k * step;
    const { forShrinkage, forOptimism, forMeanRisk } = sizeOf(parameters);
    return {
      parameters,
      shrinkage: forShrinkage.patients,
      optimism: forOptimism.patients,
      meanRisk: forMeanRisk.patients,
    };
  });
}
