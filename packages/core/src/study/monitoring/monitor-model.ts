import { isoDate } from "../../cohort/date-cell.ts";
import { patientId, type PatientId } from "../../cohort/patient.ts";
import { takeRows as takeTableRows } from "../../cohort/raw-table.ts";
import { type Finding, InputError } from "../../errors.ts";
import { type PredictorTable, takePatients } from "../../features/predictor-table.ts";
import { logistic } from "../../math/elementary.ts";
import { createRandom } from "../../math/random.ts";
import { clippedLogits } from "../../validation/calibration.ts";
import { contentHash } from "../content-hash.ts";
import type { Machine } from "../machine.ts";
import { scorePatients } from "../predict-patients.ts";
import type { StudyInput } from "../prepare-study.ts";
import type { StudyModel } from "../study-model.ts";
import { type FollowedPatient, followedPatients, type OutcomeDelay } from "./followed-patients.ts";
import { modelDesign } from "./model-design.ts";
import type { MonitorReport } from "./monitor-report.ts";
import {
  chartLimits,
  type ChartLimits,
  inputCharts,
  type KnownOutcomes,
  outcomeCharts,
} from "./monitoring-charts.ts";
import { inputsOf, type ReferenceDistribution, watchedColumns } from "./reference-distribution.ts";
import { updateProposal } from "./update-proposal.ts";
import { frameColumns } from "./watched-stream.ts";

/** How a model is watched. */
export interface MonitorSettings extends OutcomeDelay {
  /** Cases without change over which the share of false alarms holds; 500 without it. */
  readonly cases?: number;
  /** Share of such runs in which any chart sounds, in (0, 0.5); 0.04 without it. */
  readonly falseAlarms?: number;
  /** Replays that limits are taken from; 3,000 without it, fewer for less exact ones. */
  readonly replays?: number;
  /** Limits that were found for this model before; found anew without it. */
  readonly limits?: ChartLimits;
}

/** What watching a model found. */
export interface Monitoring {
  readonly report: MonitorReport;
  /** Patients whose outcomes it looked at. */
  readonly known: readonly PatientId[];
}

/**
 * Watches a frozen model on the prospective patients of a study, in order of enrolment: outcomes against risks, risks,
 * inputs and frames against those of the development set, each by a chart with limits for all of them together. It
 * proposes, and changes nothing.
 *
 * @param model As `freezeModel` made it.
 * @param input Protocol and table with the patients enrolled so far; an outcome that is not known yet is a missing cell.
 * @param machine Reads images.
 * @throws {InputError} The model has no reference distribution or learned from one of the patients, predicts another
 *   outcome than the study's, a setting outside its range, and every problem of table and images.
 */
export async function monitorModel(
  model: StudyModel,
  input: StudyInput,
  machine: Machine,
  settings: MonitorSettings = {},
): Promise<Monitoring> {
  const reference = requireReference(model, input);

  // Patients: those enrolled so far, in order, and what is known of them.
  const { followed, asOf, findings } = followedPatients(input, settings, machine.today);
  const rows = rowsOf(input, new Set(followed.map(({ patient }) => patient)));
  const scored = await scorePatients(model, { ...rows, findings: [] }, machine);
  const inOrder = orderOf(scored.predictors, followed);
  const predictors = takePatients(scored.predictors, inOrder);
  const linear = clippedLogits(Float64Array.from(inOrder, (row) => scored.probabilities[row])).values;
  const known = knownOutcomes(followed, linear);

  // Charts: what became known is watched in the order of knowing, what was measured in the order of enrolment.
  const limits = settings.limits ?? monitoringLimits(model, reference, settings);
  const frames = frameColumns(predictors.patients, scored.measured);
  const charts = [
    ...outcomeCharts(reference, limits, known),
    ...inputCharts(reference, limits, {
      columns: watchedColumns(inputsOf(model.model, predictors), linear, frames),
      patients: followed.length,
      days: followed.map(({ enrolled }) => enrolled),
    }),
  ];
  const design = modelDesign(model.model, takePatients(predictors, known.rows));
  const report: MonitorReport = {
    schema: "sentinode/monitor@1",
    study: {
      name: input.protocol.name,
      simulated: input.protocol.simulated || model.study.simulated,
      protocolHash: contentHash(input.protocol),
    },
    software: input.software,
    model: {
      name: model.name,
      hash: model.hash,
      frozenOn: model.frozen?.on ?? null,
      developmentPatients: reference.risk.patients,
    },
    outcome: model.outcome.label,
    asOf,
    patients: followed.length,
    knownOutcomes: known.outcome.length,
    events: known.outcome.reduce((sum, event) => sum + event, 0),
    enrolled: daysOf(followed),
    expectedEvents: known.linear.reduce((sum, value) => sum + logistic(value), 0),
    limits: limits.plan,
    charts,
    proposal: updateProposal(charts, known, design),
    findings: [
      ...input.table.findings,
      ...findings,
      ...scored.findings,
      ...rangeFindings(model, predictors),
      ...freezeFindings(model, followed),
    ],
  };
  return { report, known: known.rows.map((row) => followed[row].patient) };
}

