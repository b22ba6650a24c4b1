import { settingsProblems } from "../radiomics/settings.ts";
import { comparatorProblems } from "./comparator-problems.ts";
import { harmonisationProblems } from "./harmonisation-problems.ts";
import { predictorNames } from "./predictor-names.ts";
import { enrolmentProblems } from "./enrolment-problems.ts";
import type { ProtocolProblem } from "./protocol-problem.ts";
import { codeBook, forbiddenReason } from "./protocol-variables.ts";
import type { Protocol, ProtocolBlock, ProtocolVariable } from "./protocol.ts";
import { splitProblems } from "./split-problems.ts";

export type { ProtocolProblem } from "./protocol-problem.ts";

/**
 * Every contradiction that a schema cannot see: unknown names, forbidden predictors, code-books that do not fit.
 *
 * @param protocol Valid against the schema.
 * @returns Empty when the protocol holds together.
 */
export function protocolProblems(protocol: Protocol): readonly ProtocolProblem[] {
  return [
    ...Object.entries(protocol.variables).flatMap(([name, variable]) => variableProblems(name, variable)),
    ...Object.entries(protocol.blocks).flatMap(([name, block]) => blockProblems(protocol, name, block)),
    ...modelProblems(protocol),
    ...comparatorProblems(protocol),
    ...referenceProblems(protocol),
    ...splitProblems(protocol),
    ...curveProblems(protocol),
    ...settingsProblems(protocol.radiomics).map((message) => ({ path: ["radiomics"], message })),
    ...perturbationProblems(protocol),
    ...derivationProblems(protocol),
    ...harmonisationProblems(protocol),
    ...enrolmentProblems(protocol),
  ];
}

function variableProblems(name: string, variable: ProtocolVariable): ProtocolProblem[] {
  const codes = codeBook(variable.levels).map((level) => level.code);
  const problems = levelCountProblems(variable.type, codes.length);
  if (variable.type === "ordinal" && variable.levels !== undefined && !Array.isArray(variable.levels))
    problems.push("an ordinal variable needs its levels as a list, since a map has no order");
  if (new Set(codes).size !== codes.length) problems.push("a level code stands twice in the code-book");
  if (variable.reference !== undefined && codes.length > 0 && !codes.includes(String(variable.reference)))
    problems.push(`the reference is not one of the levels ${codes.join(", ")}`);
  if (variable.range !== undefined && variable.range[0] >= variable.range[1])
    problems.push("the range is empty");
  return problems.map((message) => ({ path: ["variables", name], message: `${name}: ${message}` }));
}

function levelCountProblems(type: ProtocolVariable["type"], levels: number): string[] {
  switch (type) {
    case "numeric":
    case "date":
      return levels === 0 ? [] : [`a ${type} variable has no levels`];
    case "binary":
      return levels === 0 || levels === 2 ? [] : [`a binary variable has two levels; got ${levels}`];
    case "categorical":
    case "ordinal":
      return levels >= 2
        ? []
        : [`a ${type} variable needs a code-book of at least two levels; write levels: [...]`];
  }
}

function blockProblems(protocol: Protocol, name: string, block: ProtocolBlock): ProtocolProblem[] {
  const path = ["blocks", name];
  if (!Array.isArray(block) && "radiomics" in block) return radiomicProblems(protocol, name, block);
  const terms = Array.isArray(block) ? block : block.predictors;
  const columns = terms.map((term) => (typeof term === "string" ? term : term.column));
  const repeated = columns.filter((column, index) => columns.indexOf(column) !== index);
  return [
    ...repeated.map((column) => ({ path, message: `block ${name} names ${column} twice` })),
    ...terms.flatMap((term, index) => {
      const at = Array.isArray(block) ? [...path, index] : [...path, "predictors", index];
      const message = termProblem(protocol, term);
      return message === null ? [] : [{ path: at, message: `block ${name}: ${message}` }];
    }),
  ];
}

function radiomicProblems(
  { images, imputation }: Protocol,
  name: string,
  { selection }: Extract<ProtocolBlock, { readonly radiomics: unknown }>,
): ProtocolProblem[] {
  const path = ["blocks", name];
  return [
    ...(images === undefined
      ? [
          {
            path,
            message: `block ${name} needs radiomic features; the protocol names no images; add images: {image, mask}`,
          },
        ]
      : []),
    ...(selection !== undefined && imputation.method !== "simple"
      ? [
          {
            path: [...path, "selection"],
            message: `block ${name} selects features, which chained equations would do once an imputation; use imputation: { method: simple } or no selection`,
          },
        ]
      : []),
  ];
}

type Term = Extract<ProtocolBlock, readonly unknown[]>[number];

