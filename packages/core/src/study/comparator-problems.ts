import { comparatorColumns, describeComparator, type ProtocolComparator } from "./comparator.ts";
import type { ProtocolProblem } from "./protocol-problem.ts";
import { codeBook, comparatorReason } from "./protocol-variables.ts";
import type { Protocol, ProtocolVariable } from "./protocol.ts";

/** Contradictions of a protocol's comparators, beside those that the schema sees. */
export function comparatorProblems(protocol: Protocol): readonly ProtocolProblem[] {
  return Object.entries(protocol.comparators).flatMap(([name, comparator]) => {
    const path = ["comparators", name];
    const columns = comparatorColumns(comparator);
    const repeated = columns.filter(
      ({ column }, index) => columns.findIndex((own) => own.column === column) < index,
    );
    return [
      ...(name in protocol.models
        ? [{ path, message: `comparator ${name} has the name of a model; give it another` }]
        : []),
      ...repeated.map(({ column }) => ({ path, message: `comparator ${name} names ${column} twice` })),
      ...columns.flatMap(({ key, column }) => {
        const message = columnProblem(protocol, comparator, key, column);
        return message === null ? [] : [{ path: [...path, key], message: `comparator ${name}: ${message}` }];
      }),
    ];
  });
}

function columnProblem(
  protocol: Protocol,
  comparator: ProtocolComparator,
  key: string,
  column: string,
): string | null {
  const reason = comparatorReason(protocol, column);
  if (reason !== null) return `${column} may not be compared with: ${reason}`;
  const variable = protocol.variables[column];
  if (variable === undefined)
    return `${column} is not described under variables; add its type and when it is known`;
  switch (describeComparator("", comparator).kind) {
    case "imported":
      return variable.type === "numeric" ? null : `${column} is ${variable.type}; a risk is numeric`;
    case "judgement":
      return isRanked(variable)
        ? null
        : `${column} is ${variable.type}; a judgement is numeric, ordinal or binary`;
    case "published":
      return tenonProblem(key, column, variable);
    case "refitted":
      return variable.type === "date" ? `${column} is a date, which is no predictor` : null;
  }
}

function isRanked({ type }: ProtocolVariable): boolean {
  return type === "numeric" || type === "ordinal" || type === "binary";
}

function tenonProblem(key: string, column: string, variable: ProtocolVariable): string | null {
  const { type, unit } = variable;
  if (key === "size") {
    if (type !== "numeric") return `${column} is ${type}; the size of a tumour is numeric`;
    return isMillimetres(unit) ? null : `${column} is in ${unit!}; the Tenon score needs mm`;
  }
  if (key === "macrometastasis") {
    if (type === "binary") return null;
    if (type !== "numeric") return `${column} is ${type}; a macrometastasis is binary, or a size in mm`;
    return isMillimetres(unit) ? null : `${column} is in ${unit!}; a sentinel metastasis needs mm`;
  }
  return isCount(variable)
    ? null
    : `${column} is ${type}; a number of nodes is numeric, or has levels that are numbers`;
}

function isMillimetres(unit: string | undefined): boolean {
  return unit === undefined || unit === "mm";
}

function isCount({ type, levels }: ProtocolVariable): boolean {
  if (type === "numeric") return true;
  const codes = codeBook(levels);
  return type !== "date" && codes.length > 0 && codes.every(({ code }) => /^\d+$/.test(code));
}
