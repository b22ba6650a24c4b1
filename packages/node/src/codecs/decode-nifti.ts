import { FormatError, type Dimensions, type Image, type Spacing } from "@sentinode/core/radiomics";
import {
  type SampleType,
  checkVolumeSize,
  damagedVolume,
  inflateGzip,
  readSamples,
} from "./volume-samples.ts";

/** Data types by their code. */
const types: Readonly<Record<number, SampleType>> = {
  2: "uint8",
  4: "int16",
  8: "int32",
  16: "float32",
  64: "float64",
  256: "int8",
  512: "uint16",
  768: "uint32",
  1024: "int64",
  1280: "uint64",
};

/** Millimetres of a unit of length by its code; 0, unknown, is taken as mm as all software does. */
const unitMm: Readonly<Record<number, number>> = { 0: 1, 1: 1000, 2: 1, 3: 0.001 };

interface NiftiHeader {
  readonly littleEndian: boolean;
  readonly dimensions: readonly number[];
  readonly type: number;
  readonly spacing: readonly number[];
  readonly offset: number;
  readonly slope: number;
  readonly intercept: number;
  readonly units: number;
}

/**
 * The image of a NIfTI-1 or NIfTI-2 file (`.nii`, `.nii.gz`).
 *
 * @param file Name for messages.
 * @returns The stored grid, first axis x; its orientation in the room is not applied, as features do not depend on it.
 * @throws {FormatError} Other or damaged bytes, complex or colour voxels, more than three dimensions.
 * @throws {InputError} An image above the limits of size.
 * @source NIfTI-1 and NIfTI-2 header definitions (nifti1.h, nifti2.h), NIMH Data Format Working Group.
 */
export function decodeNifti(bytes: Uint8Array, file: string): Image {
  const inflated = inflateGzip(bytes, file);
  const header = readHeader(inflated, file);
  const type = types[header.type] as SampleType | undefined;
  if (type === undefined)
    throw new FormatError(
      `${file}: a NIfTI image needs one number a voxel; got data type ${header.type}; convert it to grey levels`,
    );
  const { dimensions } = header;
  if (dimensions.slice(3).some((size) => size > 1))
    throw new FormatError(
      `${file}: a NIfTI image needs three dimensions; got ${dimensions.length}; export one volume`,
    );
  const size: Dimensions = [dimensions[0], dimensions[1] ?? 1, dimensions[2] ?? 1];
  checkVolumeSize(file, size);
  const values = readSamples(
    inflated.subarray(header.offset),
    size[0] * size[1] * size[2],
    { type, littleEndian: header.littleEndian, slope: header.slope, intercept: header.intercept },
    file,
  );
  return { dimensions: size, spacingMm: spacingOf(header), values };
}

/** Whether bytes, which may be compressed, begin like a NIfTI file. */
export function isNifti(bytes: Uint8Array): boolean {
  if (bytes.length < 348) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [348, 540].some((size) => view.getInt32(0, true) === size || view.getInt32(0, false) === size);
}

function readHeader(bytes: Uint8Array, file: string): NiftiHeader {
  if (!isNifti(bytes)) throw damagedVolume(file, "NIfTI", "its header cannot be read");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = view.getInt32(0, true) === 348 || view.getInt32(0, true) === 540;
  const isSecond = view.getInt32(0, littleEndian) === 540;
  if (isSecond && bytes.length < 540) throw damagedVolume(file, "NIfTI", "it is shorter than its header");
  const header = isSecond ? secondHeader(view, littleEndian) : firstHeader(view, littleEndian);
  if (header.dimensions.length < 1 || header.offset < 0)
    throw damagedVolume(file, "NIfTI", "its header states no dimensions");
  return header;
}

function firstHeader(view: DataView, littleEndian: boolean): NiftiHeader {
  const rank = Math.max(0, Math.min(7, view.getInt16(40, littleEndian)));
  return {
    littleEndian,
    dimensions: Array.from({ length: rank }, (_, axis) => view.getInt16(42 + 2 * axis, littleEndian)),
    type: view.getInt16(70, littleEndian),
    spacing: [0, 1, 2].map((axis) => view.getFloat32(80 + 4 * axis, littleEndian)),
    offset: Math.round(view.getFloat32(108, littleEndian)),
    ...scaling(view.getFloat32(112, littleEndian), view.getFloat32(116, littleEndian)),
    units: view.getUint8(123) & 7,
  };
}

function secondHeader(view: DataView, littleEndian: boolean): NiftiHeader {
  const whole = (at: number) => Number(view.getBigInt64(at, littleEndian));
  const rank = Math.max(0, Math.min(7, whole(16)));
  return {
    littleEndian,
    dimensions: Array.from({ length: rank }, (_, axis) => whole(24 + 8 * axis)),
    type: view.getInt16(12, littleEndian),
    spacing: [0, 1, 2].map((axis) => view.getFloat64(112 + 8 * axis, littleEndian)),
    offset: whole(168),
    ...scaling(view.getFloat64(176, littleEndian), view.getFloat64(184, littleEndian)),
    units: view.getInt32(500, littleEndian) & 7,
  };
}

/** A slope of 0 means that samples are intensities. */
function scaling(slope: number, intercept: number): Pick<NiftiHeader, "slope" | "intercept"> {
  return slope === 0 || !Number.isFinite(slope) ? { slope: 1, intercept: 0 } : { slope, intercept };
}

/** Spacing in mm; null where the file states none. Single precision is printed back to the decimals that it has. */
function spacingOf({ spacing, units }: NiftiHeader): Spacing | null {
  const mm = unitMm[units] ?? 1;
  const [x, y, z] = spacing.map((size) => Number(Math.abs(size).toPrecision(7)) * mm);
  return x > 0 && y > 0 ? [x, y, z > 0 ? z : 1] : null;
}
