/** Curvature between columns of a design; see `penalised-descent.ts`. */
import { bothLanes, columnAt, product, sumOf, weigh } from "./column-products";

/**
 * Curvature between the members `from .. count - 1` and all members before and among them, the intercept profiled out:
 * row and column of each in `gram`, whose rows are `capacity` apart; `sums` gets their curvature with the intercept.
 * `room` holds two columns.
 */
export function growCurvature(
  design: usize,
  rows: i32,
  columns: usize,
  from: i32,
  count: i32,
  weights: usize,
  total: f64,
  gram: usize,
  capacity: i32,
  sums: usize,
  room: usize,
): void {
  const other = room + ((<usize>rows) << 3);
  for (let a: i32 = from; a < count; a += 2) {
    const pair = a + 1 < count;
    weigh(columnAt(design, rows, columns, a), weights, room, rows);
    weigh(columnAt(design, rows, columns, pair ? a + 1 : a), weights, other, rows);
    const sumA = sumOf(room, rows);
    const sumB = sumOf(other, rows);
    store<f64>(sums + ((<usize>a) << 3), sumA);
    if (pair) store<f64>(sums + ((<usize>(a + 1)) << 3), sumB);
    const rowA = gram + ((<usize>a * <usize>capacity) << 3);
    const rowB = gram + ((<usize>(a + 1) * <usize>capacity) << 3);
    const last = pair ? a + 1 : a;
    let b: i32 = 0;
    for (; b + 3 <= last; b += 4)
      multiplyTwoByFour(
        room,
        other,
        columnAt(design, rows, columns, b),
        columnAt(design, rows, columns, b + 1),
        columnAt(design, rows, columns, b + 2),
        columnAt(design, rows, columns, b + 3),
        rows,
        rowA + ((<usize>b) << 3),
        pair ? rowB + ((<usize>b) << 3) : 0,
      );
    for (; b <= last; b++) {
      const column = columnAt(design, rows, columns, b);
      store<f64>(rowA + ((<usize>b) << 3), product(column, room, rows));
      if (pair) store<f64>(rowB + ((<usize>b) << 3), product(column, other, rows));
    }
    profileOut(rowA, sumA / total, sums, last);
    if (pair) profileOut(rowB, sumB / total, sums, last);
    mirror(gram, a, last, capacity);
    if (pair) mirror(gram, a + 1, last, capacity);
  }
}

function multiplyTwoByFour(
  v: usize,
  w: usize,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  rows: i32,
  targetV: usize,
  targetW: usize,
): void {
  let va = f64x2.splat(0);
  let vb = f64x2.splat(0);
  let vc = f64x2.splat(0);
  let vd = f64x2.splat(0);
  let wa = f64x2.splat(0);
  let wb = f64x2.splat(0);
  let wc = f64x2.splat(0);
  let wd = f64x2.splat(0);
  const whole = (<usize>(rows & ~1)) << 3;
  let i: usize = 0;
  for (; i < whole; i += 16) {
    const vi = v128.load(v + i);
    const wi = v128.load(w + i);
    const ai = v128.load(a + i);
    va = f64x2.add(va, f64x2.mul(vi, ai));
    wa = f64x2.add(wa, f64x2.mul(wi, ai));
    const bi = v128.load(b + i);
    vb = f64x2.add(vb, f64x2.mul(vi, bi));
    wb = f64x2.add(wb, f64x2.mul(wi, bi));
    const ci = v128.load(c + i);
    vc = f64x2.add(vc, f64x2.mul(vi, ci));
    wc = f64x2.add(wc, f64x2.mul(wi, ci));
    const di = v128.load(d + i);
    vd = f64x2.add(vd, f64x2.mul(vi, di));
    wd = f64x2.add(wd, f64x2.mul(wi, di));
  }
  let vaSum = bothLanes(va);
  let vbSum = bothLanes(vb);
  let vcSum = bothLanes(vc);
  let vdSum = bothLanes(vd);
  let waSum = bothLanes(wa);
  let wbSum = bothLanes(wb);
  let wcSum = bothLanes(wc);
  let wdSum = bothLanes(wd);
  if ((rows & 1) == 1) {
    const vi = load<f64>(v + i);
    const wi = load<f64>(w + i);
    vaSum += vi * load<f64>(a + i);
    vbSum += vi * load<f64>(b + i);
    vcSum += vi * load<f64>(c + i);
    vdSum += vi * load<f64>(d + i);
    waSum += wi * load<f64>(a + i);
    wbSum += wi * load<f64>(b + i);
    wcSum += wi * load<f64>(c + i);
    wdSum += wi * load<f64>(d + i);
  }
  store<f64>(targetV, vaSum);
  store<f64>(targetV, vbSum, 8);
  store<f64>(targetV, vcSum, 16);
  store<f64>(targetV, vdSum, 24);
  if (targetW == 0) return;
  store<f64>(targetW, waSum);
  store<f64>(targetW, wbSum, 8);
  store<f64>(targetW, wcSum, 16);
  store<f64>(targetW, wdSum, 24);
}

function profileOut(row: usize, factor: f64, sums: usize, last: i32): void {
  for (let b: i32 = 0; b <= last; b++) {
    const at = (<usize>b) << 3;
    store<f64>(row + at, load<f64>(row + at) - factor * load<f64>(sums + at));
  }
}

function mirror(gram: usize, a: i32, last: i32, capacity: i32): void {
  const row = gram + ((<usize>a * <usize>capacity) << 3);
  for (let b: i32 = 0; b <= last; b++)
    store<f64>(gram + ((<usize>b * <usize>capacity + <usize>a) << 3), load<f64>(row + ((<usize>b) << 3)));
}
