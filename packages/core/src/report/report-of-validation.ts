import { coefficientTable } from "../models/coefficient-table.ts";
import { openingFindings, type PartOpenings } from "../study/openings.ts";
import type { ModelValidation } from "../study/validate-model.ts";
import { formatCount } from "./format.ts";
import { participantsParagraph } from "./methods.ts";
import { measuresParagraph } from "./methods-validation.ts";
import type { ReportFact, ReportModel } from "./report-model.ts";

/**
 * What a report prints of the validation of a frozen model.
 *
 * @param versions Software and its parts, as the caller's machine has them.
 * @param openings Of the ledger of the validation's folder, this one's among them.
 */
export function reportOfValidation(
  validation: ModelValidation,
  versions: readonly ReportFact[],
  openings: readonly PartOpenings[],
): ReportModel {
  const { protocol, model, predictions } = validation;
  const { name, frozen } = model;
  return {
    study: {
      name: protocol.name,
      description: protocol.description,
      outcomeLabel: protocol.outcome.label,
      seed: protocol.seed,
      software: validation.software,
      protocolHash: validation.protocolHash,
      simulated: protocol.simulated || model.study.simulated,
    },
    flow: validation.flow,
    tableOne: { byOutcome: validation.tableOne, byPart: null },
    methods: methodsOf(validation),
    models: [
      {
        name,
        blocks: [name],
        fitted: model.model,
        coefficients: model.model.kind === "logistic" ? coefficientTable(model.model) : [],
      },
    ],
    evaluations: validation.evaluations,
    comparisons: validation.comparisons,
    subgroupTests: validation.subgroupTests,
    findings: [...validation.findings, ...openingFindings(openings)],
    openings,
    predictions: predictions.flatMap(({ dataset, method, outcome, models }) =>
      models.map(({ repeats }) => ({
        model: name,
        dataset,
        method,
        outcome,
        probabilities: repeats.map(({ probability }) => probability),
      })),
    ),
    subgroups: validation.subgroups.map(({ dataset, within, label, levelLabel }) => ({
      dataset,
      within,
      variable: label,
      level: levelLabel,
    })),
    versions,
    hashes: [
      { name: "protocol", value: validation.protocolHash },
      { name: `model ${name}, frozen`, value: model.hash },
      { name: `model ${name}, as its run stored it`, value: frozen.model },
    ],
  };
}

function methodsOf({ protocol, model, predictions: [judged] }: ModelValidation): readonly string[] {
  const { patients, events } = model.model.training;
  const where =
    judged.dataset === "prospective"
      ? "The patients of the prospective phase were enrolled after the model was frozen."
      : "The patients are an external set: the model has none of them among those that it learned from, by their ids.";
  return [
    participantsParagraph(protocol),
    `Model. Model ${model.name} of the study "${model.study.name}" was learned there from ${formatCount(patients)} patients with ${formatCount(events)} events and frozen on ${model.frozen.on}; its thresholds were frozen with it. Nothing was fitted, recalibrated or chosen here. ${where} Predictions were made before the outcomes were opened.`,
    measuresParagraph(protocol),
  ];
}
