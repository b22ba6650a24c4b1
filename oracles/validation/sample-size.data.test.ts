import { coxSnellOfC } from "../../packages/core/src/validation/implied-explained-variation.ts";
import { externalSampleSize } from "../../packages/core/src/validation/sample-size-external.ts";
import {
  type AnticipatedPerformance,
  developmentSampleSize,
} from "../../packages/core/src/validation/sample-size.ts";
import type { OracleCase } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";

type DevelopmentCase = OracleCase<{
  readonly csrsquared?: number;
  readonly nagrsquared?: number;
  readonly cstatistic?: number;
  readonly parameters: number;
  readonly prevalence: number;
  readonly shrinkage?: number;
}>;

type ConversionCase = OracleCase<{
  readonly C: number | readonly number[];
  readonly prevalence: number | readonly number[];
}>;

type ExternalCase = OracleCase<{
  readonly prevalence: number;
  readonly oe?: number;
  readonly oe_ci_width?: number;
  readonly C?: number;
  readonly c_ci_width?: number;
}>;

testOracles("16", {
  "sample_size.riley_binary": ({ spec }: DevelopmentCase) => {
    const size = developmentSampleSize({
      parameters: spec.parameters,
      prevalence: spec.prevalence,
      anticipated: anticipatedBy(spec),
      ...(spec.shrinkage === undefined ? {} : { shrinkage: spec.shrinkage }),
      convention: "pmsampsize",
    });
    const { forShrinkage, forOptimism, forMeanRisk } = size;
    return {
      n_criterion1: forShrinkage.patients,
      n_criterion2: forOptimism.patients,
      n_criterion3: forMeanRisk.patients,
      n_final: size.patients,
      shrinkage: {
        c1: forShrinkage.shrinkage,
        c2: forOptimism.shrinkage,
        c3: forMeanRisk.shrinkage,
        final: size.shrinkage,
      },
      events: size.events,
      EPP: size.eventsPerParameter,
      cs_r2: size.coxSnell,
      max_r2: size.maximumCoxSnell,
      nagelkerke_r2: size.nagelkerke,
    };
  },

  "sample_size.cstat_to_r2": ({ spec }: ConversionCase) => {
    const prevalences = [spec.prevalence].flat();
    const values = [spec.C].flat().map((c, k) => coxSnellOfC(c, prevalences[k % prevalences.length]));
    return { r2_cox_snell: values };
  },

  "sample_size.external": ({ spec }: ExternalCase) => {
    const size = externalSampleSize({
      prevalence: spec.prevalence,
      ...(spec.oe_ci_width === undefined
        ? {}
        : { observedExpected: { anticipated: spec.oe ?? 1, width: spec.oe_ci_width } }),
      ...(spec.C === undefined || spec.c_ci_width === undefined
        ? {}
        : { cStatistic: { anticipated: spec.C, width: spec.c_ci_width } }),
    });
    return { n_oe: size.observedExpected, n_c: size.cStatistic };
  },
});

function anticipatedBy(spec: DevelopmentCase["spec"]): AnticipatedPerformance {
  if (spec.csrsquared !== undefined) return { measure: "cox-snell", value: spec.csrsquared };
  if (spec.nagrsquared !== undefined) return { measure: "nagelkerke", value: spec.nagrsquared };
  return { measure: "c-statistic", value: spec.cstatistic! };
}
