import type { Spacing } from "@sentinode/core/radiomics";
import { damagedVolume, type GridPlacement } from "./volume.ts";

/** The header of an NRRD file. */
export interface NrrdHeader {
  /** Values of the fields by their names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  /** Bytes after the header. */
  readonly data: Uint8Array;
  readonly spacingMm: Spacing | null;
  readonly placement: GridPlacement | null;
}

/** Bytes within which a header ends. */
const most = 1024 * 1024;

/** Millimetres of a unit of length; a file that names none means mm, as all software takes it. */
const unitMm: Readonly<Record<string, number>> = { mm: 1, millimeter: 1, cm: 10, m: 1000, um: 0.001 };

/** Directions of the first two axes of a space against right and front; the third is up in all of them. */
const towardsRightFront: Readonly<Record<string, readonly [number, number]>> = {
  "right-anterior-superior": [1, 1],
  ras: [1, 1],
  "left-anterior-superior": [-1, 1],
  las: [-1, 1],
  "left-posterior-superior": [-1, -1],
  lps: [-1, -1],
};

/** Whether bytes begin like an NRRD file. */
export function isNrrd(bytes: Uint8Array): boolean {
  return /^NRRD000[1-9]/.test(Buffer.from(bytes.subarray(0, 8)).toString("latin1"));
}

/**
 * The header of an NRRD file.
 *
 * @param file Name for messages.
 * @throws {FormatError} Other or damaged bytes.
 * @source Definition of NRRD file format, teem.sourceforge.net/nrrd/format.html.
 */
export function readNrrdHeader(bytes: Uint8Array, file: string): NrrdHeader {
  if (!isNrrd(bytes)) throw damagedVolume(file, "NRRD", "its header cannot be read");
  const text = Buffer.from(bytes.subarray(0, most)).toString("latin1");
  const end = /\r?\n\r?\n/.exec(text);
  if (end === null) throw damagedVolume(file, "NRRD", "its header does not end");
  const fields = new Map<string, string>();
  for (const line of text.slice(0, end.index).split(/\r?\n/).slice(1)) {
    // `key:=value` is a remark of the program that wrote the file, `field: value` is the format's.
    const match = /^([^:#]+):(?!=)\s*(.*)$/.exec(line);
    if (match !== null) fields.set(match[1].trim().toLowerCase(), match[2].trim());
  }
  const directions = directionsOf(fields);
  return {
    fields,
    data: bytes.subarray(end.index + end[0].length),
    spacingMm: spacingOf(fields, directions),
    placement: placementOf(fields, directions),
  };
}

/**
 * The numbers of a text, separated by white space or commas; a word that is none becomes NaN.
 *
 * @example numbersOf("3 4,5") // => [3, 4, 5]
 */
export function numbersOf(text: string | undefined): number[] {
  return (text ?? "")
    .split(/[\s,]+/)
    .filter((word) => word !== "")
    .map(Number);
}

/** Steps between voxels along each axis of the grid, in mm; empty where the file states none. */
function directionsOf(fields: NrrdHeader["fields"]): number[][] {
  const units = wordsInQuotes(fields.get("space units"));
  return [...(fields.get("space directions") ?? "").matchAll(/\(([^)]*)\)/g)].map(([, vector]) =>
    numbersOf(vector).map((value, axis) => value * millimetres(units[axis])),
  );
}

function spacingOf(fields: NrrdHeader["fields"], directions: readonly number[][]): Spacing | null {
  const units = wordsInQuotes(fields.get("units"));
  const [x, y, z = 1] =
    directions.length > 0
      ? directions.map((step) => Math.sqrt(step.reduce((sum, value) => sum + value * value, 0)))
      : numbersOf(fields.get("spacings")).map((size, axis) => Math.abs(size) * millimetres(units[axis]));
  return [x, y, z].every((size) => size > 0 && size < Infinity) ? [x, y, z] : null;
}

/** In the directions of NIfTI; null where the file does not name its space, or it has not three dimensions. */
function placementOf(fields: NrrdHeader["fields"], directions: readonly number[][]): GridPlacement | null {
  const signs = (towardsRightFront[(fields.get("space") ?? "").toLowerCase()] ?? null) as
    [number, number] | null;
  const units = wordsInQuotes(fields.get("space units"));
  const origin = numbersOf((fields.get("space origin") ?? "").replace(/[()]/g, " ")).map(
    (value, axis) => value * millimetres(units[axis]),
  );
  if (signs === null || [origin, ...directions].some((vector) => vector.length !== 3)) return null;
  const towards = ([x, y, z]: readonly number[]) => [x * signs[0], y * signs[1], z];
  const steps = directions.map(towards);
  return steps.length === 3 && [origin, ...steps].every((vector) => vector.every(Number.isFinite))
    ? { origin: towards(origin), steps }
    : null;
}

function millimetres(unit: string | undefined): number {
  return unitMm[unit ?? "mm"] ?? 1;
}

/** `"mm" "mm"` as two words. */
function wordsInQuotes(text: string | undefined): string[] {
  return [...(text ?? "").matchAll(/"([^"]*)"/g)].map(([, word]) => word.trim());
}
