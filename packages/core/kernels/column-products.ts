/** Products and sums of columns of a matrix, two numbers at a time; see `penalised-descent.ts`. */

/** `target[k]` becomes the product of `vector` with column `columns[k]`, four columns a pass. */
export function project(
  design: usize,
  rows: i32,
  columns: usize,
  count: i32,
  vector: usize,
  target: usize,
): void {
  let k: i32 = 0;
  for (; k + 4 <= count; k += 4)
    projectFour(
      columnAt(design, rows, columns, k),
      columnAt(design, rows, columns, k + 1),
      columnAt(design, rows, columns, k + 2),
      columnAt(design, rows, columns, k + 3),
      rows,
      vector,
      target + ((<usize>k) << 3),
    );
  for (; k < count; k++)
    store<f64>(target + ((<usize>k) << 3), product(columnAt(design, rows, columns, k), vector, rows));
}

/** Adds `coefficients[k]` times column `columns[k]` to `target`, four columns a pass; columns of coefficient 0 are skipped. */
export function combine(
  design: usize,
  rows: i32,
  columns: usize,
  count: i32,
  coefficients: usize,
  target: usize,
): void {
  let used: i32 = 0;
  let a: usize = 0;
  let b: usize = 0;
  let c: usize = 0;
  let first: f64 = 0;
  let second: f64 = 0;
  let third: f64 = 0;
  for (let k: i32 = 0; k < count; k++) {
    const coefficient = load<f64>(coefficients + ((<usize>k) << 3));
    if (coefficient == 0) continue;
    const column = columnAt(design, rows, columns, k);
    if (used == 0) {
      a = column;
      first = coefficient;
    } else if (used == 1) {
      b = column;
      second = coefficient;
    } else if (used == 2) {
      c = column;
      third = coefficient;
    } else addFour(a, b, c, column, first, second, third, coefficient, rows, target);
    used = (used + 1) & 3;
  }
  if (used > 0) addMultiple(target, first, a, rows);
  if (used > 1) addMultiple(target, second, b, rows);
  if (used > 2) addMultiple(target, third, c, rows);
}

export function columnAt(design: usize, rows: i32, columns: usize, k: i32): usize {
  return design + ((<usize>load<i32>(columns + ((<usize>k) << 2)) * <usize>rows) << 3);
}

