import { characteristicsTable } from "./characteristics-table.ts";
import { flowFigure } from "./flow-figure.ts";
import type { Html } from "./html.ts";
import type { Numbering } from "./numbering.ts";
import type { ReportModel } from "./report-model.ts";

/** Who took part: the flow of patients, and their characteristics by outcome and by set. */
export function participantsSection(
  { flow, study, tableOne: { byOutcome, byPart } }: ReportModel,
  numbering: Numbering,
): readonly (Html | null)[] {
  return [
    numbering.figure(flowFigure(flow, study.outcomeLabel)),
    numbering.table(
      byOutcome === null
        ? null
        : characteristicsTable(byOutcome, {
            title: "Characteristics of the patients by outcome",
            withTests: true,
          }),
    ),
    numbering.table(
      byPart === null
        ? null
        : characteristicsTable(byPart, { title: "Characteristics of the patients by set", withTests: false }),
    ),
  ];
}
