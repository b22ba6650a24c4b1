/** Complex values. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A stage of a transform. */
export interface Stage {
  readonly radix: number;
  /** Length of the transforms that remain. */
  readonly length: number;
  readonly stride: number;
  /** Roots of the whole axis; those of this stage are `step` apart. */
  readonly twiddles: Complex;
  readonly step: number;
}

/** One stage of Stockham's transform, from one array into the other. */
export function radixPass(from: Complex, to: Complex, stage: Stage): void {
  if (stage.radix === 2) passOfTwo(from, to, stage);
  else if (stage.radix === 4) passOfFour(from, to, stage);
  else if (stage.radix === 3) passOfThree(from, to, stage);
  else if (stage.radix === 5) passOfFive(from, to, stage);
  else passOfAny(from, to, stage);
}

function passOfTwo(from: Complex, to: Complex, { length, stride, twiddles, step }: Stage): void {
  const { re: fr, im: fi } = from;
  const { re: tr, im: ti } = to;
  const half = length / 2;
  for (let p = 0; p < half; p++) {
    const wr = twiddles.re[p * step];
    const wi = twiddles.im[p * step];
    const a = stride * p;
    const b = stride * (p + half);
    const target = 2 * stride * p;
    for (let q = 0; q < stride; q++) {
      const dr = fr[a + q] - fr[b + q];
      const di = fi[a + q] - fi[b + q];
      tr[target + q] = fr[a + q] + fr[b + q];
      ti[target + q] = fi[a + q] + fi[b + q];
      tr[target + stride + q] = dr * wr - di * wi;
      ti[target + stride + q] = dr * wi + di * wr;
    }
  }
}

function passOfFour(from: Complex, to: Complex, { length, stride, twiddles, step }: Stage): void {
  const quarter = length / 4;
  const { re: fr, im: fi } = from;
  const { re: tr, im: ti } = to;
  // The fourth root of 1 that turns as the transform does: -i forward, i back.
  const sign = twiddles.im[quarter * step] > 0 ? 1 : -1;
  for (let p = 0; p < quarter; p++) {
    const w = p * step;
    const u1 = twiddles.re[w];
    const v1 = twiddles.im[w];
    const u2 = twiddles.re[2 * w];
    const v2 = twiddles.im[2 * w];
    const u3 = twiddles.re[3 * w];
    const v3 = twiddles.im[3 * w];
    const a = stride * p;
    const b = a + stride * quarter;
    const c = b + stride * quarter;
    const d = c + stride * quarter;
    const target = 4 * stride * p;
    for (let q = 0; q < stride; q++) {
      const evenR = fr[a + q] + fr[c + q];
      const evenI = fi[a + q] + fi[c + q];
      const oddR = fr[a + q] - fr[c + q];
      const oddI = fi[a + q] - fi[c + q];
      const sumR = fr[b + q] + fr[d + q];
      const sumI = fi[b + q] + fi[d + q];
      const turnedR = -sign * (fi[b + q] - fi[d + q]);
      const turnedI = sign * (fr[b + q] - fr[d + q]);
      const t = target + q;
      tr[t] = evenR + sumR;
      ti[t] = evenI + sumI;
      const r1 = oddR + turnedR;
      const i1 = oddI + turnedI;
      tr[t + stride] = r1 * u1 - i1 * v1;
      ti[t + stride] = r1 * v1 + i1 * u1;
      const r2 = evenR - sumR;
      const i2 = evenI - sumI;
      tr[t + 2 * stride] = r2 * u2 - i2 * v2;
      ti[t + 2 * stride] = r2 * v2 + i2 * u2;
      const r3 = oddR - turnedR;
      const i3 = oddI - turnedI;
      tr[t + 3 * stride] = r3 * u3 - i3 * v3;
      ti[t + 3 * stride] = r3 * v3 + i3 * u3;
    }
  }
}

/** Sine of 60°. */
const sine60 = Math.sqrt(3) / 2;

function passOfThree(from: Complex, to: Complex, { length, stride, twiddles, step }: Stage): void {
  const { re: fr, im: fi } = from;
  const { re: tr, im: ti } = to;
  const third = length / 3;
  const sine = twiddles.im[third * step] > 0 ? sine60 : -sine60;
  for (let p = 0; p < third; p++) {
    const w = p * step;
    const u1 = twiddles.re[w];
    const v1 = twiddles.im[w];
    const u2 = twiddles.re[2 * w];
    const v2 = twiddles.im[2 * w];
    const a = stride * p;
    const b = a + stride * third;
    const c = b + stride * third;
    const target = 3 * stride * p;
    for (let q = 0; q < stride; q++) {
      const sumR = fr[b + q] + fr[c + q];
      const sumI = fi[b + q] + fi[c + q];
      const middleR = fr[a + q] - sumR / 2;
      const middleI = fi[a + q] - sumI / 2;
      const turnedR = -sine * (fi[b + q] - fi[c + q]);
      const turnedI = sine * (fr[b + q] - fr[c + q]);
      const t = target + q;
      tr[t] = fr[a + q] + sumR;
      ti[t] = fi[a + q] + sumI;
      const r1 = middleR + turnedR;
      const i1 = middleI + turnedI;
      tr[t + stride] = r1 * u1 - i1 * v1;
      ti[t + stride] = r1 * v1 + i1 * u1;
      const r2 = middleR - turnedR;
      const i2 = middleI - turnedI;
      tr[t + 2 * stride] = r2 * u2 - i2 * v2;
      ti[t + 2 * stride] = r2 * v2 + i2 * u2;
    }
  }
}

