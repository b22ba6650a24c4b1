import { FormatError, type Spacing } from "@sentinode/core/radiomics";
import { damagedVolume, type GridPlacement } from "./volume.ts";

/** What is read of the header of a NIfTI file. */
export interface NiftiHeader {
  readonly littleEndian: boolean;
  readonly dimensions: readonly number[];
  /** Code of the data type. */
  readonly type: number;
  /** Where the samples begin. */
  readonly offset: number;
  readonly slope: number;
  readonly intercept: number;
  readonly spacingMm: Spacing | null;
  readonly placement: GridPlacement | null;
}

/** Where the two versions of the header keep their fields; numbers of dimensions and offsets differ in width. */
interface Layout {
  readonly size: number;
  readonly magic: number;
  readonly type: number;
  readonly pixdim: number;
  readonly slope: number;
  readonly intercept: number;
  readonly units: number;
  readonly qformCode: number;
  readonly sformCode: number;
  readonly quaternion: number;
  readonly rows: number;
}

const first: Layout = {
  size: 348,
  magic: 344,
  type: 70,
  pixdim: 76,
  slope: 112,
  intercept: 116,
  units: 123,
  qformCode: 252,
  sformCode: 254,
  quaternion: 256,
  rows: 280,
};

const second: Layout = {
  size: 540,
  magic: 4,
  type: 12,
  pixdim: 104,
  slope: 176,
  intercept: 184,
  units: 500,
  qformCode: 344,
  sformCode: 348,
  quaternion: 352,
  rows: 400,
};

/** Millimetres of a unit of length by its code; 0, unknown, is taken as mm as all software does. */
const unitMm: Readonly<Record<number, number>> = { 0: 1, 1: 1000, 2: 1, 3: 0.001 };

/**
 * The header of a NIfTI-1 or NIfTI-2 file.
 *
 * @param bytes The beginning of the file, inflated.
 * @param file Name for messages.
 * @throws {FormatError} Other or damaged bytes; a header whose samples lie in another file.
 * @source nifti1.h and nifti2.h, NIMH Data Format Working Group.
 */
export function readNiftiHeader(bytes: Uint8Array, file: string): NiftiHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { layout, littleEndian } = checkedForm(view, file);
  const read = fieldsOf(view, layout, littleEndian);
  const rank = read.whole(0);
  const offset = layout === first ? read.real(108) : Number(view.getBigInt64(168, littleEndian));
  if (!(rank >= 1 && rank <= 7)) throw damagedVolume(file, "NIfTI", "its header states no dimensions");
  if (!(Number.isInteger(offset) && offset >= layout.size && offset <= 2 ** 31))
    throw damagedVolume(file, "NIfTI", "its header does not say where the samples begin");
  const mm = unitMm[view.getUint8(layout.units + unitsByte(layout, littleEndian)) & 7] ?? 1;
  return {
    littleEndian,
    dimensions: Array.from({ length: rank }, (_, axis) => read.whole(axis + 1)),
    type: view.getInt16(layout.type, littleEndian),
    offset,
    ...scaling(read.real(layout.slope), read.real(layout.intercept)),
    spacingMm: spacingOf(read, layout, mm, rank),
    placement: placementOf(read, layout, mm),
  };
}

/** NIfTI-2 keeps the units in the lowest byte of a number of four. */
function unitsByte(layout: Layout, littleEndian: boolean): number {
  return layout === second && !littleEndian ? 3 : 0;
}

interface Fields {
  /** The number of dimensions, then their sizes. */
  whole(index: number): number;
  real(at: number): number;
  /** The k-th of numbers in a row that begin at `at`. */
  realOf(at: number, k: number): number;
  code(at: number): number;
}

function fieldsOf(view: DataView, layout: Layout, littleEndian: boolean): Fields {
  const isFirst = layout === first;
  const real = (at: number) =>
    isFirst ? view.getFloat32(at, littleEndian) : view.getFloat64(at, littleEndian);
  return {
    whole: (index) =>
      isFirst
        ? view.getInt16(40 + 2 * index, littleEndian)
        : Number(view.getBigInt64(16 + 8 * index, littleEndian)),
    real,
    realOf: (at, k) => real(at + k * (isFirst ? 4 : 8)),
    code: (at) => (isFirst ? view.getInt16(at, littleEndian) : view.getInt32(at, littleEndian)),
  };
}