/**
 * The limits of a model's charts: the same for the same model and settings.
 *
 * @throws {InputError} A setting outside its range.
 */
export function monitoringLimits(
  model: Pick<StudyModel, "hash">,
  reference: ReferenceDistribution,
  settings: MonitorSettings = {},
): ChartLimits {
  return chartLimits(reference, limitPlan(settings), createRandom(model.hash).fork("monitor"));
}

/** Known outcomes, and which of the followed patients they belong to. */
interface KnownPatients extends KnownOutcomes {
  readonly rows: readonly number[];
}

function knownOutcomes(followed: readonly FollowedPatient[], linear: Float64Array): KnownPatients {
  const rows = [...followed.keys()]
    .filter((row) => followed[row].outcome !== null)
    .sort((a, b) => (followed[a].known ?? 0) - (followed[b].known ?? 0) || a - b);
  return {
    rows,
    linear: Float64Array.from(rows, (row) => linear[row]),
    outcome: Uint8Array.from(rows, (row) => followed[row].outcome!),
    days: rows.map((row) => followed[row].known),
  };
}

function requireReference(model: StudyModel, { protocol }: StudyInput): ReferenceDistribution {
  const { name, reference, outcome } = model;
  if (reference === undefined)
    throw new InputError(
      `monitoring needs the distribution of the development set in the model; model ${name} has none, since it learned from too few patients or was made by an older version; run its study again`,
    );
  if (outcome.variable !== protocol.outcome.variable)
    throw new InputError(
      `model ${name} predicts ${outcome.variable}; the study's outcome is ${protocol.outcome.variable}; monitor it on patients with the same outcome`,
    );
  return reference;
}

function limitPlan({ cases = 500, falseAlarms = 0.04, replays = 3000 }: MonitorSettings) {
  if (!(Number.isInteger(cases) && cases >= 50 && cases <= 5000))
    throw new InputError(`limits need a whole number of 50 to 5,000 cases; got ${cases}; use 500`);
  if (!(falseAlarms >= 0.005 && falseAlarms <= 0.5))
    throw new InputError(
      `limits need a share of false alarms from 0.005 to 0.5; got ${falseAlarms}; use 0.04`,
    );
  return { cases, falseAlarms, replays };
}

function rowsOf({ protocol, table }: StudyInput, wanted: ReadonlySet<PatientId>) {
  const id = table.headers.indexOf(protocol.cohort.id);
  return takeTableRows(table, (cells) => wanted.has(patientId(cells[id])));
}

/** The rows of a table in the order of the followed patients. */
function orderOf({ patients }: PredictorTable, followed: readonly FollowedPatient[]): readonly number[] {
  const row = new Map(patients.map((patient, index) => [patient, index]));
  return followed.map(({ patient }) => row.get(patient)!);
}

function daysOf(followed: readonly FollowedPatient[]): readonly [string, string] | null {
  const [first, last] = [followed[0].enrolled, followed[followed.length - 1].enrolled];
  return first === null || last === null ? null : [isoDate(first), isoDate(last)];
}

/** How many patients the model extrapolates for; the charts tell which inputs shifted. */
function rangeFindings({ model }: StudyModel, { patients, columns }: PredictorTable): readonly Finding[] {
  const isOutside = new Uint8Array(patients.length);
  for (const input of model.inputs) {
    const column = columns.find(({ name }) => name === input.name);
    if (input.kind !== "numeric" || column?.kind !== "numeric") continue;
    const [least, most] = input.trainingRange;
    column.values.forEach((value, row) => {
      if (value < least || value > most) isOutside[row] = 1;
    });
  }
  const outside = isOutside.reduce((sum, mark) => sum + mark, 0);
  if (outside === 0) return [];
  return [
    {
      code: "input-outside-training-range",
      severity: "info",
      message: `${String(outside)} of ${String(patients.length)} patients have an input outside the range of the training patients; for them the model extrapolates`,
    },
  ];
}

/** A model that could still be changed is not watched but tried. */
function freezeFindings(
  { name, frozen }: StudyModel,
  followed: readonly FollowedPatient[],
): readonly Finding[] {
  if (frozen === undefined)
    return [
      {
        code: "monitoring-unfrozen",
        severity: "warning",
        message: `model ${name} was never frozen: what is seen here is no evidence of its prospective use; lock it with sentinode freeze`,
      },
    ];
  const early = followed.filter(({ enrolled }) => enrolled !== null && isoDate(enrolled) <= frozen.on).length;
  if (early === 0) return [];
  return [
    {
      code: "monitoring-before-freeze",
      severity: "warning",
      message: `${String(early)} of ${String(followed.length)} patients were enrolled before model ${name} was frozen on ${frozen.on}: they are watched, and are no prospective evidence`,
    },
  ];
}
