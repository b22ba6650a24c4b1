import { InputError } from "../errors.ts";
import type { IsMissing } from "./cell.ts";
import type { ImageDescription, SpacingDescription } from "./cohort-description.ts";
import type { LesionImage } from "./cohort.ts";
import { numberCell } from "./number-cell.ts";
import { fillPathPattern, parsePathPattern, type PathPattern } from "./path-pattern.ts";
import { cellText, findColumn, type PatientRows, placeOf, type TableReading } from "./table-rows.ts";

/** A pattern with the positions of its columns. */
interface LocatedPattern extends PathPattern {
  readonly positions: readonly number[];
}

/**
 * One image a row, in order of the patients and then of their rows; every defect is noted as a problem.
 *
 * @param isMissing Decides which cells are empty.
 */
export function lesionImages(
  reading: TableReading,
  description: ImageDescription,
  { patients, rows }: PatientRows,
  isMissing: IsMissing,
): LesionImage[] {
  const image = locate(reading, description.image, "an image");
  const mask = locate(reading, description.mask, "a mask");
  const spacing = spacingReader(reading, description.spacing, isMissing);
  if (image === null || mask === null || spacing === null) return [];
  const images = patients.flatMap((patient, i) =>
    rows[i].map((row) => ({
      patient,
      image: pathOf(reading, image, row, isMissing),
      mask: pathOf(reading, mask, row, isMissing),
      spacingMm: spacing(row),
      rowNumber: reading.table.rowNumbers[row],
    })),
  );
  noteRepeatedImages(reading, images);
  return images;
}

function locate(reading: TableReading, pattern: string, purpose: string): LocatedPattern | null {
  try {
    const parsed = parsePathPattern(pattern);
    const positions = parsed.columns.map((column) => findColumn(reading, column, `the path of ${purpose}`));
    if (parsed.columns.length === 0)
      reading.problems.add(
        "path pattern",
        `the path of ${purpose} needs a column in braces, such as images/{image}; got "${pattern}"; add it`,
      );
    return positions.length > 0 && positions.every((position) => position >= 0)
      ? { ...parsed, positions }
      : null;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    reading.problems.add("path pattern", error.message);
    return null;
  }
}

function pathOf(
  { table, problems }: TableReading,
  pattern: LocatedPattern,
  row: number,
  isMissing: IsMissing,
): string {
  const cells = pattern.positions.map((position) => cellText(table, row, position));
  cells.forEach((text, i) => {
    if (isMissing(text))
      problems.add(
        "missing path",
        `${placeOf(table, row, pattern.columns[i])}: a row needs the name of its image and mask; got a missing cell; fill it in or leave the row out`,
      );
  });
  return fillPathPattern(pattern, cells);
}

/** Reads the spacing of a row; null where the description itself is at fault, which is then noted. */
function spacingReader(
  reading: TableReading,
  spacing: SpacingDescription,
  isMissing: IsMissing,
): ((row: number) => number | null) | null {
  const { table, problems } = reading;
  if (spacing === null) return () => null;
  if ("mm" in spacing) {
    if (Number.isFinite(spacing.mm) && spacing.mm > 0) return () => spacing.mm;
    problems.add(
      "spacing",
      `the size of a pixel must be a positive number of mm; got ${spacing.mm}; correct it`,
    );
    return null;
  }
  const column = findColumn(reading, spacing.column, "the size of a pixel");
  if (column < 0) return null;
  return (row) => {
    const cell = numberCell(cellText(table, row, column), table.decimal, isMissing);
    if (cell.kind === "value" && cell.value > 0) return cell.value;
    const reason =
      cell.kind === "unreadable"
        ? cell.reason
        : `needs a positive number of mm; got ${cell.kind === "missing" ? "a missing cell" : "zero or less"}; fill it in`;
    problems.add("spacing", `${placeOf(table, row, spacing.column)}: the size of a pixel ${reason}`);
    return null;
  };
}

function noteRepeatedImages({ table, problems }: TableReading, images: readonly LesionImage[]): void {
  const first = new Map<string, LesionImage>();
  for (const image of images) {
    const earlier = first.get(image.image);
    if (earlier === undefined) {
      first.set(image.image, image);
      continue;
    }
    const whose =
      earlier.patient === image.patient
        ? `patient ${image.patient}`
        : `patients ${earlier.patient} and ${image.patient}`;
    problems.add(
      "duplicate image",
      `${table.file}, rows ${earlier.rowNumber} and ${image.rowNumber}: duplicate image of ${whose}; an image belongs to one row; remove or correct one`,
    );
  }
  for (const { image, mask, rowNumber } of images)
    if (image === mask)
      problems.add(
        "mask",
        `${table.file}, row ${rowNumber}: the mask needs a file of its own; got the path of the image; correct it`,
      );
}
