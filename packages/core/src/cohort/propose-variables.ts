import { type ColumnContent, columnContent } from "./column-content.ts";
import { forbiddenName } from "./forbidden-names.ts";
import {
  guessKnownAt,
  guessUnit,
  type HeaderRole,
  headerRole,
  headerWords,
  namesOutcome,
} from "./header-words.ts";
import type { RawTable } from "./raw-table.ts";
import type { KnownAt } from "./variable.ts";

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
/** Why a column whose cells cannot predict is described only. */
const UNFIT: ReadonlyMap<string, string> = new Map([
  ["text", "free text cannot predict"],
  ["constant", "every patient has the same value"],
  ["empty", "no patient has a value"],
]);

/** Why a column of a role does not predict; id, outcome and files need no reason. */
const WHY_NEVER: ReadonlyMap<ProposedRole, string> = new Map([
  ["split", "it says which set a patient belongs to"],
  ["centre", "the centre is not a property of the patient"],
  ["date", "a date stands for changes in time"],
  ["spacing", "the size of a pixel follows the settings of the scanner, which may follow the suspicion"],
  ["comparator", "it is a judgement of the outcome, to compare with"],
]);

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
function ownRole(header: string, { kind, levels }: ColumnContent): ProposedRole {
  const named = headerRole(header);
  if (kind === "file-name") return named === "mask" ? "mask" : "image";
  if (kind === "date") return named === "person" ? "description" : "date";
  if (kind === "numeric") return named === "spacing" ? "spacing" : roleByName(named);
  if (levels.length === 0) return "description";
  if (levels.every((level) => SPLIT_LEVEL.test(level))) return "split";
  return named === "centre" ? "centre" : roleByName(named);
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
    // The levels of an id are patients.
    levels: role === "id" ? [] : content.levels,
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
  if (headerRole(name) === "person")
    return { knownAt: "never", reason: "it may identify a person; leave it out of the table" };
  const follows = forbiddenName(name);
  if (role === "predictor")
    return follows === null ? guessKnownAt(name) : { knownAt: "never", reason: follows };
  const reason = role === "description" ? (UNFIT.get(content.kind) ?? null) : (WHY_NEVER.get(role) ?? null);
  return { knownAt: "never", reason };
}

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["id", "ID"],
  ["er", "ER"],
  ["pr", "PR"],
  ["her2", "HER2"],
  ["ki67", "Ki-67"],
  ["bmi", "BMI"],
  ["us", "US"],
  ["lvi", "LVI"],
  ["ene", "ENE"],
  ["sln", "SLN"],
  ["nsln", "NSLN"],
  ["aln", "ALN"],
  ["birads", "BI-RADS"],
  ["cea", "CEA"],
  ["ca153", "CA 15-3"],
  ["t", "T"],
]);

/** The words of a header as a label; a unit at its end stays with the unit. */
function labelOf(header: string): string {
  const words = header.trim().split(/[_\s]+/);
  const bare =
    words.length > 1 && guessUnit(header) === headerWords(header).at(-1) ? words.slice(0, -1) : words;
  const label = bare.map((word) => SPELLINGS.get(word.toLowerCase()) ?? word).join(" ");
  return label.charAt(0).toUpperCase() + label.slice(1);
}
