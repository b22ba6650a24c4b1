import type { Finding } from "../errors.ts";
import { folded } from "./cell.ts";
import type { CohortDescription, PatientsDescription } from "./cohort-description.ts";
import type { CohortColumn, Patients } from "./cohort.ts";
import type { RawTable } from "./raw-table.ts";

/** Sizes of a pixel, in mm, between which ultrasound images lie; a size in centimetres falls below. */
const PLAUSIBLE_SPACING: readonly [number, number] = [0.015, 1];

/**
 * What the reader of a cohort must know although nothing is wrong.
 *
 * @returns Warnings first: ids that differ only by case, empty or constant variables, implausible spacing; then
 *   information: levels that nobody has, patients with several images, columns that were not read.
 */
export function cohortFindings(
  cohort: Patients,
  description: PatientsDescription | CohortDescription,
  table: RawTable,
): Finding[] {
  return [
    ...alikeIds(cohort),
    ...cohort.columns.flatMap(emptyOrConstant),
    ...implausibleSpacing(cohort),
    ...cohort.columns.flatMap(unusedLevels),
    ...severalImages(cohort),
    ...columnsNotRead(description, table),
  ];
}

function alikeIds({ patients }: Patients): Finding[] {
  const first = new Map<string, string>();
  const pairs: string[] = [];
  for (const patient of patients) {
    const earlier = first.get(folded(patient));
    if (earlier === undefined) first.set(folded(patient), patient);
    else pairs.push(`${earlier} and ${patient}`);
  }
  if (pairs.length === 0) return [];
  const message = `ids need to name patients plainly; got ${pairs.length} pairs that differ only in case or width, the first ${pairs[0]}; correct them if they are the same patients`;
  return [warning("ids-alike", message)];
}

function emptyOrConstant(column: CohortColumn): Finding[] {
  const { name } = column.variable;
  const missing = "codes" in column ? (code: number) => code < 0 : Number.isNaN;
  const present = new Set(
    ("codes" in column ? [...column.codes] : [...column.values]).filter((value) => !missing(value)),
  );
  if (present.size > 1) return [];
  return present.size === 0
    ? [warning("variable-empty", `variable ${name} is missing for every patient; it cannot predict`)]
    : [
        warning(
          "variable-constant",
          `variable ${name} has the same value for every patient who has one; it cannot predict`,
        ),
      ];
}

function implausibleSpacing({ images }: Patients): Finding[] {
  const [least, most] = PLAUSIBLE_SPACING;
  const rows = images.filter(
    ({ spacingMm }) => spacingMm !== null && (spacingMm < least || spacingMm > most),
  );
  if (rows.length === 0) return [];
  const message = `the size of a pixel of ultrasound lies between ${least} and ${most} mm; got another in ${rows.length} rows, the first in row ${rows[0].rowNumber}; check that the unit is mm`;
  return [warning("spacing-implausible", message)];
}

function unusedLevels(column: CohortColumn): Finding[] {
  if (!("codes" in column)) return [];
  const unused = column.variable.levels.filter((_, level) => !column.codes.includes(level));
  // A constant or empty variable is already reported.
  if (unused.length === 0 || unused.length >= column.variable.levels.length - 1) return [];
  const codes = unused.map(({ code }) => code).join(", ");
  return [
    information("level-unused", `variable ${column.variable.name} has levels that no patient has: ${codes}`),
  ];
}

function severalImages({ images, patients }: Patients): Finding[] {
  if (images.length <= patients.length) return [];
  return [
    information(
      "several-images",
      `${images.length} images belong to ${patients.length} patients; patients stay whole in every split`,
    ),
  ];
}

function columnsNotRead(
  description: PatientsDescription | CohortDescription,
  { headers, file }: RawTable,
): Finding[] {
  const { id, variables, images } = description;
  const inPatterns =
    images === null
      ? []
      : headers.filter(
          (header) => images.image.includes(`{${header}}`) || images.mask.includes(`{${header}}`),
        );
  const spacing =
    images?.spacing !== null && images?.spacing !== undefined && "column" in images.spacing
      ? [images.spacing.column]
      : [];
  const read = new Set([
    id,
    ...("outcome" in description ? [description.outcome.variable] : []),
    ...variables.map(({ name }) => name),
    ...inPatterns,
    ...spacing,
  ]);
  const others = headers.filter((header) => !read.has(header));
  if (others.length === 0) return [];
  const named =
    others.slice(0, 10).join(", ") + (others.length > 10 ? ` and ${others.length - 10} more` : "");
  return [
    information(
      "columns-not-read",
      `${file}: columns that the protocol does not describe were not read: ${named}`,
    ),
  ];
}

function warning(code: string, message: string): Finding {
  return { code, severity: "warning", message };
}

function information(code: string, message: string): Finding {
  return { code, severity: "info", message };
}
