import type { PatientId } from "../../cohort/patient.ts";
import type { PredictorTable } from "../../features/predictor-table.ts";
import { isMissing, takePatients } from "../../features/predictor-table.ts";
import { createRandom, type Random } from "../../math/random.ts";
import { fitModel } from "../../models/fit-model.ts";
import type { ModelSpecification } from "../../models/model.ts";
import { predictProbability } from "../../models/predict.ts";
import { crossValidationPlan, poolFolds } from "../../validation/cross-validation.ts";
import { pooledDelongAuc, pooledDelongTest } from "../../validation/pooled-repeats.ts";
import type { AuditSubject, ShortcutSource } from "./audit-subject.ts";
import type { ShortcutEvidence, ShortcutModel } from "./evidence.ts";
import { type LampOf, type LampReason, toLamp } from "./lamp.ts";

/** The lower limit of a shortcut's AUC that matters. */
export const NOTABLE_SHORTCUT = 0.55;

/** The lower limit from which a shortcut alone discriminates as models do, whatever the models add. */
export const STRONG_SHORTCUT = 0.7;

const SIZE = { folds: 5, repeats: 3 } as const;

const MEANING: Readonly<Record<ShortcutSource["name"], string>> = {
  metadata: "how and when the image was taken",
  missingness: "which values are missing",
  background: "the image outside the lesion",
  centre: "the centre",
};

/** Whether columns that say nothing of the disease predict it, and whether the models may live on them. */
export function shortcutLamp(subject: AuditSubject): LampOf<"shortcuts", ShortcutEvidence> {
  const models = subject.shortcuts.flatMap((source) => shortcutModel(subject, source) ?? []);
  return toLamp({
    name: "shortcuts",
    title: "Shortcuts",
    verdict: verdict(models),
    reasons: models.flatMap(reasonsOf),
    evidence: { models },
  });
}

function shortcutModel(subject: AuditSubject, { name, table }: ShortcutSource): ShortcutModel | null {
  const varying = { patients: table.patients, columns: table.columns.filter((column) => varies(column)) };
  if (varying.columns.length === 0) return null;
  const random = createRandom(subject.seed).fork(`audit/shortcut/${name}`);
  const repeats = ridgeOutOfFold(varying, subject.outcome, random);
  const { value, lower, upper } = pooledDelongAuc(subject.outcome, repeats);
  return {
    name,
    columns: varying.columns.map((column) => column.name),
    auc: value,
    lower,
    upper,
    ...comparison(subject, name, repeats),
  };
}

function varies(column: PredictorTable["columns"][number]): boolean {
  const values: ArrayLike<number> = column.kind === "numeric" ? column.values : column.codes;
  const known = Array.from(values).filter((_, row) => !isMissing(column, row));
  return known.some((value) => value !== known[0]);
}

/** Out-of-fold probabilities of a ridge regression on all columns of a table; one list a repeat. */
function ridgeOutOfFold(table: PredictorTable, outcome: Uint8Array, random: Random): readonly Float64Array[] {
  const specification: ModelSpecification = {
    name: "shortcut",
    blocks: [
      {
        name: "shortcut",
        terms: table.columns.map(({ name }) => ({ column: name, shape: "linear" })),
        filter: null,
        entersAs: { kind: "features" },
      },
    ],
    regression: { method: "penalised", alpha: 0, folds: SIZE.folds, rule: "minimum" },
    innerFolds: SIZE.folds,
  };
  const row = new Map(table.patients.map((patient, index) => [patient, index]));
  const rowsOf = (patients: readonly PatientId[]) => patients.map((patient) => row.get(patient)!);
  const plan = crossValidationPlan(table.patients, outcome, SIZE, random.fork("folds"));
  const probabilities = plan.map(({ repeat, fold, training, testing }) => {
    const rows = rowsOf(training);
    const learning = {
      table: takePatients(table, rows),
      outcome: Uint8Array.from(rows, (index) => outcome[index]),
    };
    const { model } = fitModel(specification, learning, random.fork(`${repeat}/${fold}`));
    return predictProbability(model, takePatients(table, rowsOf(testing)));
  });
  return poolFolds(table.patients, plan, probabilities);
}

/** Image shortcuts against what images give alone, the others against the best model. */
function comparison(
  { outcome, imagesAlone, models }: AuditSubject,
  name: ShortcutSource["name"],
  repeats: readonly Float64Array[],
): Pick<ShortcutModel, "reference" | "difference"> {
  if (imagesAlone !== null && (name === "metadata" || name === "background")) {
    const alone = repeats.map(() => imagesAlone.score);
    const { value, lower, upper } = pooledDelongAuc(outcome, [imagesAlone.score]);
    const { difference, lower: least, upper: most } = pooledDelongTest(outcome, alone, repeats);
    return {
      reference: { name: imagesAlone.name, auc: value, lower, upper },
      difference: { difference, lower: least, upper: most },
    };
  }
  if (models.length === 0) return { reference: null, difference: null };
  const best = models.reduce((a, b) => (b.auc > a.auc ? b : a));
  const { value, lower, upper } = pooledDelongAuc(outcome, repeats);
  return {
    reference: { name: `model ${best.name}`, auc: best.auc, lower: null, upper: null },
    difference: { difference: best.auc - value, lower: best.auc - upper, upper: best.auc - lower },
  };
}

function reasonsOf({ name, auc, lower, upper, reference, difference }: ShortcutModel): readonly LampReason[] {
  if (lower === null || upper === null || lower <= 0.5) return [];
  const predicts = `${MEANING[name as ShortcutSource["name"]]} alone predicts the outcome with an AUC of ${auc.toFixed(3)} (95% interval ${lower.toFixed(3)} to ${upper.toFixed(3)})`;
  const least = difference === null ? null : difference.lower;
  const isComparable = difference === null || least === null || least <= 0;
  const beside = reference === null ? "" : `; ${reference.name} has ${reference.auc.toFixed(3)}`;
  if (lower > STRONG_SHORTCUT || (lower > NOTABLE_SHORTCUT && isComparable))
    return [
      {
        code: `${name}-predicts`,
        colour: "red",
        message: `${predicts}${beside}; the models may live on it; make it the same for all patients, and show that the result holds`,
      },
    ];
  return [
    {
      code: `${name}-distinguishes`,
      colour: "amber",
      message: `${predicts}${beside}; say why, and show that the models do not live on it`,
    },
  ];
}

function verdict(models: readonly ShortcutModel[]): string {
  if (models.length === 0)
    return "There is no column beside the predictors by which patients could be told apart.";
  const words = models.map(
    ({ name, auc, lower, upper }) =>
      `${name} ${auc.toFixed(3)}${lower === null || upper === null ? "" : ` (${lower.toFixed(3)} to ${upper.toFixed(3)})`}`,
  );
  return `AUC of models of what says nothing of the disease: ${words.join(", ")}.`;
}
