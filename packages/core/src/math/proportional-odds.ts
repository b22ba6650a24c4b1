import { dotProduct } from "./dot-product.ts";
import { gramMatrix } from "./gram-matrix.ts";
import { logistic, log, logit } from "./elementary.ts";
import { type Matrix, zeroMatrix } from "./matrix.ts";
import { checkClasses, type ClassData } from "./multinomial-regression.ts";
import { type ConvexLoss, minimise } from "./newton-minimum.ts";

/** A proportional odds regression: logit P(class <= c) = thresholds[c] - coefficients x. */
export interface ProportionalOddsFit {
  /** Ascending, one per class but the last. */
  readonly thresholds: Float64Array;
  /** One per column of the design; positive ones make higher classes likelier. */
  readonly coefficients: Float64Array;
  readonly logLikelihood: number;
  readonly converged: boolean;
}

/**
 * A proportional odds regression by maximum likelihood.
 *
 * @param data Classes in ascending order; columns on a scale of about one that do not determine each other.
 * @returns Where the classes are separated no finite estimate exists, and the coefficients are those of the last step.
 * @throws {InputError} Fewer than two classes, or one without a row.
 * @throws {NumericalError} Linearly dependent columns.
 * @source McCullagh 1980, J R Stat Soc B 42:109-142.
 */
export function proportionalOdds(data: ClassData): ProportionalOddsFit {
  checkClasses(data);
  const { design, classes } = data;
  const cuts = classes - 1;
  const { at, loss, converged } = minimise(ordinalLoss(data), startingPoint(data, cuts + design.columns));
  return {
    thresholds: at.slice(0, cuts),
    coefficients: at.slice(cuts),
    logLikelihood: -loss,
    converged,
  };
}

/** The thresholds of the shares of the classes, without any predictor. */
function startingPoint({ response, classes, weights }: ClassData, size: number): Float64Array {
  const shares = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    shares[response[i]] += weights[i];
    total += weights[i];
  }
  const start = new Float64Array(size);
  let below = 0;
  for (let c = 0; c < classes - 1; c++) {
    below += shares[c];
    start[c] = logit(below / total);
  }
  return start;
}

function ordinalLoss(data: ClassData): ConvexLoss {
  const { design, response, classes, weights } = data;
  const cuts = classes - 1;
  const size = cuts + design.columns;
  const ends = classEnds(design.rows);
  return {
    value: (at) => {
      const linear = linearPart(design, at.subarray(cuts));
      let loss = 0;
      for (let i = 0; i < design.rows; i++) {
        const c = response[i];
        const upper = c < cuts ? logistic(at[c] - linear[i]) : 1;
        const lower = c > 0 ? logistic(at[c - 1] - linear[i]) : 0;
        const p = upper - lower;
        if (!(p > 0)) return Infinity;
        loss -= weights[i] * log(p);
        fillEnds(ends, i, { upper, lower, p, weight: weights[i] });
      }
      return loss;
    },
    derivatives: () => {
      const [score, information] = [new Float64Array(size), zeroMatrix(size, size)];
      addThresholds(data, ends, { score, information });
      addSlopes(data, ends, { score, information });
      return { score, information };
    },
  };
}

/** Derivatives of each row's log likelihood by the upper and the lower end of its class, shape [n] each. */
interface ClassEnds {
  readonly upperSlope: Float64Array;
  readonly lowerSlope: Float64Array;
  readonly upperCurvature: Float64Array;
  readonly lowerCurvature: Float64Array;
  readonly mixedCurvature: Float64Array;
}

function classEnds(rows: number): ClassEnds {
  const room = () => new Float64Array(rows);
  return {
    upperSlope: room(),
    lowerSlope: room(),
    upperCurvature: room(),
    lowerCurvature: room(),
    mixedCurvature: room(),
  };
}

function fillEnds(
  ends: ClassEnds,
  row: number,
  {
    upper,
    lower,
    p,
    weight,
  }: { readonly upper: number; readonly lower: number; readonly p: number; readonly weight: number },
): void {
  // Density f = F (1 - F) of the logistic distribution; its slope is f (1 - 2 F).
  const [high, low] = [(upper * (1 - upper)) / p, (lower * (1 - lower)) / p];
  ends.upperSlope[row] = weight * high;
  ends.lowerSlope[row] = -weight * low;
  ends.upperCurvature[row] = weight * high * (high - (1 - 2 * upper));
  ends.lowerCurvature[row] = weight * low * (low + (1 - 2 * lower));
  ends.mixedCurvature[row] = -weight * high * low;
}

type Derivatives = ReturnType<ConvexLoss["derivatives"]>;

function addThresholds(
  { design, response, classes }: ClassData,
  ends: ClassEnds,
  { score, information }: Derivatives,
): void {
  const cuts = classes - 1;
  const size = score.length;
  const { rows, values } = design;
  for (let i = 0; i < rows; i++) {
    const c = response[i];
    const mixed = ends.mixedCurvature[i];
    if (c < cuts) {
      score[c] += ends.upperSlope[i];
      information.values[c * size + c] += ends.upperCurvature[i];
    }
    if (c > 0) {
      score[c - 1] += ends.lowerSlope[i];
      information.values[(c - 1) * size + c - 1] += ends.lowerCurvature[i];
    }
    if (c > 0 && c < cuts) {
      information.values[c * size + c - 1] += mixed;
      information.values[(c - 1) * size + c] += mixed;
    }
    for (let j = 0; j < design.columns; j++) {
      const x = values[j * rows + i];
      if (c < cuts) information.values[(cuts + j) * size + c] -= x * (ends.upperCurvature[i] + mixed);
      if (c > 0) information.values[(cuts + j) * size + c - 1] -= x * (ends.lowerCurvature[i] + mixed);
    }
  }
}

function addSlopes(
  { design, classes }: ClassData,
  ends: ClassEnds,
  { score, information }: Derivatives,
): void {
  const cuts = classes - 1;
  const size = score.length;
  const { rows, columns, values } = design;
  const both = ends.upperSlope.map((slope, i) => slope + ends.lowerSlope[i]);
  const curvature = ends.upperCurvature.map(
    (upper, i) => upper + ends.lowerCurvature[i] + 2 * ends.mixedCurvature[i],
  );
  const block = gramMatrix(design, curvature);
  for (let j = 0; j < columns; j++) {
    score[cuts + j] = -dotProduct(values, j * rows, both, rows);
    for (let k = 0; k < columns; k++)
      information.values[(cuts + k) * size + cuts + j] = block.values[k * columns + j];
    for (let c = 0; c < cuts; c++)
      information.values[c * size + cuts + j] = information.values[(cuts + j) * size + c];
  }
}

function linearPart({ rows, columns, values }: Matrix, coefficients: Float64Array): Float64Array {
  const linear = new Float64Array(rows);
  for (let j = 0; j < columns; j++)
    for (let i = 0; i < rows; i++) linear[i] += coefficients[j] * values[j * rows + i];
  return linear;
}
