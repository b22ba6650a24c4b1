import { type Finding, FormatError, InputError, type RasterSamples } from "@sentinode/core/radiomics";
import { limits } from "../files/limits.ts";

/** Formats that are read. */
export type ImageFormat = "PNG" | "JPEG" | "TIFF" | "BMP" | "PNM";

/** The first frame of an image file, in stored orientation. */
export interface DecodedImage {
  readonly format: ImageFormat;
  readonly raster: RasterSamples;
  /** Bits a sample as the file stores them; 1, 2 and 4 bits are spread over 0..255 in the raster. */
  readonly bits: number;
  /** Frames or pages of the file. */
  readonly frames: number;
  readonly findings: readonly Finding[];
}

/**
 * Refuses sizes that no ultrasound image has, before memory is given for them.
 *
 * @throws {FormatError} A side of 0.
 * @throws {InputError} A side or a number of pixels above the limits.
 */
export function checkImageSize(file: string, width: number, height: number): void {
  if (width < 1 || height < 1)
    throw new FormatError(
      `${file}: an image needs at least one pixel; its header says ${width} × ${height} pixels`,
    );
  if (width > limits.imageSide || height > limits.imageSide || width * height > limits.imagePixels)
    throw new InputError(
      `${file}: the image is too large; got ${width} × ${height} pixels, the limit is ${limits.imagePixels} pixels and ${limits.imageSide} a side; crop it`,
    );
}

/**
 * The error for bytes of an image that cannot be used.
 *
 * @param cause What is wrong, as the end of a sentence.
 */
export function damagedImage(file: string, format: ImageFormat, cause: string): FormatError {
  return new FormatError(`${file}: the ${format} file is damaged: ${cause}; export it again`);
}

/**
 * The warning that one of several frames was read.
 *
 * @returns Nothing for a single frame.
 */
export function frameFindings(file: string, format: string, frames: number): Finding[] {
  if (frames <= 1) return [];
  const message = `${file}: the ${format} file has ${frames} frames; the first was read; export the frame that shows the lesion`;
  return [{ code: "image-several-frames", severity: "warning", message }];
}

/**
 * The warning that an orientation tag was not applied: masks are drawn on the stored grid.
 *
 * @param orientation EXIF orientation, 1..8; 1 and undefined are upright.
 * @returns Nothing for an upright image.
 */
export function orientationFindings(file: string, orientation: number | undefined): Finding[] {
  if (orientation === undefined || orientation <= 1 || orientation > 8) return [];
  const message = `${file}: the file asks viewers to turn the image (EXIF orientation ${orientation}); it was kept as stored; check that its mask is drawn the same way`;
  return [{ code: "image-orientation-kept", severity: "warning", message }];
}
