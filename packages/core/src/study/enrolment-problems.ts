import type { ProtocolProblem } from "./protocol-problem.ts";
import type { Protocol } from "./protocol.ts";

/** What a protocol says of days that cannot be: a day of study made up for real patients, an enrolment that is no date. */
export function enrolmentProblems(protocol: Protocol): readonly ProtocolProblem[] {
  const { cohort, simulated, simulatedToday, variables } = protocol;
  const problems: ProtocolProblem[] = [];
  if (simulatedToday !== undefined && !simulated)
    problems.push({
      path: ["simulatedToday"],
      message:
        "simulatedToday is for simulated patients: a study of real ones takes place on the day of its run; remove it",
    });
  if (cohort.enrolment !== undefined && variables[cohort.enrolment]?.type !== "date")
    problems.push({
      path: ["cohort", "enrolment"],
      message: `cohort: enrolment needs a date that is described under variables; got ${cohort.enrolment}`,
    });
  return problems;
}