function termProblem(protocol: Protocol, term: Term): string | null {
  const column = typeof term === "string" ? term : term.column;
  const reason = forbiddenReason(protocol, column);
  if (reason !== null) return `${column} may not predict: ${reason}`;
  const variable = protocol.variables[column];
  if (variable === undefined)
    return `${column} is not described under variables; add its type and when it is known`;
  if (variable.type === "date")
    return `${column} is a date; a predictor is numeric, binary, categorical or ordinal`;
  if (typeof term === "string") return null;
  if (term.spline !== undefined && variable.type !== "numeric")
    return `${column} is ${variable.type}; a spline needs a numeric variable`;
  if (term.ordinal !== undefined && variable.type !== "ordinal")
    return `${column} is ${variable.type}; only an ordinal variable enters by rank or indicators`;
  return null;
}

function modelProblems(protocol: Protocol): ProtocolProblem[] {
  const known = Object.keys(protocol.blocks);
  if (Object.keys(protocol.models).length === 0)
    return [{ path: ["models"], message: "a study needs at least one model, e.g. C: [C]" }];
  return Object.entries(protocol.models).flatMap(([name, model]) => {
    const blocks = Array.isArray(model) ? model : model.blocks;
    const path = ["models", name];
    const unknown = blocks.filter((block) => !known.includes(block));
    const repeated = blocks.filter((block, index) => blocks.indexOf(block) !== index);
    return [
      ...unknown.map((block) => ({
        path,
        message: `model ${name} needs block ${block}; the protocol has ${known.join(", ") || "none"}`,
      })),
      ...repeated.map((block) => ({ path, message: `model ${name} names block ${block} twice` })),
      ...(!Array.isArray(model) && model.regression !== undefined && model.learner !== undefined
        ? [{ path, message: `model ${name} needs a regression or a learner; it has both; keep one` }]
        : []),
    ];
  });
}

function referenceProblems(protocol: Protocol): ProtocolProblem[] {
  const described = (name: string) => name in protocol.variables;
  const problems: ProtocolProblem[] = [];
  const mustBeDescribed = (name: string, path: (string | number)[], use: string) => {
    if (!described(name))
      problems.push({
        path,
        message: `${use} needs variable ${name}, which is not described under variables`,
      });
  };
  protocol.subgroups.forEach((subgroup, index) => {
    const path = ["subgroups", index];
    mustBeDescribed(subgroup.variable, path, "a subgroup");
    const type = protocol.variables[subgroup.variable]?.type;
    if (protocol.subgroups.findIndex(({ variable }) => variable === subgroup.variable) < index)
      problems.push({
        path,
        message: `subgroups of ${subgroup.variable} are asked for twice; join their cuts`,
      });
    if (type === "date")
      problems.push({ path, message: `${subgroup.variable} is a date; a subgroup needs levels or cuts` });
    if (type === "numeric" && (subgroup.cuts === undefined || subgroup.cuts.length === 0))
      problems.push({
        path,
        message: `subgroups of numeric ${subgroup.variable} need cuts, e.g. cuts: [50]`,
      });
    if (type !== undefined && type !== "numeric" && subgroup.cuts !== undefined)
      problems.push({ path, message: `${subgroup.variable} is ${type}; cuts are for numeric variables` });
    if (
      subgroup.cuts !== undefined &&
      subgroup.cuts.some((cut, at) => at > 0 && cut <= subgroup.cuts![at - 1])
    )
      problems.push({ path, message: `cuts of ${subgroup.variable} must ascend` });
  });
  protocol.eligibility.forEach((rule, index) => {
    mustBeDescribed(rule.exclude.variable, ["eligibility", index], "an eligibility rule");
  });
  return problems;
}

function curveProblems(protocol: Protocol): ProtocolProblem[] {
  const { from, to } = protocol.thresholds.decisionCurve;
  return from < to
    ? []
    : [{ path: ["thresholds", "decisionCurve"], message: "the decision curve needs from < to" }];
}

function perturbationProblems({ radiomics, images }: Protocol): ProtocolProblem[] {
  const steps = radiomics.reproducibility?.perturbations.flat() ?? [];
  const inMillimetres = steps.some(
    (step) =>
      (step.kind === "grow" && "mm" in step.by) || (step.kind === "contour" && "mm" in step.deviation),
  );
  if (!inMillimetres || images === undefined || images.spacing !== "none") return [];
  const message =
    "perturbations in mm need the size of a pixel; the protocol says none; state images: {spacing}, or write share or px";
  return [{ path: ["radiomics", "reproducibility", "perturbations"], message }];
}

function derivationProblems(protocol: Protocol): ProtocolProblem[] {
  if (protocol.imputation.method === "simple") return [];
  const { derived } = protocol.imputation;
  const predictors = predictorNames(protocol);
  return Object.entries(derived).flatMap(([name, { of }]) => {
    const path = ["imputation", "derived", name];
    return [name, ...of].flatMap((column) => {
      if (!predictors.includes(column))
        return [
          { path, message: `a derived column and its parts must be predictors; ${column} is in no block` },
        ];
      if (protocol.variables[column]?.type !== "numeric")
        return [{ path, message: `a derived column and its parts must be numeric; ${column} is not` }];
      if (column !== name && column in derived)
        return [{ path, message: `the parts of a derived column must not be derived; ${column} is` }];
      return [];
    });
  });
}
