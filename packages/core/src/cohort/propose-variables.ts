import { type ColumnContent, columnContent } from "./column-content.ts";
import {
  guessKnownAt,
  guessUnit,
  type HeaderRole,
  headerRole,
  headerWords,
  namesOutcome,
} from "./header-words.ts";
import { type RawTable } from "./raw-table.ts";
import { type KnownAt } from "./variable.ts";

/** What a column is probably for. */
export type ProposedRole =
  | "id"
  | "outcome"
  | "image"
  | "mask"
  | "spacing"
  | "split"
  | "centre"
  | "date"
  | "comparator"
  | "predictor"
  | "description";

/** A proposal for a column, to be confirmed by a person. */
export interface VariableProposal extends ColumnContent {
  readonly name: string;
  /** The header in words. */
  readonly label: string;
  readonly role: ProposedRole;
  readonly unit: string | null;
  readonly knownAt: KnownAt;
  /** Why the column should not predict; null for a predictor and for what needs no reason. */
  readonly reason: string | null;
  /** Share of the rows without a value, 0..1. */
  readonly missingShare: number;
  /** For the outcome the code that probably means the event; null where none is plain. */
  readonly positive: string | null;
}

const POSITIVE =
  /^(1|yes|y|true|positive|pos|\+|malignant|event|metastasis|metastatic|dead|case|阳性|是|有)$/i;
const SPLIT_LEVEL =
  /^(train(ing)?|dev(elopment)?|test(ing)?|valid(ation)?|val|internal|external|prospective)$/i;

/**
 * What each column of a table probably is: kind, levels, unit, role and when its value exists.
 *
 * @returns One proposal a column, in the table's order: at most one id and one outcome. Guesses from headers and cells;
 *   what contains the outcome by its name is proposed as `never`.
 */
export function proposeVariables(table: RawTable): VariableProposal[] {
  const contents = table.headers.map((_, column) => columnContent(table, column));
  const roles = contents.map((content, column) => ownRole(table.headers[column], content));
  const id = idColumn(table.headers, contents, roles);
  if (id >= 0) roles[id] = "id";
  const outcome = outcomeColumn(table.headers, contents, roles);
  if (outcome >= 0) roles[outcome] = "outcome";
  return contents.map((content, column) => proposal(table, column, content, roles[column]));
}

/** The role that a column has by itself; id and outcome are decided between the columns. */
function ownRole(header: string, content: ColumnContent): ProposedRole {
  const named = headerRole(header);
  switch (content.kind) {
    case "file-name":
      return named === "mask" ? "mask" : "image";
    case "date":
      return named === "person" ? "description" : "date";
    case "empty":
    case "constant":
    case "text":
      return "description";
    case "numeric":
      return named === "spacing" ? "spacing" : roleByName(named);
    case "binary":
    case "categorical":
    case "ordinal":
      if (content.levels.every((level) => SPLIT_LEVEL.test(level))) return "split";
      return named === "centre" ? "centre" : roleByName(named);
  }
}

function roleByName(named: HeaderRole | null): ProposedRole {
  if (named === "comparator") return "comparator";
  return named === "person" ? "description" : "predictor";
}

/** The first column named as an id, else the first whose values are all different and no measurements. */
function idColumn(
  headers: readonly string[],
  contents: readonly ColumnContent[],
  roles: readonly ProposedRole[],
): number {
  const free = (column: number): boolean =>
    roles[column] !== "image" && roles[column] !== "mask" && contents[column].kind !== "empty";
  const named = headers.findIndex((header, column) => headerRole(header) === "id" && free(column));
  if (named >= 0) return named;
  return contents.findIndex(
    ({ distinct, kind }, column) => distinct && free(column) && (kind === "text" || column === 0),
  );
}

/** The last two-valued column named as an outcome, else the last column of the table if it has two values. */
function outcomeColumn(
  headers: readonly string[],
  contents: readonly ColumnContent[],
  roles: readonly ProposedRole[],
): number {
  const possible = (column: number): boolean =>
    contents[column].kind === "binary" && (roles[column] === "predictor" || roles[column] === "comparator");
  const named = headers.findLastIndex((header, column) => namesOutcome(header) && possible(column));
  if (named >= 0) return named;
  const last = headers.length - 1;
  return last >= 0 && possible(last) ? last : -1;
}

function proposal(
  table: RawTable,
  column: number,
  content: ColumnContent,
  role: ProposedRole,
): VariableProposal {
  const name = table.headers[column];
  const { knownAt, reason } = timeAndReason(name, content, role);
  return {
    ...content,
    name,
    label: labelOf(name),
    role: role === "predictor" && knownAt === "never" ? "description" : role,
    unit: content.kind === "numeric" ? guessUnit(name) : null,
    knownAt,
    reason,
    missingShare: table.rows.length === 0 ? 0 : content.missing / table.rows.length,
    positive: role === "outcome" ? (content.levels.find((level) => POSITIVE.test(level)) ?? null) : null,
  };
}

function timeAndReason(
  name: string,
  content: ColumnContent,
  role: ProposedRole,
): { knownAt: KnownAt; reason: string | null } {
  const never = (reason: string | null) => ({ knownAt: "never" as const, reason });
  if (headerRole(name) === "person") return never("it may identify a person; leave it out of the table");
  switch (role) {
    case "id":
    case "outcome":
    case "image":
    case "mask":
      return never(null);
    case "split":
      return never("it says which set a patient belongs to");
    case "centre":
      return never("the centre is not a property of the patient");
    case "date":
      return never("a date stands for changes in time");
    case "spacing":
      return never("the size of a pixel follows the settings of the scanner, which may follow the suspicion");
    case "comparator":
      return never("it is a judgement of the outcome, to compare with");
    case "description":
      return content.kind === "text" ? never("free text cannot predict") : never("it has no two values");
    case "predictor":
      return guessKnownAt(name);
  }
}

/** The words of a header as a label: the unit stays with the unit. */
function labelOf(header: string): string {
  const words = header.trim().replace(/[_\s]+/g, " ");
  const unit = headerWords(header).at(-1);
  const bare =
    guessUnit(header) === unit && unit !== undefined && words.toLowerCase().endsWith(` ${unit}`)
      ? words.slice(0, -unit.length - 1)
      : words;
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
