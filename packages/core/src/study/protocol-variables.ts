import { forbiddenName } from "../cohort/forbidden-names.ts";
import type { CategoricalVariable, Level, Variable } from "../cohort/variable.ts";
import type { Protocol, ProtocolVariable } from "./protocol.ts";

const rolesThatDoNotPredict: Readonly<Record<string, string>> = {
  outcome: "it tells the outcome or a part of it",
  description: "its role is description",
  comparator: "it is a comparator, not an input",
  spacing: "the size of a pixel is a fact about the scanner, not about the tumour",
  split: "it tells the sets apart",
  centre: "it names the centre",
  date: "it is a date",
};

/**
 * The variables of a protocol as the cohort reads them.
 *
 * @param protocol Checked protocol.
 * @returns In the protocol's order, labels and code-books filled in.
 */
export function protocolVariables(protocol: Protocol): readonly Variable[] {
  return Object.entries(protocol.variables).map(([name, variable]) => toVariable(name, variable));
}

/**
 * Why a variable may not stand in a block, or null if it may.
 *
 * @param name Column of the cohort table.
 */
export function forbiddenReason(protocol: Protocol, name: string): string | null {
  const use = otherUse(protocol, name);
  if (use !== null) return protocol.variables[name]?.reason ?? use;
  const variable = protocol.variables[name];
  if (variable === undefined) return null;
  if (variable.known === "never")
    return variable.reason ?? "the protocol says that it is never known before the decision";
  if (variable.role !== "predictor") return variable.reason ?? rolesThatDoNotPredict[variable.role];
  if (laterThan(variable.known, protocol.decision))
    return `it is known at ${variable.known}, the decision is at ${protocol.decision}`;
  return forbiddenByName(name, variable);
}

/** A name says what a protocol may have overlooked; the protocol has the last word. */
function forbiddenByName(name: string, { label = name, acknowledged }: ProtocolVariable): string | null {
  const reason = forbiddenName(name, label);
  return reason === null || acknowledged !== undefined
    ? null
    : `by its name, ${reason}; if so, write known: never; if not, write acknowledged: with the reason`;
}

/**
 * Why a variable may not be a comparator or a part of one, or null if it may.
 *
 * @param name Column of the cohort table.
 */
export function comparatorReason(protocol: Protocol, name: string): string | null {
  const use = otherUse(protocol, name);
  if (use !== null) return use;
  const role = protocol.variables[name]?.role ?? "predictor";
  return role === "predictor" || role === "comparator"
    ? null
    : `its role is ${role}, not predictor or comparator`;
}

/** What else the protocol uses a column for, whatever its variable says of itself. */
function otherUse(protocol: Protocol, name: string): string | null {
  if (name === protocol.outcome.variable) return "it is the outcome";
  if (name === protocol.cohort.id) return "it names the patient";
  if (isInImagePattern(protocol, name)) return "it names a file";
  if (isSpacingColumn(protocol, name)) return rolesThatDoNotPredict["spacing"];
  if (splitColumns(protocol).includes(name)) return rolesThatDoNotPredict["split"];
  return null;
}

/** Columns that tell development, test and prospective patients apart. */
function splitColumns({ split }: Protocol): readonly string[] {
  return [
    ...("column" in split ? [split.column] : []),
    ...("dateColumn" in split && split.dateColumn !== undefined ? [split.dateColumn] : []),
  ];
}

/**
 * The code-book of a variable as ordered levels.
 *
 * @example codeBook({ 0: "no", 1: "yes" }) // => [{"code":"0","label":"no"},{"code":"1","label":"yes"}]
 */
export function codeBook(levels: ProtocolVariable["levels"]): readonly Level[] {
  if (levels === undefined) return [];
  if (!Array.isArray(levels)) return Object.entries(levels).map(([code, label]) => ({ code, label }));
  return levels.flatMap((entry) =>
    typeof entry === "object"
      ? Object.entries(entry).map(([code, label]) => ({ code, label }))
      : [{ code: String(entry), label: String(entry) }],
  );
}

function toVariable(name: string, variable: ProtocolVariable): Variable {
  const base = {
    name,
    label: variable.label ?? name,
    knownAt: variable.known,
    ...(variable.reason === undefined ? {} : { reason: variable.reason }),
  };
  switch (variable.type) {
    case "numeric":
      return {
        ...base,
        kind: "numeric",
        unit: variable.unit ?? null,
        ...(variable.range === undefined ? {} : { range: variable.range }),
      };
    case "date":
      return { ...base, kind: "date" };
    default:
      return { ...base, kind: variable.type, ...levelsOf(variable) };
  }
}

function levelsOf(variable: ProtocolVariable): Pick<CategoricalVariable, "levels" | "reference"> {
  const written = codeBook(variable.levels);
  const levels =
    written.length === 0 && variable.type === "binary"
      ? [
          { code: "0", label: "no" },
          { code: "1", label: "yes" },
        ]
      : written;
  return {
    levels,
    reference: variable.reference === undefined ? levels[0].code : String(variable.reference),
  };
}

function isInImagePattern(protocol: Protocol, name: string): boolean {
  const { images } = protocol;
  return images !== undefined && [images.image, images.mask].some((pattern) => pattern.includes(`{${name}}`));
}

function isSpacingColumn(protocol: Protocol, name: string): boolean {
  const spacing = protocol.images?.spacing;
  return typeof spacing === "object" && "column" in spacing && spacing.column === name;
}

const order = ["before-surgery", "after-sentinel-biopsy", "final-pathology", "never"] as const;

function laterThan(known: (typeof order)[number], decision: (typeof order)[number]): boolean {
  return order.indexOf(known) > order.indexOf(decision);
}
