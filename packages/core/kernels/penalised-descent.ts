/**
 * Inner loops of the penalised regression in AssemblyScript: 128-bit SIMD WebAssembly, the same bits in every engine.
 *
 * All numbers are f64 in linear memory, matrices column by column; `columns` points to i32 positions of columns.
 * `npm run kernels` compiles this file into `src/math/penalised-descent.generated.ts`.
 */
import { addMultiple, product, projectFour } from "./column-products";

export { combine, project } from "./column-products";
export { growCurvature } from "./member-curvature";

/**
 * Coordinate descent on a quadratic model with elastic net penalty, until no coordinate of a pass changes by more than
 * `enough` (curvature times square) or `passes` are done.
 *
 * @param slope Minus the gradient per member; kept in line with `values`.
 * @returns The largest change of the last pass.
 */
export function descend(
  gram: usize,
  capacity: i32,
  count: i32,
  slope: usize,
  values: usize,
  absolute: usize,
  squared: usize,
  enough: f64,
  passes: i32,
): f64 {
  let largest: f64 = 0;
  for (let pass: i32 = 0; pass < passes; pass++) {
    largest = 0;
    for (let a: i32 = 0; a < count; a++) {
      const at = (<usize>a) << 3;
      const row = gram + ((<usize>a * <usize>capacity) << 3);
      const curvature = load<f64>(row + at);
      if (!(curvature > 0)) continue;
      const old = load<f64>(values + at);
      const pull = load<f64>(slope + at) + curvature * old;
      const excess = Math.abs(pull) - load<f64>(absolute + at);
      if (excess <= 0 && old == 0) continue;
      const value = excess > 0 ? (pull > 0 ? excess : -excess) / (curvature + load<f64>(squared + at)) : 0;
      const change = value - old;
      if (change == 0) continue;
      store<f64>(values + at, value);
      addMultiple(slope, -change, row, count);
      const moved = curvature * change * change;
      if (moved > largest) largest = moved;
    }
    if (!(largest > enough)) break;
  }
  return largest;
}

/**
 * Conjugate gradients among the members whose value is not zero, with the signs as they are, up to the first that would
 * change its sign, which becomes zero.
 *
 * `room` holds four numbers a member.
 *
 * @param share Ends where the preconditioned residual has fallen to this share of its square, or below `enough`.
 */
export function refine(
  gram: usize,
  capacity: i32,
  count: i32,
  slope: usize,
  values: usize,
  absolute: usize,
  squared: usize,
  room: usize,
  share: f64,
  enough: f64,
  iterations: i32,
): void {
  const residual = room;
  const direction = room + ((<usize>capacity) << 3);
  const image = direction + ((<usize>capacity) << 3);
  const step = image + ((<usize>capacity) << 3);
  const end = (<usize>count) << 3;
  let strength: f64 = 0;
  for (let at: usize = 0; at < end; at += 8) {
    const value = load<f64>(values + at);
    const curvature = curvatureAt(gram, capacity, squared, at);
    store<f64>(step + at, 0);
    if (value == 0 || !(curvature > 0)) {
      store<f64>(residual + at, 0);
      store<f64>(direction + at, 0);
      continue;
    }
    const pull =
      load<f64>(slope + at) -
      load<f64>(squared + at) * value -
      (value > 0 ? load<f64>(absolute + at) : -load<f64>(absolute + at));
    store<f64>(residual + at, pull);
    store<f64>(direction + at, pull / curvature);
    strength += (pull * pull) / curvature;
  }
  const limit = Math.max(share * strength, enough);
  for (let iteration: i32 = 0; iteration < iterations && strength > limit; iteration++) {
    let bend: f64 = 0;
    projectRows(gram, (<usize>capacity) << 3, count, direction, image);
    for (let at: usize = 0; at < end; at += 8) {
      const along = load<f64>(direction + at);
      if (along == 0) continue;
      const pull = load<f64>(image + at) + load<f64>(squared + at) * along;
      store<f64>(image + at, pull);
      bend += along * pull;
    }
    if (!(bend > 0)) break;
    const length = strength / bend;
    let next: f64 = 0;
    for (let at: usize = 0; at < end; at += 8) {
      const along = load<f64>(direction + at);
      if (along == 0) continue;
      store<f64>(step + at, load<f64>(step + at) + length * along);
      const left = load<f64>(residual + at) - length * load<f64>(image + at);
      store<f64>(residual + at, left);
      next += (left * left) / curvatureAt(gram, capacity, squared, at);
    }
    const kept = next / strength;
    for (let at: usize = 0; at < end; at += 8)
      if (load<f64>(values + at) != 0 && load<f64>(direction + at) != 0)
        store<f64>(
          direction + at,
          load<f64>(residual + at) / curvatureAt(gram, capacity, squared, at) +
            kept * load<f64>(direction + at),
        );
    strength = next;
  }
  takeStep(gram, capacity, count, slope, values, step);
}

/** `target` becomes the product of a square matrix, its rows `stride` bytes apart, with `vector`. */
function projectRows(matrix: usize, stride: usize, size: i32, vector: usize, target: usize): void {
  let k: i32 = 0;
  let row = matrix;
  for (; k + 4 <= size; k += 4) {
    const at = target + ((<usize>k) << 3);
    projectFour(row, row + stride, row + 2 * stride, row + 3 * stride, size, vector, at);
    row += 4 * stride;
  }
  for (; k < size; k++) {
    store<f64>(target + ((<usize>k) << 3), product(row, vector, size));
    row += stride;
  }
}

/** Takes the step, or as much of it as changes no sign. */
function takeStep(gram: usize, capacity: i32, count: i32, slope: usize, values: usize, step: usize): void {
  let share: f64 = 1;
  let first: i32 = -1;
  for (let a: i32 = 0; a < count; a++) {
    const change = load<f64>(step + ((<usize>a) << 3));
    if (change == 0) continue;
    const toZero = -load<f64>(values + ((<usize>a) << 3)) / change;
    if (toZero > 0 && toZero < share) {
      share = toZero;
      first = a;
    }
  }
  for (let a: i32 = 0; a < count; a++) {
    const at = (<usize>a) << 3;
    const old = load<f64>(values + at);
    const change = a == first ? -old : share * load<f64>(step + at);
    if (change == 0) continue;
    store<f64>(values + at, a == first ? 0 : old + change);
    addMultiple(slope, -change, gram + ((<usize>a * <usize>capacity) << 3), count);
  }
}

function curvatureAt(gram: usize, capacity: i32, squared: usize, at: usize): f64 {
  return load<f64>(gram + (at >> 3) * ((<usize>capacity) << 3) + at) + load<f64>(squared + at);
}
