import type { PlannedBlock } from "../study/planning/planned-parameters.ts";
import type { StudyPlan } from "../study/planning/study-plan.ts";
import type { DrawingDocument } from "./drawing.ts";
import { formatCount, formatFixed } from "./format.ts";
import { element } from "./html.ts";
import { createNumbering } from "./numbering.ts";
import { planFigure } from "./plan-figure.ts";
import { planSentences } from "./plan-words.ts";
import { renderStandalonePage } from "./standalone-page.ts";
import type { PrintedTable } from "./table.ts";

/** What a page of a plan says besides the plan. */
export interface PlanOccasion {
  /** Of the study, or of a plan without one. */
  readonly title: string;
  readonly simulated: boolean;
  readonly software: string;
}

/**
 * How large a study should be, as one page.
 *
 * @param document Where drawings are made: a browser's document, or linkedom's.
 * @returns A complete HTML document; equal plans give equal bytes.
 */
export function renderPlanPage(plan: StudyPlan, occasion: PlanOccasion, document: DrawingDocument): string {
  const numbering = createNumbering();
  return renderStandalonePage({
    ...occasion,
    kicker: "Sample size before the study",
    summary: planSentences(plan),
    sections: [
      {
        id: "development",
        title: "Development",
        content: [numbering.table(modelTable(plan)), numbering.figure(planFigure(plan, document))],
      },
      {
        id: "method",
        title: "Method",
        content: [
          element`<p>
            Riley's criteria (BMJ 2020;368:m441): the shrinkage of the effects, the optimism in Nagelkerke's R² (at most
            0.05), and the precision of the mean risk; a C statistic stands for the R² that normal linear predictors of
            equal variance imply. External validation by Riley et al. 2021 (Stat Med 40:4230-4251): widths of the 95%
            intervals ${formatFixed(plan.widths.observedExpected, 2)} (observed to expected),
            ${formatFixed(plan.widths.slope, 2)} (slope), ${formatFixed(plan.widths.cStatistic, 2)} (C statistic),
            ${formatFixed(plan.widths.netBenefit, 2)} (net benefit over prevalence). A coefficient is every term,
            every level beside the reference, every part of a spline and every candidate of a choice.
          </p>`,
        ],
      },
    ],
  });
}

function modelTable({ models }: StudyPlan): PrintedTable {
  return {
    id: "models",
    title: "Planned models",
    note: "Blocks: coefficients in the model's own regression; of a score one, with the candidates behind it in brackets.",
    columns: [
      "Model",
      "Blocks",
      "Coefficients",
      "Patients",
      "Events",
      "Events per coefficient",
      "Asks for most",
      "Shrinkage at hand",
    ],
    words: [1, 6],
    rows: models.map(({ model, blocks, parameters, size, binding, atHand }) => ({
      kind: "row" as const,
      cells: [
        model,
        blocks.map(blockWords).join(", "),
        formatCount(parameters),
        formatCount(size.patients),
        formatCount(Math.ceil(size.events)),
        formatFixed(size.eventsPerParameter, 1),
        binding,
        atHand === null ? "" : formatFixed(atHand.shrinkage, 2),
      ],
    })),
  };
}

function blockWords({ block, parameters, candidates, isScore }: PlannedBlock): string {
  return isScore ? `${block} 1 (${formatCount(candidates)})` : `${block} ${formatCount(parameters)}`;
}
