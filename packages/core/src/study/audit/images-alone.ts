import type { ModelSpecification } from "../../models/model.ts";
import { poolFolds } from "../../validation/cross-validation.ts";
import type { FitTask } from "../fit-task.ts";
import type { Machine } from "../machine.ts";
import type { PreparedStudy } from "../prepare-study.ts";
import type { AuditedScore } from "./audit-subject.ts";
import { fitForProbabilities } from "./rerun-study.ts";

/**
 * The names of the blocks that hold what images give.
 *
 * @returns In the protocol's order.
 */
export function imageBlocks({ protocol }: Pick<PreparedStudy, "protocol">): readonly string[] {
  return Object.entries(protocol.blocks).flatMap(([name, block]) =>
    !Array.isArray(block) && "radiomics" in block ? [name] : [],
  );
}

/**
 * Out-of-fold probabilities of a model of all image blocks and nothing else, in the folds of the first repeat.
 *
 * @returns Null where no model has an image block.
 */
export async function imagesAlone(prepared: PreparedStudy, machine: Machine): Promise<AuditedScore | null> {
  const { specifications, tasks, predictors, cohort, protocol } = prepared;
  const model = imageModel(specifications, imageBlocks(prepared));
  if (model === null) return null;
  const folds = tasks.folds.filter(({ repeat }) => repeat === 0);
  const data = { predictors, outcome: cohort.outcome, seed: protocol.seed };
  const fits = folds.map(({ fold, training, testing }): FitTask => ({
    label: `audit/${model.name}/${fold}`,
    trainingSet: `audit/images/${fold}`,
    model,
    training,
    testing,
    thresholdRules: [],
  }));
  const probabilities = await fitForProbabilities(machine, data, fits);
  return { name: model.name, score: poolFolds(tasks.crossValidated, folds, probabilities)[0] };
}

/** The model with the most image blocks without all others. */
function imageModel(
  specifications: readonly ModelSpecification[],
  blocks: readonly string[],
): ModelSpecification | null {
  const candidates = specifications
    .map((model) => ({ ...model, blocks: model.blocks.filter(({ name }) => blocks.includes(name)) }))
    .filter((model) => model.blocks.length > 0);
  if (candidates.length === 0) return null;
  const largest = candidates.reduce((a, b) => (b.blocks.length > a.blocks.length ? b : a));
  const names = largest.blocks.map(({ name }) => name).join(" and ");
  return { ...largest, name: `${names} alone` };
}
