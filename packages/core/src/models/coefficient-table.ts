import { exp } from "../math/elementary.ts";
import { normalQuantile } from "../math/distributions.ts";
import type { DesignColumn, FittedModel, InputColumn } from "./model.ts";

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
}

/**
 * The coefficients of a model with odds ratios, in the order of its columns, the intercept left out.
 *
 * @returns Numbers are compared per standard deviation of the training patients, levels against their reference.
 */
export function coefficientTable({ predictor, inputs }: FittedModel): readonly CoefficientRow[] {
  const input = new Map(inputs.map((one) => [one.name, one]));
  const z = normalQuantile(0.975);
  return predictor.columns.map((column, index) => {
    const standardError = predictor.standardErrors?.[index + 1] ?? null;
    const description = describe(column, column.kind === "score" ? undefined : input.get(column.column));
    // Coefficients belong to standardised columns; a step of `step` units is step / scale of them.
    const factor = description.step === null ? null : description.step / column.scale;
    const ratio = (coefficient: number) => (factor === null ? null : exp(coefficient * factor));
    return {
      label: description.label,
      detail: description.detail,
      coefficient: column.coefficient / column.scale,
      oddsRatio: ratio(column.coefficient),
      per: description.per,
      lower: standardError === null ? null : ratio(column.coefficient - z * standardError),
      upper: standardError === null ? null : ratio(column.coefficient + z * standardError),
    };
  });
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