function passOfFive(from: Complex, to: Complex, { length, stride, twiddles, step }: Stage): void {
  const { re: fr, im: fi } = from;
  const { re: tr, im: ti } = to;
  const fifth = length / 5;
  const apart = stride * fifth;
  // Cosine and sine of 72° and 144°, the sines with the sign of the direction.
  const c1 = twiddles.re[fifth * step];
  const s1 = twiddles.im[fifth * step];
  const c2 = twiddles.re[2 * fifth * step];
  const s2 = twiddles.im[2 * fifth * step];
  for (let p = 0; p < fifth; p++) {
    const w = p * step;
    const u1 = twiddles.re[w];
    const v1 = twiddles.im[w];
    const u2 = twiddles.re[2 * w];
    const v2 = twiddles.im[2 * w];
    const u3 = twiddles.re[3 * w];
    const v3 = twiddles.im[3 * w];
    const u4 = twiddles.re[4 * w];
    const v4 = twiddles.im[4 * w];
    const a = stride * p;
    const b = a + apart;
    const c = b + apart;
    const d = c + apart;
    const e = d + apart;
    const target = 5 * stride * p;
    for (let q = 0; q < stride; q++) {
      const r0 = fr[a + q];
      const i0 = fi[a + q];
      const outerR = fr[b + q] + fr[e + q];
      const outerI = fi[b + q] + fi[e + q];
      const outerDr = fr[b + q] - fr[e + q];
      const outerDi = fi[b + q] - fi[e + q];
      const innerR = fr[c + q] + fr[d + q];
      const innerI = fi[c + q] + fi[d + q];
      const innerDr = fr[c + q] - fr[d + q];
      const innerDi = fi[c + q] - fi[d + q];
      const t = target + q;
      tr[t] = r0 + outerR + innerR;
      ti[t] = i0 + outerI + innerI;
      const m1r = r0 + c1 * outerR + c2 * innerR;
      const m1i = i0 + c1 * outerI + c2 * innerI;
      const m2r = r0 + c2 * outerR + c1 * innerR;
      const m2i = i0 + c2 * outerI + c1 * innerI;
      // i times the weighted differences.
      const n1r = -(s1 * outerDi + s2 * innerDi);
      const n1i = s1 * outerDr + s2 * innerDr;
      const n2r = s1 * innerDi - s2 * outerDi;
      const n2i = s2 * outerDr - s1 * innerDr;
      tr[t + stride] = (m1r + n1r) * u1 - (m1i + n1i) * v1;
      ti[t + stride] = (m1r + n1r) * v1 + (m1i + n1i) * u1;
      tr[t + 2 * stride] = (m2r + n2r) * u2 - (m2i + n2i) * v2;
      ti[t + 2 * stride] = (m2r + n2r) * v2 + (m2i + n2i) * u2;
      tr[t + 3 * stride] = (m2r - n2r) * u3 - (m2i - n2i) * v3;
      ti[t + 3 * stride] = (m2r - n2r) * v3 + (m2i - n2i) * u3;
      tr[t + 4 * stride] = (m1r - n1r) * u4 - (m1i - n1i) * v4;
      ti[t + 4 * stride] = (m1r - n1r) * v4 + (m1i - n1i) * u4;
    }
  }
}

function passOfAny(from: Complex, to: Complex, { radix, length, stride, twiddles, step }: Stage): void {
  const { re: fr, im: fi } = from;
  const { re: tr, im: ti } = to;
  const part = length / radix;
  const size = length * step;
  for (let p = 0; p < part; p++)
    for (let j = 0; j < radix; j++) {
      const target = stride * (radix * p + j);
      tr.fill(0, target, target + stride);
      ti.fill(0, target, target + stride);
      for (let k = 0; k < radix; k++) {
        // Root of the butterfly, jk / radix, times the twiddle, pj / length.
        const root = (j * k * part * step + p * j * step) % size;
        const wr = twiddles.re[root];
        const wi = twiddles.im[root];
        const source = stride * (p + part * k);
        for (let q = 0; q < stride; q++) {
          const r = fr[source + q];
          const i = fi[source + q];
          tr[target + q] += r * wr - i * wi;
          ti[target + q] += r * wi + i * wr;
        }
      }
    }
}