interface Form {
  readonly layout: Layout;
  readonly littleEndian: boolean;
}

function checkedForm(view: DataView, file: string): Form {
  const form = formOf(view);
  if (form === null) throw damagedVolume(file, "NIfTI", "its header cannot be read");
  const { size, magic: at } = form.layout;
  if (view.byteLength < size) throw damagedVolume(file, "NIfTI", "it is shorter than its header");
  const magic = String.fromCharCode(view.getUint8(at), view.getUint8(at + 1));
  if (magic === "ni")
    throw new FormatError(`${file}: the samples lie in another file (.img); export a single .nii file`);
  if (magic !== "n+") throw damagedVolume(file, "NIfTI", "its header has no NIfTI mark");
  return form;
}

function formOf(view: DataView): Form | null {
  if (view.byteLength < 4) return null;
  for (const layout of [first, second])
    for (const littleEndian of [true, false])
      if (view.getInt32(0, littleEndian) === layout.size) return { layout, littleEndian };
  return null;
}

/** A slope of 0 means that samples are intensities. */
function scaling(slope: number, intercept: number): Pick<NiftiHeader, "slope" | "intercept"> {
  return slope === 0 || !Number.isFinite(slope) || !Number.isFinite(intercept)
    ? { slope: 1, intercept: 0 }
    : { slope, intercept };
}

/** Null where the file states no spacing. Single precision is printed back to the decimals that it has. */
function spacingOf(read: Fields, layout: Layout, mm: number, rank: number): Spacing | null {
  const [x, y, z] = [1, 2, 3].map((axis) =>
    axis > rank ? mm : Number(Math.abs(read.realOf(layout.pixdim, axis)).toPrecision(7)) * mm,
  );
  if (rank < 3) return x > 0 && y > 0 ? [x, y, 1] : null;
  return [x, y, z].every((size) => Number.isFinite(size) && size > 0) ? [x, y, z] : null;
}

/** Method 3 (sform) where it is set, else method 2 (qform); method 1 does not place the grid. */
function placementOf(read: Fields, layout: Layout, mm: number): GridPlacement | null {
  if (read.code(layout.sformCode) > 0) {
    const row = (axis: number) => [0, 1, 2, 3].map((k) => mm * read.realOf(layout.rows, 4 * axis + k));
    const rows = [row(0), row(1), row(2)];
    return checked({ origin: rows.map((r) => r[3]), steps: [0, 1, 2].map((k) => rows.map((r) => r[k])) });
  }
  if (read.code(layout.qformCode) > 0) return checked(quaternionPlacement(read, layout, mm));
  return null;
}

/** nifti1.h, quatern_to_mat44: R from (a, b, c, d) with a = sqrt(1 - b² - c² - d²); the third column takes qfac. */
function quaternionPlacement(read: Fields, layout: Layout, mm: number): GridPlacement {
  const [b, c, d, ...origin] = [0, 1, 2, 3, 4, 5].map((k) => read.realOf(layout.quaternion, k));
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
  const columns = [
    [a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)],
    [2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)],
    [2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - b * b - c * c],
  ];
  const qfac = read.realOf(layout.pixdim, 0) < 0 ? -1 : 1;
  const steps = columns.map((column, axis) => {
    const size = read.realOf(layout.pixdim, axis + 1) * mm * (axis === 2 ? qfac : 1);
    return column.map((value) => value * size);
  });
  return { origin: origin.map((value) => value * mm), steps };
}

function checked(placement: GridPlacement): GridPlacement | null {
  const isUsable =
    placement.origin.every(Number.isFinite) &&
    placement.steps.every((step) => step.every(Number.isFinite) && step.some((value) => value !== 0));
  return isUsable ? placement : null;
}
