import { axisPositions, linearPredictorAt } from "../models/axis-positions.ts";
import { type AdditiveModel, effectAxes, effectsAlong } from "../models/input-effects.ts";
import { nomogramPoints, type NomogramScale, totalPointsAt } from "./nomogram-points.ts";

/** A named position of an axis. */
export interface NomogramTick {
  readonly text: string;
  readonly points: number;
}

/** A stretch of an axis along which points rise or fall; a spline that turns has several. */
export interface NomogramBranch {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly NomogramTick[];
}

/** One predictor of a nomogram. */
export interface NomogramAxis {
  readonly label: string;
  readonly unit: string | null;
  readonly kind: "numeric" | "levels" | "score";
  readonly branches: readonly NomogramBranch[];
}

/** A model as axes of points, whose total is a risk. */
export interface Nomogram {
  readonly axes: readonly NomogramAxis[];
  readonly scale: NomogramScale;
  /** Points of the longest axis. */
  readonly maximum: number;
  /** Points of a patient at the far end of every axis. */
  readonly totalMaximum: number;
  /** Risks within reach, `points` being totals. */
  readonly risks: readonly NomogramTick[];
}

/** Round risks in the order in which a reader misses them, so that crowded axes keep the first. */
const RISKS = [0.5, 0.1, 0.9, 0.05, 0.2, 0.8, 0.95, 0.3, 0.7, 0.01, 0.99, 0.4, 0.6, 0.02, 0.98, 0.001, 0.999];
/** A spline that turns back by less than this many points is drawn as if it did not. */
const LEAST_TURN = 1;

/**
 * The nomogram of a model: axes within the ranges of the training patients, one for each predictor and for the score of
 * each block that enters as one.
 *
 * @param model Additive on the logit scale; a model of trees has no nomogram.
 * @throws {InputError} No predictor changes the risk.
 */
export function nomogramOf(model: AdditiveModel, maximum = 100): Nomogram {
  const axes = effectAxes(model);
  const positions = axes.map((axis) => axisPositions(axis));
  const effects = axes.map((axis, k) => ({
    name: axis.label,
    effects: effectsAlong(model.predictor, axis, positions[k].values),
  }));
  const scale = nomogramPoints(effects, model.predictor.intercept, maximum);
  const totalMaximum = scale.points.reduce((sum, points) => sum + Math.max(...points), 0);
  const risks = RISKS.map((risk) => ({
    text: `${String(Math.round(risk * 1000) / 10)}%`,
    points: totalPointsAt(scale, linearPredictorAt(risk)),
  }));
  return {
    axes: axes.map((axis, k) => ({
      label: axis.label,
      unit: axis.kind === "numeric" ? axis.unit : null,
      kind: axis.kind,
      branches:
        axis.kind === "levels"
          ? [levelBranch(scale.points[k], axis.levels)]
          : branchesOf(scale.points[k], positions[k].named),
    })),
    scale,
    maximum,
    totalMaximum,
    risks: risks.filter(({ points }) => points >= 0 && points <= totalMaximum),
  };
}

function levelBranch(points: readonly number[], levels: readonly string[]): NomogramBranch {
  return {
    from: Math.min(...points),
    to: Math.max(...points),
    ticks: levels.map((text, code) => ({ text, points: points[code] })),
  };
}

function branchesOf(
  points: readonly number[],
  named: readonly { readonly index: number; readonly text: string }[],
): NomogramBranch[] {
  const turns = [0, ...turningPoints(points), points.length - 1];
  return turns.slice(1).map((end, k) => {
    const start = turns[k];
    const within = named.filter(({ index }) => (index > start || k === 0) && index >= start && index <= end);
    return {
      from: points[start],
      to: points[end],
      ticks: within.map(({ index, text }) => ({ text, points: points[index] })),
    };
  });
}

/** Where a curve turns back by more than a point. */
function turningPoints(points: readonly number[]): number[] {
  const turns: number[] = [];
  let extreme = 0;
  let direction = 0;
  for (let k = 1; k < points.length; k++) {
    const change = points[k] - points[extreme];
    if (direction === 0) {
      if (Math.abs(change) > LEAST_TURN) [direction, extreme] = [Math.sign(change), k];
    } else if (change * direction >= 0) extreme = k;
    else if (Math.abs(change) > LEAST_TURN) {
      turns.push(extreme);
      [direction, extreme] = [-direction, k];
    }
  }
  return turns;
}
