/**
 * Isotonic regression by pooling adjacent violators: the non-decreasing sequence nearest to the values.
 *
 * @param values Responses in the order of the predictor, shape [n].
 * @returns Non-decreasing means, shape [n].
 * @source Barlow et al. 1972, Statistical Inference under Order Restrictions, section 1.2.
 * @example isotonicRegression([1, 3, 2, 4]) // => [1,2.5,2.5,4]
 */
export function isotonicRegression(values: ArrayLike<number>): Float64Array {
  const blocks: { sum: number; size: number }[] = [];
  for (let i = 0; i < values.length; i++) {
    let block = { sum: values[i], size: 1 };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      // Compared without division, so that equal means of counts pool exactly.
      if (last.sum * block.size < block.sum * last.size) break;
      block = { sum: last.sum + block.sum, size: last.size + block.size };
      blocks.pop();
    }
    blocks.push(block);
  }
  const fitted = new Float64Array(values.length);
  let start = 0;
  for (const { sum, size } of blocks) {
    fitted.fill(sum / size, start, start + size);
    start += size;
  }
  return fitted;
}