export function bothLanes(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** Products of `vector` with four columns, to four numbers at `target`. */
export function projectFour(
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  rows: i32,
  vector: usize,
  target: usize,
): void {
  let a0 = f64x2.splat(0);
  let b0 = f64x2.splat(0);
  let c0 = f64x2.splat(0);
  let d0 = f64x2.splat(0);
  let a1 = f64x2.splat(0);
  let b1 = f64x2.splat(0);
  let c1 = f64x2.splat(0);
  let d1 = f64x2.splat(0);
  const whole = (<usize>(rows & ~3)) << 3;
  let i: usize = 0;
  for (; i < whole; i += 32) {
    const v = v128.load(vector + i);
    const w = v128.load(vector + i, 16);
    a0 = f64x2.add(a0, f64x2.mul(v, v128.load(a + i)));
    b0 = f64x2.add(b0, f64x2.mul(v, v128.load(b + i)));
    c0 = f64x2.add(c0, f64x2.mul(v, v128.load(c + i)));
    d0 = f64x2.add(d0, f64x2.mul(v, v128.load(d + i)));
    a1 = f64x2.add(a1, f64x2.mul(w, v128.load(a + i, 16)));
    b1 = f64x2.add(b1, f64x2.mul(w, v128.load(b + i, 16)));
    c1 = f64x2.add(c1, f64x2.mul(w, v128.load(c + i, 16)));
    d1 = f64x2.add(d1, f64x2.mul(w, v128.load(d + i, 16)));
  }
  let first = bothLanes(f64x2.add(a0, a1));
  let second = bothLanes(f64x2.add(b0, b1));
  let third = bothLanes(f64x2.add(c0, c1));
  let fourth = bothLanes(f64x2.add(d0, d1));
  const end = (<usize>rows) << 3;
  for (; i < end; i += 8) {
    const v = load<f64>(vector + i);
    first += v * load<f64>(a + i);
    second += v * load<f64>(b + i);
    third += v * load<f64>(c + i);
    fourth += v * load<f64>(d + i);
  }
  store<f64>(target, first);
  store<f64>(target, second, 8);
  store<f64>(target, third, 16);
  store<f64>(target, fourth, 24);
}

export function product(a: usize, b: usize, rows: i32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  const whole = (<usize>(rows & ~3)) << 3;
  let i: usize = 0;
  for (; i < whole; i += 32) {
    even = f64x2.add(even, f64x2.mul(v128.load(a + i), v128.load(b + i)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(a + i, 16), v128.load(b + i, 16)));
  }
  let sum = bothLanes(f64x2.add(even, odd));
  const end = (<usize>rows) << 3;
  for (; i < end; i += 8) sum += load<f64>(a + i) * load<f64>(b + i);
  return sum;
}

export function sumOf(a: usize, rows: i32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  const whole = (<usize>(rows & ~3)) << 3;
  let i: usize = 0;
  for (; i < whole; i += 32) {
    even = f64x2.add(even, v128.load(a + i));
    odd = f64x2.add(odd, v128.load(a + i, 16));
  }
  let sum = bothLanes(f64x2.add(even, odd));
  const end = (<usize>rows) << 3;
  for (; i < end; i += 8) sum += load<f64>(a + i);
  return sum;
}

export function weigh(column: usize, weights: usize, target: usize, rows: i32): void {
  const whole = (<usize>(rows & ~1)) << 3;
  let i: usize = 0;
  for (; i < whole; i += 16) v128.store(target + i, f64x2.mul(v128.load(column + i), v128.load(weights + i)));
  if ((rows & 1) == 1) store<f64>(target + i, load<f64>(column + i) * load<f64>(weights + i));
}

export function addMultiple(target: usize, factor: f64, source: usize, length: i32): void {
  const both = f64x2.splat(factor);
  const whole = (<usize>(length & ~3)) << 3;
  let i: usize = 0;
  for (; i < whole; i += 32) {
    v128.store(target + i, f64x2.add(v128.load(target + i), f64x2.mul(both, v128.load(source + i))));
    v128.store(
      target + i,
      f64x2.add(v128.load(target + i, 16), f64x2.mul(both, v128.load(source + i, 16))),
      16,
    );
  }
  const end = (<usize>length) << 3;
  for (; i < end; i += 8) store<f64>(target + i, load<f64>(target + i) + factor * load<f64>(source + i));
}

function addFour(
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  first: f64,
  second: f64,
  third: f64,
  fourth: f64,
  rows: i32,
  target: usize,
): void {
  const ofA = f64x2.splat(first);
  const ofB = f64x2.splat(second);
  const ofC = f64x2.splat(third);
  const ofD = f64x2.splat(fourth);
  const whole = (<usize>(rows & ~1)) << 3;
  let i: usize = 0;
  for (; i < whole; i += 16) {
    const ab = f64x2.add(f64x2.mul(ofA, v128.load(a + i)), f64x2.mul(ofB, v128.load(b + i)));
    const cd = f64x2.add(f64x2.mul(ofC, v128.load(c + i)), f64x2.mul(ofD, v128.load(d + i)));
    v128.store(target + i, f64x2.add(v128.load(target + i), f64x2.add(ab, cd)));
  }
  if ((rows & 1) == 1) {
    const ab = first * load<f64>(a + i) + second * load<f64>(b + i);
    const cd = third * load<f64>(c + i) + fourth * load<f64>(d + i);
    store<f64>(target + i, load<f64>(target + i) + (ab + cd));
  }
}
