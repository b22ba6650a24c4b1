import type { ProtocolProblem } from "./protocol-problem.ts";
import type { Protocol } from "./protocol.ts";

/** What a split asks of variables that the protocol does not describe so, and phases that contradict each other. */
export function splitProblems(protocol: Protocol): readonly ProtocolProblem[] {
  const { split } = protocol;
  switch (split.method) {
    case "none":
    case "column":
      return [];
    case "temporal":
      return [
        ...dateProblems(protocol, split.column, "a temporal split"),
        ...(split.prospectiveFrom !== undefined && split.prospectiveFrom <= split.testFrom
          ? [
              problem(
                "the prospective set of a temporal split must begin after the test set; put the later day under prospectiveFrom",
              ),
            ]
          : []),
      ];
    case "centre":
      return phaseProblems(protocol, split);
    case "random":
      return [
        ...split.stratifyBy.flatMap((name) =>
          name in protocol.variables ? [] : [problem(undescribed("stratification", name), "stratifyBy")],
        ),
        ...phaseProblems(protocol, split),
      ];
  }
}

function phaseProblems(
  protocol: Protocol,
  { prospectiveFrom, dateColumn }: Extract<Protocol["split"], { method: "random" | "centre" }>,
): readonly ProtocolProblem[] {
  if (prospectiveFrom === undefined && dateColumn === undefined) return [];
  if (prospectiveFrom === undefined || dateColumn === undefined)
    return [
      problem(
        "a prospective phase needs its first day and the column of the date; write prospectiveFrom and dateColumn",
      ),
    ];
  return dateProblems(protocol, dateColumn, "a prospective phase");
}

function dateProblems({ variables }: Protocol, column: string, use: string): readonly ProtocolProblem[] {
  const type = variables[column]?.type;
  if (type === undefined) return [problem(undescribed(use, column))];
  return type === "date" ? [] : [problem(`${use} needs a date; ${column} is ${type}`)];
}

function undescribed(use: string, name: string): string {
  return `${use} needs variable ${name}, which is not described under variables`;
}

function problem(message: string, ...within: string[]): ProtocolProblem {
  return { path: ["split", ...within], message };
}
