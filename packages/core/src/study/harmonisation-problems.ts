import type { ProtocolProblem } from "./protocol-problem.ts";
import { codeBook, forbiddenReason } from "./protocol-variables.ts";
import type { Protocol } from "./protocol.ts";

type Harmonisation = NonNullable<Protocol["harmonisation"]>;

/** Contradictions of a protocol's harmonisation, beside those that its schema sees. */
export function harmonisationProblems(protocol: Protocol): readonly ProtocolProblem[] {
  const { harmonisation } = protocol;
  if (harmonisation === undefined) return [];
  const problem = (key: keyof Harmonisation) => (message: string) => ({
    path: ["harmonisation", key],
    message,
  });
  return [
    ...centreProblems(protocol, harmonisation).map(problem("by")),
    ...referenceProblems(protocol, harmonisation).map(problem("reference")),
    ...harmonisation.covariates
      .flatMap((name) => covariateProblems(protocol, harmonisation, name))
      .map(problem("covariates")),
  ];
}

function centreProblems({ variables, blocks, split, outcome }: Protocol, { by }: Harmonisation): string[] {
  const type = variables[by]?.type;
  const problems: string[] = [];
  if (type === undefined)
    problems.push(`harmonisation needs variable ${by}, which is not described under variables`);
  else if (type === "numeric" || type === "date")
    problems.push(`${by} is ${type}; harmonisation needs a centre as a categorical variable`);
  if (by === outcome.variable) problems.push(`${by} is the outcome; harmonisation needs a centre`);
  if (split.method === "centre" && split.column === by)
    problems.push(
      "the test set holds centres that no training patient comes from, and ComBat cannot harmonise a centre that it has not learned; leave harmonisation out, or calibrate the frozen model for the new centre",
    );
  if (!Object.values(blocks).some((block) => !Array.isArray(block) && "radiomics" in block))
    problems.push("harmonisation is for radiomic features; no block has any; leave it out");
  return problems;
}

function referenceProblems({ variables }: Protocol, { by, reference }: Harmonisation): string[] {
  const codes = codeBook(variables[by]?.levels).map(({ code }) => code);
  return reference === undefined || codes.includes(String(reference))
    ? []
    : [`the reference of the harmonisation is not one of the levels of ${by}`];
}

function covariateProblems(protocol: Protocol, { by }: Harmonisation, name: string): string[] {
  if (name === by) return [`${name} names the centre; leave it out of the covariates`];
  const reason = forbiddenReason(protocol, name);
  if (reason !== null) return [`${name} may not be a covariate of the harmonisation: ${reason}`];
  return name in protocol.variables
    ? []
    : [`harmonisation needs variable ${name}, which is not described under variables`];
}
