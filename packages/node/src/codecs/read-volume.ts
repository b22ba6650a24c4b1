import { type Finding, FormatError } from "@sentinode/core/radiomics";
import { isAligned, type Volume } from "./volume.ts";

/** Endings of volumes, which may be compressed so that their first bytes do not tell. */
const nifti = /\.nii(\.gz)?$/i;
const nrrd = /\.nrrd$/i;

/**
 * The volume in the bytes of a file.
 *
 * @param file Name, whose ending tells a compressed volume.
 * @returns Null for other files; the readers of volumes load only for volumes.
 * @throws {FormatError} A volume that is damaged.
 * @throws {InputError} A volume above the limits of size.
 */
export async function volumeOfBytes(bytes: Uint8Array, file: string): Promise<Volume | null> {
  if (nifti.test(file)) return (await import("./decode-nifti.ts")).readNifti(bytes, file);
  if (nrrd.test(file) || beginsLikeNrrd(bytes))
    return (await import("./decode-nrrd.ts")).readNrrd(bytes, file);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new FormatError(`${file}: needs an image; got a gzip archive; unpack it, or name it .nii.gz`);
  return null;
}

/** What the header of a volume says of its shape. */
export interface VolumeShape {
  readonly depth: number;
  readonly hasSpacing: boolean;
}

/**
 * The shape of a volume by its header alone.
 *
 * @throws {FormatError} No volume, or a damaged one.
 */
export async function volumeShape(bytes: Uint8Array, file: string): Promise<VolumeShape> {
  if (nifti.test(file)) {
    const [{ readNiftiHeader }, { beginningOf }] = await Promise.all([
      import("./nifti-header.ts"),
      import("./inflate-volume.ts"),
    ]);
    const { dimensions, spacingMm } = readNiftiHeader(beginningOf(bytes, file), file);
    return { depth: dimensions[2] ?? 1, hasSpacing: spacingMm !== null };
  }
  const { numbersOf, readNrrdHeader } = await import("./nrrd-header.ts");
  const { fields, spacingMm } = readNrrdHeader(bytes, file);
  return { depth: numbersOf(fields.get("sizes"))[2] ?? 1, hasSpacing: spacingMm !== null };
}

/** Whether a file holds a volume, by its name. */
export function isVolumeName(file: string): boolean {
  return nifti.test(file) || nrrd.test(file);
}

/** What a person should know about a volume. */
export function volumeFindings({ image, placement }: Volume, file: string): Finding[] {
  if (image.dimensions[2] === 1 || placement === null || isAligned(placement)) return [];
  const message = `${file}: the axes of the volume are oblique to those of the patient; it was measured on its own grid, slices and axes being those of the file`;
  return [{ code: "volume-oblique", severity: "info", message }];
}

function beginsLikeNrrd(bytes: Uint8Array): boolean {
  return [0x4e, 0x52, 0x52, 0x44, 0x30, 0x30, 0x30].every((byte, at) => bytes[at] === byte);
}
