/**
 * The AUC where the truth of patients is known by its probability only: the chance that of two patients, one with the
 * event and one without, the former scores higher, ties counted half.
 *
 * @param chance Probability of the event of each patient, in [0, 1]; 0 or 1 where it is known; shape [n].
 * @param score Any finite number a patient; shape [n].
 * @param order Rows by ascending score, as {@link ascendingRows} gives them; the same for many chances.
 * @returns In [0, 1]; NaN where no pair has both.
 * @source Alonzo & Pepe 2005, J R Stat Soc C 54:173-190 (mean score imputation).
 * @example expectedAuc(Float64Array.of(0, 1, 0.5), Float64Array.of(0.1, 0.9, 0.5), Int32Array.of(0, 2, 1)) // => 1
 */
export function expectedAuc(chance: Float64Array, score: Float64Array, order: Int32Array): number {
  let [below, doubled, with_, without, own] = [0, 0, 0, 0, 0];
  for (let k = 0; k < order.length;) {
    const value = score[order[k]];
    let [tiedWith, tiedWithout, tiedOwn] = [0, 0, 0];
    for (; k < order.length && score[order[k]] === value; k++) {
      const c = chance[order[k]];
      tiedWith += c;
      tiedWithout += 1 - c;
      tiedOwn += c * (1 - c);
    }
    doubled += tiedWith * 2 * below + (tiedWith * tiedWithout - tiedOwn);
    below += tiedWithout;
    with_ += tiedWith;
    without += tiedWithout;
    own += tiedOwn;
  }
  // A patient cannot be compared with itself.
  return doubled / (2 * (with_ * without - own));
}

/**
 * Row numbers by ascending score.
 *
 * @example ascendingRows(Float64Array.of(3, 1, 2)) // => [1,2,0]
 */
export function ascendingRows(score: Float64Array): Int32Array {
  return Int32Array.from(score.keys()).sort((a, b) => score[a] - score[b] || a - b);
}
