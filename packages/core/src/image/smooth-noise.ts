import { exp } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";

/** A grid of pixels and the size of the lattice cells, in pixels, between which noise is interpolated. */
export interface NoiseGrid {
  readonly width: number;
  readonly height: number;
  readonly cellX: number;
  readonly cellY: number;
}

/** Standard deviation of a cubic B-spline of unit lattice noise along one axis: √(151/315), averaged over positions. */
const splineDeviation = Math.sqrt(151 / 315);

/**
 * Smooth Gaussian noise of mean 0 and variance near 1 on a grid: a cubic B-spline surface over a random lattice.
 *
 * @param grid Cells of at least one pixel; larger cells give smoother noise.
 * @returns Row-major values, shape [height * width]; twice continuously differentiable.
 */
export function smoothNoise(grid: NoiseGrid, random: Random): Float32Array {
  const { width, height, cellX, cellY } = grid;
  const [columns, rows] = [Math.floor(width / cellX) + 4, Math.floor(height / cellY) + 4];
  const across = splineWeights(width, cellX);
  const down = splineWeights(height, cellY);
  const strips = new Float32Array(rows * width);
  const lattice = new Float32Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) lattice[column] = random.normal();
    for (let x = 0; x < width; x++) {
      const at = across.cell[x];
      const w = 4 * x;
      strips[row * width + x] =
        lattice[at] * across.weight[w] +
        lattice[at + 1] * across.weight[w + 1] +
        lattice[at + 2] * across.weight[w + 2] +
        lattice[at + 3] * across.weight[w + 3];
    }
  }
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [a, w] = [down.cell[y] * width, 4 * y];
    const [w0, w1, w2, w3] = [down.weight[w], down.weight[w + 1], down.weight[w + 2], down.weight[w + 3]];
    for (let x = 0; x < width; x++) {
      const at = a + x;
      values[y * width + x] =
        strips[at] * w0 + strips[at + width] * w1 + strips[at + 2 * width] * w2 + strips[at + 3 * width] * w3;
    }
  }
  return values;
}

/**
 * Smooth Gaussian noise of mean 0 and variance near 1 along a line.
 *
 * @param length Number of samples.
 * @param cell Distance in samples between the random values.
 */
export function smoothCurve(length: number, cell: number, random: Random): Float32Array {
  const { cell: at, weight } = splineWeights(length, cell);
  const lattice = Float32Array.from({ length: Math.floor(length / cell) + 4 }, () => random.normal());
  return Float32Array.from({ length }, (_, i) => {
    const k = at[i];
    return (
      lattice[k] * weight[4 * i] +
      lattice[k + 1] * weight[4 * i + 1] +
      lattice[k + 2] * weight[4 * i + 2] +
      lattice[k + 3] * weight[4 * i + 3]
    );
  });
}

/**
 * The zero contours of smooth noise as thin lines, like septa and ligaments: brightest where they lie across the beam,
 * and on the side where the noise rises with depth, so that a closed contour shows an arc, not a ring.
 *
 * @param noise Row-major, shape [rows * width].
 * @param presence Noise that interrupts the lines where it is low; same shape.
 * @returns Brightness 0 to 1.
 */
export function interfaceLines(noise: Float32Array, presence: Float32Array, width: number): Float32Array {
  const lines = new Float32Array(noise.length);
  for (let at = width + 1; at < noise.length - width - 1; at++) {
    const present = 0.6 * presence[at] + 0.65;
    if (present <= 0) continue;
    const gx = noise[at + 1] - noise[at - 1];
    const gy = noise[at + width] - noise[at - width];
    const steepness = gx * gx + gy * gy + 1e-12;
    // Distance to the contour is |n| / |∇n|, and central differences span two pixels.
    const distanceSquared = (4 * noise[at] * noise[at]) / steepness;
    if (distanceSquared > 4) continue;
    const facing = (gy * gy) / steepness;
    const side = gy > 0 ? 1 : 0.25;
    lines[at] = side * Math.min(1, present) * (0.15 + 0.85 * facing * facing) * exp(-1.6 * distanceSquared);
  }
  return lines;
}

/** Lattice cell of every position and its four B-spline weights, scaled to unit variance. */
function splineWeights(length: number, cell: number): { cell: Uint16Array; weight: Float32Array } {
  const at = new Uint16Array(length);
  const weight = new Float32Array(4 * length);
  for (let i = 0; i < length; i++) {
    const position = i / cell;
    at[i] = Math.floor(position);
    const t = position - at[i];
    const t2 = t * t;
    const t3 = t2 * t;
    const scale = 1 / (6 * splineDeviation);
    weight[4 * i] = (1 - 3 * t + 3 * t2 - t3) * scale;
    weight[4 * i + 1] = (4 - 6 * t2 + 3 * t3) * scale;
    weight[4 * i + 2] = (1 + 3 * t + 3 * t2 - 3 * t3) * scale;
    weight[4 * i + 3] = t3 * scale;
  }
  return { cell: at, weight };
}
