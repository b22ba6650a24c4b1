import type { PatientId } from "../cohort/patient.ts";
import { type Finding, InputError, NumericalError } from "../errors.ts";
import {
  recalibratedRisk,
  recalibrateInTheLarge,
  recalibrateScore,
  type ScoreRecalibration,
} from "../models/recalibrate-score.ts";
import { TENON_LOW_RISK, TENON_STEP } from "../models/tenon-score.ts";
import type { Fold } from "../validation/cross-validation.ts";
import type { PredictionSet } from "../validation/evaluate.ts";
import type { CandidateThreshold } from "../validation/evaluation.ts";
import { chooseThreshold, thresholdRule } from "../validation/thresholds.ts";
import type { ComparatorScores } from "./comparator-scores.ts";
import type { Comparator } from "./comparator.ts";

/** What a comparator says of the patients of a set, as it is judged and written. */
export interface ComparatorPredictions {
  readonly comparator: Comparator;
  /** Positions, in the patients of the set, of those of whom the comparator says something. */
  readonly rows: readonly number[];
  /** One set a repeat, of the patients at `rows`. */
  readonly repeats: readonly PredictionSet[];
}

/** Patients from whom a recalibration is learned, with the patients whom it is applied to. */
export type RecalibrationSet = Pick<Fold, "training" | "testing">;

/** A comparator among patients whose outcomes may be learned from. */
export interface ComparatorSubject extends ComparatorScores {
  /** In the order of `values`. */
  readonly patients: readonly PatientId[];
  /** 1 = event, 0 = none, in the order of `values`; anything else is under seal and refused where it is needed. */
  readonly outcome: Uint8Array;
  /** As the protocol writes them, e.g. `fnr<=0.05`. */
  readonly thresholdRules: readonly string[];
}

/** Risks of some patients by a recalibration that others taught. */
export interface RecalibratedPatients {
  /** Of the tested patients with a score, in the order of `testing`; NaN without one. */
  readonly risk: Float64Array;
  readonly score: Float64Array;
  /** One a rule, chosen on the training patients; of a published score its own cut-off too. */
  readonly thresholds: readonly CandidateThreshold[];
  readonly recalibration: ScoreRecalibration;
}

/**
 * A comparator's risks of the testing patients, its recalibration and its thresholds learned from the training patients
 * with a score.
 *
 * Thresholds are chosen on the training patients' own recalibrated risks: nothing of the order of the patients was learned
 * from them, and a threshold is then the risk of one score, whichever patient has it.
 *
 * @throws {InputError} The training patients with a score lack an outcome, or theirs is under seal.
 */
export function recalibrateComparator(
  subject: ComparatorSubject,
  { training, testing }: RecalibrationSet,
): RecalibratedPatients {
  const { comparator, patients, values, thresholdRules } = subject;
  const row = new Map(patients.map((patient, index) => [patient, index]));
  const rows = training.map((patient) => row.get(patient)!).filter((index) => !Number.isNaN(values[index]));
  const outcome = Uint8Array.from(rows, (index) => subject.outcome[index]);
  const learned = Float64Array.from(rows, (index) => values[index]);
  const learn = comparator.kind === "imported" ? recalibrateInTheLarge : recalibrateScore;
  const recalibration = learn({ outcome, score: learned });
  const ownRisks = recalibratedRisk(recalibration, learned);
  const score = Float64Array.from(testing, (patient) => values[row.get(patient)!]);
  return {
    risk: recalibratedRisk(recalibration, score),
    score,
    thresholds: [
      ...thresholdRules.map((name) => ({
        name,
        threshold: chooseThreshold(thresholdRule(name), outcome, ownRisks),
      })),
      ...publishedThresholds(comparator, recalibration),
    ],
    recalibration,
  };
}

