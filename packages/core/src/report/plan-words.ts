import type { StudyPlan } from "../study/planning/study-plan.ts";
import { formatCount, formatFixed, formatPercent } from "./format.ts";
import { counted } from "./words.ts";

const EXTERNAL = {
  observedExpected: "the ratio of observed to expected events",
  slope: "the calibration slope",
  cStatistic: "the C statistic",
  netBenefit: "the net benefit",
} as const;

/** A plan in sentences: for the terminal and for the page. */
export function planSentences(plan: StudyPlan): readonly string[] {
  const { models, external, sample, performance } = plan;
  const expected =
    performance.measure === "c-statistic"
      ? `a C statistic of ${formatFixed(performance.value, 3)}`
      : `Nagelkerke's R² of ${formatFixed(performance.value, 2)}`;
  return [
    `Expected: ${formatPercent(plan.prevalence, 1)} with the event, ${expected}; shrinkage to keep ${formatFixed(plan.shrinkage, 2)}, mean risk to within ${formatFixed(plan.margin, 2)}.`,
    ...models.map(({ model, parameters, size, binding, withScores }) => {
      const scores =
        withScores === null
          ? ""
          : `; its scores count as one coefficient each, and were every candidate behind them counted, ${formatCount(withScores.patients)} patients`;
      return `${model}: ${counted(parameters, "coefficient")} ${parameters === 1 ? "needs" : "need"} ${counted(size.patients, "patient")} with ${formatCount(Math.ceil(size.events))} events (${formatFixed(size.eventsPerParameter, 1)} events per coefficient); ${binding} asks for most (shrinkage ${formatCount(size.forShrinkage.patients)}, optimism ${formatCount(size.forOptimism.patients)}, mean risk ${formatCount(size.forMeanRisk.patients)})${scores}.`;
    }),
    external === null
      ? "External validation: give an expected C statistic to plan its precision."
      : `External validation: ${counted(external.patients, "patient")} with ${formatCount(Math.ceil(external.events))} events; ${EXTERNAL[external.binding]} asks for most (O:E ${formatCount(external.observedExpected ?? 0)}, slope ${formatCount(external.slope ?? 0)}, C ${formatCount(external.cStatistic ?? 0)}, net benefit at ${formatPercent(plan.threshold, 0)} ${formatCount(external.netBenefit ?? 0)}).`,
    ...(sample === null
      ? []
      : [
          `The development set at hand has ${counted(sample.patients, "patient")}, ${formatCount(sample.events)} with the event: it carries ${counted(sample.carriedParameters, "coefficient")} at that shrinkage.${models.map(({ model, atHand }) => (atHand === null ? "" : ` ${model}: ${atHand.isEnough ? "large enough" : "too small"}, expected shrinkage ${formatFixed(atHand.shrinkage, 2)}.`)).join("")}`,
        ]),
  ];
}
