import { type Dimensions, FormatError, type Image } from "@sentinode/core/radiomics";
import { beginningOf, inflateAnnounced } from "./inflate-volume.ts";
import { type NiftiHeader, readNiftiHeader } from "./nifti-header.ts";
import { checkVolumeSize, type Volume } from "./volume.ts";
import { bytesPerSample, readSamples, type SampleType } from "./volume-samples.ts";

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

/**
 * The image of a NIfTI-1 or NIfTI-2 file (`.nii`, `.nii.gz`).
 *
 * @param file Name for messages.
 * @returns The stored grid, first axis x; its place in the room is not applied, as features do not depend on it.
 * @throws As {@link readNifti}.
 */
export function decodeNifti(bytes: Uint8Array, file: string): Image {
  return readNifti(bytes, file).image;
}

/**
 * The volume of a NIfTI-1 or NIfTI-2 file (`.nii`, `.nii.gz`).
 *
 * @param file Name for messages.
 * @throws {FormatError} Other or damaged bytes, complex or colour voxels, more than three dimensions, data in another file.
 * @throws {InputError} An image above the limits of size.
 * @source NIfTI-1 and NIfTI-2 header definitions (nifti1.h, nifti2.h), NIMH Data Format Working Group.
 */
export function readNifti(bytes: Uint8Array, file: string): Volume {
  const header = readNiftiHeader(beginningOf(bytes, file), file);
  const type = types[header.type] as SampleType | undefined;
  if (type === undefined)
    throw new FormatError(
      `${file}: a NIfTI image needs one number a voxel; got data type ${header.type}; convert it to grey levels`,
    );
  const dimensions = dimensionsOf(header, file);
  const count = dimensions[0] * dimensions[1] * dimensions[2];
  const end = header.offset + count * bytesPerSample(type);
  const { littleEndian, slope, intercept, spacingMm, placement } = header;
  const values = readSamples(
    inflateAnnounced(bytes, end, file).subarray(header.offset),
    count,
    { type, littleEndian, slope, intercept },
    file,
  );
  return { image: { dimensions, spacingMm, values }, bits: 8 * bytesPerSample(type), placement };
}

function dimensionsOf({ dimensions }: NiftiHeader, file: string): Dimensions {
  if (dimensions.slice(3).some((size) => size > 1))
    throw new FormatError(
      `${file}: a NIfTI image needs three dimensions; got ${dimensions.join(" × ")}; export one volume`,
    );
  const size: Dimensions = [dimensions[0], dimensions[1] ?? 1, dimensions[2] ?? 1];
  checkVolumeSize(file, size);
  return size;
}
