import { exp } from "../math/elementary.ts";
import { studentTQuantile } from "../math/distributions.ts";
import type { DesignColumn, InputColumn, LogisticModel, PooledCoefficients } from "./model.ts";

/** A coefficient as the table of a model prints it. */
export interface CoefficientRow {
  readonly label: string;
  /** The level against its reference, or the part of a spline; empty for a plain number. */
  readonly detail: string;
  /** On the natural scale of the predictor: log odds per unit. */
  readonly coefficient: number;
  /** For the step that `per` names; null where one number says nothing, e.g. a part of a spline. */
  readonly oddsRatio: number | null;
  /** What the odds ratio compares, e.g. `per 10 mm`, `yes against no`, `per SD`. */
  readonly per: string;
  /** Wald limits of the odds ratio; null where the method has none. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Fraction of missing information, where standard errors were pooled over imputations. */
  readonly missingInformation?: number;
  /** Share of the imputations that kept the column, where coefficients were pooled and may be 0. */
  readonly selected?: number;
}

/**
 * The coefficients of a model with odds ratios, in the order of its columns, the intercept left out.
 *
 * Limits are Wald's; where imputations were pooled, Student's with Barnard and Rubin's degrees of freedom.
 *
 * @returns Numbers are compared per standard deviation of the training patients, levels against their reference.
 */
export function coefficientTable({ predictor, inputs }: LogisticModel): readonly CoefficientRow[] {
  const input = new Map(inputs.map((one) => [one.name, one]));
  const { pooled } = predictor;
  return predictor.columns.map((column, index) => {
    const standardError = predictor.standardErrors?.[index + 1] ?? null;
    const description = describe(column, column.kind === "score" ? undefined : input.get(column.column));
    // Coefficients belong to standardised columns; a step of `step` units is step / scale of them.
    const freedom = pooled?.degreesOfFreedom?.[index + 1] ?? Infinity;
    const margin = standardError === null ? null : studentTQuantile(0.975, freedom) * standardError;
    const factor = description.step === null ? null : description.step / column.scale;
    const ratio = (coefficient: number) => (factor === null ? null : exp(coefficient * factor));
    return {
      label: description.label,
      detail: description.detail,
      coefficient: column.coefficient / column.scale,
      oddsRatio: ratio(column.coefficient),
      per: description.per,
      lower: margin === null ? null : ratio(column.coefficient - margin),
      upper: margin === null ? null : ratio(column.coefficient + margin),
      ...poolingOf(pooled, index + 1),
    };
  });
}

/** What imputations say of one coefficient. */
function poolingOf(
  pooled: PooledCoefficients | undefined,
  position: number,
): Pick<CoefficientRow, "missingInformation" | "selected"> {
  if (pooled === undefined) return {};
  return pooled.missingInformation === null
    ? { selected: pooled.selected[position] }
    : { missingInformation: pooled.missingInformation[position] };
}

interface Description {
  readonly label: string;
  readonly detail: string;
  readonly per: string;
  /** Units that the odds ratio compares; null where none is meaningful. */
  readonly step: number | null;
}

function describe(column: DesignColumn, input: InputColumn | undefined): Description {
  if (column.kind === "score")
    return { label: `Score ${column.name}`, detail: "linear predictor", per: "per SD", step: column.scale };
  const label = input?.label ?? column.column;
  switch (column.kind) {
    case "linear":
      return { label, detail: "", per: `per SD${inUnits(column.scale, input)}`, step: column.scale };
    case "spline":
      return { label, detail: splinePart(column.basis, column.knots.length), per: "", step: null };
    case "indicator":
      return { label, detail: column.level, per: `${column.level} against ${reference(input)}`, step: 1 };
    case "rank":
      return { label, detail: "by rank", per: "per level", step: 1 };
  }
}

/** A standard deviation with its unit in brackets; empty for a number without one. */
function inUnits(scale: number, input: InputColumn | undefined): string {
  if (input?.kind !== "numeric" || input.unit === null || input.unit === "1") return "";
  return ` (${short(scale)} ${input.unit})`;
}

function splinePart(basis: number, knots: number): string {
  return basis === 0 ? "spline, linear part" : `spline, part ${String(basis + 1)} of ${String(knots - 1)}`;
}

function reference(input: InputColumn | undefined): string {
  return input?.kind === "categorical" ? input.levels[input.reference] : "reference";
}

/** Three significant digits without an exponent for sizes as they occur. */
function short(value: number): string {
  const text = value.toPrecision(3);
  return text.includes("e") ? text : String(Number(text));
}
