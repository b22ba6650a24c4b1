import {
  netBenefitBand,
  netBenefitDifferenceBand,
} from "../../packages/core/src/validation/decision-curve-band.ts";
import { decisionCurve, treatedShares } from "../../packages/core/src/validation/decision-curve.ts";
import { numbers, type OracleCase, readOracleTable } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { outcomeOf, resamplesOf } from "./predictions-of.ts";

type DecisionCase = OracleCase<{
  readonly y: string;
  readonly models: string | readonly string[];
  readonly thresholds: readonly number[];
  readonly prevalence: number | null;
}>;

type BootstrapCase = OracleCase<{
  readonly y?: string;
  readonly model: string;
  readonly versus: string;
  readonly thresholds: readonly number[];
}>;

testOracles("10", {
  dca: (oracle: DecisionCase) => {
    const table = readOracleTable(oracle);
    const outcome = outcomeOf(table, oracle.spec.y);
    const everybody = new Float64Array(outcome.length).fill(1);
    const models = [oracle.spec.models].flat();
    const curves = models.map((name) => [name, curveOf(oracle, name, outcome, numbers(table, name))]);
    return {
      ...Object.fromEntries(curves),
      treat_all: curveOf(oracle, "treat_all", outcome, everybody),
      treat_none: { net_benefit: oracle.spec.thresholds.map(() => 0) },
    } as unknown;
  },

  "dca.bootstrap_ci": (oracle: BootstrapCase) => {
    const table = readOracleTable(oracle);
    const outcome = outcomeOf(table, oracle.spec.y ?? "y");
    const { thresholds } = oracle.spec;
    const [model, versus] = [numbers(table, oracle.spec.model), numbers(table, oracle.spec.versus)];
    const resamples = resamplesOf(oracle);
    const band = netBenefitBand(outcome, [model], thresholds, resamples);
    const difference = netBenefitDifferenceBand(outcome, [[model], [versus]], thresholds, resamples);
    const nb = decisionCurve(outcome, model, thresholds).map((point) => point.netBenefit);
    const other = decisionCurve(outcome, versus, thresholds).map((point) => point.netBenefit);
    return {
      nb,
      lo: band.map((point) => point.lower),
      hi: band.map((point) => point.upper),
      se: band.map((point) => point.standardError),
      diff: nb.map((value, k) => value - other[k]),
      diff_lo: difference.map((point) => point.lower),
      diff_hi: difference.map((point) => point.upper),
    };
  },
});

function curveOf(
  oracle: DecisionCase,
  name: string,
  outcome: Uint8Array,
  probability: Float64Array,
): unknown {
  const { thresholds, prevalence } = oracle.spec;
  const curve = decisionCurve(outcome, probability, thresholds, prevalence ?? undefined);
  const treated = treatedShares(outcome, probability, thresholds, prevalence ?? undefined);
  const standardised = curve.map((point) => point.standardisedNetBenefit);
  // R names some of its vectors; the order of the names is that of the thresholds.
  const expected = oracle.expected[name]?.standardized_net_benefit as object | undefined;
  const named = expected !== undefined && !Array.isArray(expected);
  return {
    net_benefit: curve.map((point) => point.netBenefit),
    net_interventions_avoided_per_100: curve.map((point) => point.avoidedPer100),
    standardized_net_benefit: named
      ? Object.fromEntries(Object.keys(expected).map((key, k) => [key, standardised[k]]))
      : standardised,
    tp_rate: treated.map((share) => share.truePositives),
    fp_rate: treated.map((share) => share.falsePositives),
  };
}
