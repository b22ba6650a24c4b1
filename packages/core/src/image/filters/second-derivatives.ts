import type { Workspace } from "./workspace.ts";

/** Lines of a volume that lie side by side, each of contiguous pixels. */
export interface Lines {
  readonly values: Float64Array;
  readonly start: number;
  /** Distance between the starts of two lines, the number of pixels that they hold. */
  readonly length: number;
  readonly count: number;
}

/** Where responses to lines go. */
export interface Responses {
  readonly values: Float64Array;
  /** Distance between the starts of two lines: at least the kept responses, rounded up to a multiple of four. */
  readonly pitch: number;
  /** Whether they are added to what is there. */
  readonly adds: boolean;
}

/** A filter along lines; it may write beyond the kept responses, within the pitch. */
export type LineFilter = (lines: Lines, into: Responses) => void;

/** Smoothing and second derivative along one axis. */
export interface AxisFilters {
  /** Responses that are kept of each line. */
  readonly kept: number;
  readonly smooth: LineFilter;
  readonly second: LineFilter;
}

/** Pixels, x fastest. The array may be longer than the sizes say. */
interface Grid {
  readonly values: Float64Array;
  readonly sizes: readonly [number, number, number];
}

/** Lines that are filtered together: as many as a cache line holds, since responses are written across them. */
const lanes = 8;

/**
 * The sum over axes of the second derivative along one and smoothing along the others. What is derived already and what
 * is still to be derived go along each axis together: seven passes in a volume instead of nine.
 *
 * @param axes The first two axes (slice by slice) or all three.
 * @returns The kept responses.
 */
export function sumOfSecondDerivatives(
  source: Grid,
  axes: readonly AxisFilters[],
  workspace: Workspace,
): Float64Array {
  let [plain, derived]: [Grid, Grid | null] = [source, null];
  axes.forEach(({ kept, smooth, second }, axis) => {
    const isLast = axis === axes.length - 1;
    const sizes = sizesAfter(plain.sizes, kept, axes.length);
    const room = (name: string) => workspace(`${name}${axis}`, sizes[0] * sizes[1] * sizes[2]);
    const pass = (terms: readonly Term[], values: Float64Array): Grid => {
      filterLines(terms, { values, sizes }, { kept, isVolume: axes.length === 3, workspace });
      return { values, sizes };
    };
    const terms = [{ grid: plain, filter: second }];
    if (derived !== null) terms.push({ grid: derived, filter: smooth });
    const responses = isLast ? new Float64Array(sizes[0] * sizes[1] * sizes[2]) : room("derived");
    derived = pass(terms, responses);
    if (!isLast) plain = pass([{ grid: plain, filter: smooth }], room("plain"));
  });
  return derived!.values;
}

interface Term {
  readonly grid: Grid;
  readonly filter: LineFilter;
}

/** After a pass the next axis is the fastest one; after the last pass x is again. */
function sizesAfter([, second, third]: Grid["sizes"], kept: number, axes: number): Grid["sizes"] {
  return axes === 3 ? [second, third, kept] : [second, kept, third];
}

interface PassSettings {
  readonly kept: number;
  readonly isVolume: boolean;
  readonly workspace: Workspace;
}

/** Adds up filters of lines along the fastest axis, and writes the responses with the next axis as the fastest. */
function filterLines(
  terms: readonly Term[],
  { values }: Grid,
  { kept, isVolume, workspace }: PassSettings,
): void {
  const [length, rows, groups] = terms[0].grid.sizes;
  const pitch = (kept + 3) & ~3;
  const tile = workspace("tile", lanes * pitch);
  const [step, groupStep] = isVolume ? [rows * groups, rows] : [rows, kept * rows];
  for (let group = 0; group < groups; group++)
    for (let row = 0; row < rows; row += lanes) {
      const count = Math.min(lanes, rows - row);
      const start = (group * rows + row) * length;
      for (let term = 0; term < terms.length; term++) {
        const { grid, filter } = terms[term];
        filter({ values: grid.values, start, length, count }, { values: tile, pitch, adds: term > 0 });
      }
      const target = { values, at: group * groupStep + row, step };
      if (count === lanes) writeAcross(tile, pitch, kept, target);
      else writeSome(tile, pitch, { kept, count }, target);
    }
}

/** Where the first response of each line goes, and how far apart the next ones. */
interface Across {
  readonly values: Float64Array;
  readonly at: number;
  readonly step: number;
}

/** Writes eight lines of responses across. */
function writeAcross(tile: Float64Array, pitch: number, kept: number, { values, at, step }: Across): void {
  for (let k = 0, target = at; k < kept; k++, target += step) {
    values[target] = tile[k];
    values[target + 1] = tile[k + pitch];
    values[target + 2] = tile[k + 2 * pitch];
    values[target + 3] = tile[k + 3 * pitch];
    values[target + 4] = tile[k + 4 * pitch];
    values[target + 5] = tile[k + 5 * pitch];
    values[target + 6] = tile[k + 6 * pitch];
    values[target + 7] = tile[k + 7 * pitch];
  }
}

function writeSome(
  tile: Float64Array,
  pitch: number,
  { kept, count }: { readonly kept: number; readonly count: number },
  { values, at, step }: Across,
): void {
  for (let k = 0; k < kept; k++)
    for (let lane = 0; lane < count; lane++) values[at + k * step + lane] = tile[lane * pitch + k];
}
