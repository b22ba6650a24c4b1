import { type PredictorTable, type Predictor, takePatients } from "../../features/predictor-table.ts";
import { fitLogisticLine } from "../../math/logistic-line.ts";
import { isConstant } from "../../math/statistics.ts";
import type { Cohort } from "../../cohort/cohort.ts";
import type { PatientId } from "../../cohort/patient.ts";
import type { FittedModel } from "../../models/model.ts";
import { clippedLogits } from "../../validation/calibration.ts";
import {
  normalScores,
  scoreCorrelations,
  type WatchedGroup,
} from "../../validation/monitoring/distance-chart.ts";
import { cellMeans, type RiskReference } from "../../validation/monitoring/outcome-charts.ts";
import { referenceCells } from "../../validation/monitoring/reference-cells.ts";
import type { MeasuredImages } from "../assemble-predictors.ts";
import { leadingFeatures } from "./leading-features.ts";
import {
  frameColumns,
  type StreamPlan,
  streamPlans,
  streamValues,
  type WatchedColumn,
  type WatchedStream,
} from "./watched-stream.ts";

/** What is watched together; each group has one chart. */
export const watchedGroupNames = [
  "predicted risk",
  "case mix",
  "image statistics",
  "image features",
] as const;

/** Name of a group that is watched. */
export type WatchedGroupName = (typeof watchedGroupNames)[number];

/** A group of quantities with their distribution and correlations. */
export interface WatchedReference {
  readonly group: WatchedGroupName;
  readonly streams: readonly WatchedStream[];
  /** As `WatchedGroup` holds them. */
  readonly correlation: readonly (readonly number[])[];
}

/**
 * What later patients are compared with: counts in cells of at least ten training patients, and correlations. No value of
 * a patient stands in it, nor the least or greatest one.
 */
export interface ReferenceDistribution {
  /** Of predictions out of fold. */
  readonly risk: RiskReference;
  readonly groups: readonly WatchedReference[];
}

/** What a reference distribution is taken from. */
export interface ReferenceSources {
  readonly model: FittedModel;
  readonly predictors: PredictorTable;
  readonly measured: MeasuredImages | null;
  readonly cohort: Pick<Cohort, "patients" | "outcome">;
  readonly training: readonly PatientId[];
  /** Probabilities of the training patients from folds that did not see them, in their order. */
  readonly outOfFold: ArrayLike<number>;
}

/** Fewer patients are no distribution to compare with. */
const FEWEST_PATIENTS = 50;
/** Most quantities of a group; more would drown a change of one of them. */
const MOST_STREAMS = 24;

/**
 * The distribution of inputs, frames and risks of the training patients, for watching a model in use.
 *
 * @returns Null for fewer than 50 training patients, or risks that are all alike: nothing can be compared with them.
 */
export function referenceDistribution(sources: ReferenceSources): ReferenceDistribution | null {
  const { model, cohort, training } = sources;
  if (training.length < FEWEST_PATIENTS) return null;
  const row = new Map(sources.predictors.patients.map((patient, index) => [patient, index]));
  const outcomeOf = new Map(cohort.patients.map((patient, index) => [patient, cohort.outcome[index]]));
  const table = takePatients(
    { ...sources.predictors, columns: inputsOf(model, sources.predictors) },
    training.map((patient) => row.get(patient)!),
  );
  const linear = clippedLogits(Float64Array.from(sources.outOfFold)).values;
  const risk = riskReference(
    linear,
    Uint8Array.from(training, (patient) => outcomeOf.get(patient)!),
  );
  if (risk.cells.counts.length < 2) return null;
  const groups = watchedColumns(
    table.columns,
    linear,
    frameColumns(training, usesImages(table) ? sources.measured : null),
  );
  return {
    risk,
    groups: groups.flatMap(
      ({ group, columns }) =>
        watchedReference(
          group,
          group === "image features" ? leadingFeatures(model, columns) : columns,
          training.length,
        ) ?? [],
    ),
  };
}

/** The columns of each group that is watched. */
export function watchedColumns(
  inputs: readonly Predictor[],
  linear: Float64Array,
  frames: readonly WatchedColumn[],
): readonly { readonly group: WatchedGroupName; readonly columns: readonly WatchedColumn[] }[] {
  const risk = {
    kind: "numeric",
    name: "linear-predictor",
    label: "Predicted risk",
    values: linear,
  } as const;
  return [
    { group: "predicted risk", columns: [risk] },
    { group: "case mix", columns: inputs.filter(({ source }) => source.kind === "clinical") },
    { group: "image statistics", columns: frames },
    { group: "image features", columns: inputs.filter(({ source }) => source.kind !== "clinical") },
  ];
}

/** The columns of a table that a model reads. */
export function inputsOf(model: FittedModel, table: PredictorTable): readonly Predictor[] {
  const names = new Set(model.inputs.map(({ name }) => name));
  return table.columns.filter(({ name }) => names.has(name));
}

/** A group as charts compute with it. */
export function groupOf({ streams, correlation }: WatchedReference): WatchedGroup {
  return { cells: streams, correlation };
}

function usesImages({ columns }: PredictorTable): boolean {
  return columns.some(({ source }) => source.kind !== "clinical");
}

function riskReference(linear: Float64Array, outcome: Uint8Array): RiskReference {
  const cells = referenceCells(linear);
  const line = fitLogisticLine({ x: linear, outcome, counts: new Float64Array(linear.length).fill(1) });
  const digits = (value: number) => Number(value.toPrecision(6));
  return {
    patients: linear.length,
    events: outcome.reduce((sum, event) => sum + event, 0),
    cells,
    means: cellMeans(linear, cells),
    calibration:
      line === null
        ? { intercept: 0, slope: 1 }
        : { intercept: digits(line.intercept), slope: digits(line.slope) },
  };
}

/** Null where nothing in the group varies enough to be watched. */
function watchedReference(
  group: WatchedGroupName,
  columns: readonly WatchedColumn[],
  patients: number,
): WatchedReference | null {
  const plans: StreamPlan[] = columns.flatMap(streamPlans).slice(0, MOST_STREAMS);
  if (group !== "predicted risk" && columns.length > 0)
    plans.push({ column: "", label: `Missing values of ${group}`, scale: { kind: "missing" } });
  const watched = plans.flatMap((plan) => {
    const values = streamValues(plan, columns, patients);
    const cells = referenceCells(values);
    const scores = normalScores(values, cells);
    return cells.counts.length < 2 || isConstant(scores) ? [] : [{ stream: { ...plan, ...cells }, scores }];
  });
  if (watched.length === 0) return null;
  return {
    group,
    streams: watched.map(({ stream }) => stream),
    correlation: scoreCorrelations(watched.map(({ scores }) => scores)),
  };
}