/** The published cut-off of a score as a risk: half a step above the highest score that is called low. */
function publishedThresholds(
  { kind }: Comparator,
  recalibration: ScoreRecalibration,
): readonly CandidateThreshold[] {
  if (kind !== "published") return [];
  const between = Float64Array.of(TENON_LOW_RISK + TENON_STEP / 2);
  const [threshold] = recalibratedRisk(recalibration, between);
  return [{ name: `score>${String(TENON_LOW_RISK)}`, threshold }];
}

/** A comparator's predictions of a set of patients, or why there are none. */
export interface ComparatorAttempt {
  readonly predictions: ComparatorPredictions | null;
  readonly findings: readonly Finding[];
}

/**
 * A comparator's predictions of patients who are tested once a repeat.
 *
 * @param patients All patients of the set.
 * @param repeats For each repeat the recalibrations that together test every patient once.
 * @returns No predictions where a recalibration cannot be learned; a finding says why.
 */
export function comparatorPredictions(
  subject: ComparatorSubject,
  patients: readonly PatientId[],
  repeats: readonly (readonly RecalibrationSet[])[],
): ComparatorAttempt {
  try {
    const learned = repeats.map((sets) =>
      sets.map((set) => ({ testing: set.testing, ...recalibrateComparator(subject, set) })),
    );
    const known = new Map(subject.patients.map((patient, index) => [patient, subject.values[index]]));
    const rows = [...patients.keys()].filter((row) => !Number.isNaN(known.get(patients[row])!));
    return {
      predictions: {
        comparator: subject.comparator,
        rows,
        repeats: learned.map((sets) =>
          predictionSet(
            subject,
            rows.map((row) => patients[row]),
            sets,
          ),
        ),
      },
      findings: recalibrationFindings(subject.comparator, learned.flat()),
    };
  } catch (error) {
    if (!(error instanceof InputError || error instanceof NumericalError)) throw error;
    const message = `${subject.comparator.name} could not be recalibrated and is not judged: ${error.message}`;
    return { predictions: null, findings: [{ code: "comparator-not-judged", severity: "warning", message }] };
  }
}

type Tested = RecalibratedPatients & Pick<RecalibrationSet, "testing">;

/** One repeat of the patients with a score; thresholds are one a patient where several training sets chose them. */
function predictionSet(
  { comparator }: ComparatorSubject,
  patients: readonly PatientId[],
  sets: readonly Tested[],
): PredictionSet {
  const place = new Map(
    sets.flatMap((set) => set.testing.map((patient, index) => [patient, { set, index }] as const)),
  );
  const take = (value: (set: Tested, index: number) => number) =>
    Float64Array.from(patients, (patient) => {
      const { set, index } = place.get(patient)!;
      return value(set, index);
    });
  const score = take((set, index) => set.score[index]);
  return {
    probability: take((set, index) => set.risk[index]),
    score,
    ...(comparator.kind === "imported" ? { stated: score } : {}),
    thresholds: sets[0].thresholds.map(({ name, threshold }, rule) => ({
      name,
      threshold: sets.length === 1 ? threshold : take((set) => set.thresholds[rule].threshold),
    })),
  };
}

/** What a reader must know of the recalibrations of a comparator, each fact once. */
function recalibrationFindings(
  { name }: Comparator,
  learned: readonly RecalibratedPatients[],
): readonly Finding[] {
  const noted = learned.flatMap(({ recalibration: { slope, findings } }) => [
    ...findings,
    ...(slope < 0 ? [REVERSED] : []),
  ]);
  const codes = [...new Set(noted.map(({ code }) => code))];
  return codes.map((code) => {
    const own = noted.filter((finding) => finding.code === code);
    const often =
      learned.length === 1 ? "" : ` (${String(own.length)} of ${String(learned.length)} training sets)`;
    return { ...own[0], message: `${name}: ${own[0].message}${often}` };
  });
}

const REVERSED: Finding = {
  code: "comparator-reversed",
  severity: "warning",
  message:
    "a recalibration needs a score that rises with the risk; got one that falls with it in the training patients; check which end of the score is worse",
};
