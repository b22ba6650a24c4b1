import { FormatError, type Image } from "@sentinode/core/radiomics";

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
export async function volumeOfBytes(bytes: Uint8Array, file: string): Promise<Image | null> {
  if (nifti.test(file)) return (await import("./decode-nifti.ts")).decodeNifti(bytes, file);
  if (nrrd.test(file)) return (await import("./decode-nrrd.ts")).decodeNrrd(bytes, file);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new FormatError(`${file}: needs an image; got a gzip archive; unpack it, or name it .nii.gz`);
  return null;
}

/** Whether a file holds a volume, by its name. */
export function isVolumeName(file: string): boolean {
  return nifti.test(file) || nrrd.test(file);
}
