import type { Image } from "@sentinode/core/radiomics";
import { FormatError, InputError } from "@sentinode/core/radiomics";
import { limits } from "../files/limits.ts";

/** A volume as its file states it. */
export interface Volume {
  readonly image: Image;
  /** Bits a sample as the file stores them. */
  readonly bits: number;
  /** Null where the file does not say where the grid lies. */
  readonly placement: GridPlacement | null;
}

/** Where the grid of a volume lies in the patient, in mm; x to the right, y to the front, z to the head. */
export interface GridPlacement {
  /** Centre of the first voxel. */
  readonly origin: readonly number[];
  /** Steps from a voxel to the next one along x, y and z of the grid. */
  readonly steps: readonly (readonly number[])[];
}

/** The error for bytes of a volume that cannot be used. */
export function damagedVolume(file: string, format: string, cause: string): FormatError {
  return new FormatError(`${file}: the ${format} file is damaged: ${cause}; export it again`);
}

/**
 * Refuses volumes that are empty or too large, before memory is given.
 *
 * @throws {FormatError} A side that is not a whole number of at least 1.
 * @throws {InputError} A volume above the limits.
 */
export function checkVolumeSize(file: string, dimensions: readonly number[]): void {
  if (dimensions.some((size) => !Number.isInteger(size) || size < 1))
    throw new FormatError(
      `${file}: an image needs at least one voxel; its header says ${dimensions.join(" × ")}`,
    );
  const voxels = dimensions.reduce((product, size) => product * size, 1);
  if (voxels > limits.volumeVoxels)
    throw new InputError(
      `${file}: the image is too large; got ${dimensions.join(" × ")} voxels, the limit is ${limits.volumeVoxels}; crop it`,
    );
}

/**
 * How far the corners of two grids of one size are apart, as a share of the smallest step of a voxel.
 *
 * @param dimensions Size of both grids.
 * @example cornerDistance({ origin: [0, 0, 0], steps: [[2, 0, 0], [0, 2, 0], [0, 0, 4]] }, { origin: [1, 0, 0], steps: [[2, 0, 0], [0, 2, 0], [0, 0, 4]] }, [5, 5, 5]) // => 0.5
 */
export function cornerDistance(
  first: GridPlacement,
  second: GridPlacement,
  dimensions: readonly number[],
): number {
  let furthest = 0;
  for (let corner = 0; corner < 8; corner++) {
    const [a, b] = [first, second].map(({ origin, steps }) =>
      origin.map((start, axis) =>
        steps.reduce((sum, step, k) => sum + ((corner >> k) & 1) * (dimensions[k] - 1) * step[axis], start),
      ),
    );
    furthest = Math.max(furthest, lengthOf(a.map((value, axis) => value - b[axis])));
  }
  return furthest / Math.min(...first.steps.map(lengthOf));
}

/**
 * Whether the axes of a grid are those of the patient, in any order and direction.
 *
 * @example isAligned({ origin: [0, 0, 0], steps: [[0, -2, 0], [2, 0, 0], [0, 0, 1]] }) // => true
 */
export function isAligned({ steps }: GridPlacement): boolean {
  return steps.every((step) => Math.max(...step.map(Math.abs)) >= (1 - 1e-4) * lengthOf(step));
}

function lengthOf(vector: readonly number[]): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
