import type { PatientId } from "../cohort/patient.ts";
import type { Variable } from "../cohort/variable.ts";
import { InputError } from "../errors.ts";
import type { FittedModel } from "../models/model.ts";
import { contentHash } from "./content-hash.ts";
import type { ReferenceDistribution } from "./monitoring/reference-distribution.ts";
import { protocolVariables } from "./protocol-variables.ts";
import type { Protocol } from "./protocol.ts";
import { type TrainedOn, trainedOn } from "./provenance/trained-on.ts";

/** A threshold with the rule that chose it, e.g. `fnr<=0.05`. */
export interface ChosenThreshold {
  readonly name: string;
  readonly threshold: number;
}

/** That a model is final, since when, and what proves it. */
export interface Freeze {
  /** Day on which the model was frozen, as year-month-day. */
  readonly on: string;
  /** Hash of the model as the run stored it. */
  readonly model: string;
  /** Hash of the run's results.json, in which the model was judged. */
  readonly results: string;
  /** The line of the run's ledger that records it, from 1, and the hash that chains it. */
  readonly ledger: { readonly line: number; readonly hash: string };
}

/** A model as a run stores it: the fitted model and how a table and images become its inputs. Plain JSON. */
export interface StudyModel {
  readonly schema: "sentinode/study-model@2";
  readonly name: string;
  readonly study: {
    readonly name: string;
    readonly simulated: boolean;
    readonly protocolHash: string;
    readonly software: string;
  };
  readonly outcome: { readonly variable: string; readonly label: string };
  /** Chosen on out-of-fold predictions of training patients. */
  readonly thresholds: readonly ChosenThreshold[];
  /** How new patients are read: columns, code-book, images. */
  readonly inputs: {
    readonly id: string;
    readonly missing: readonly string[];
    readonly variables: readonly Variable[];
    readonly images: Protocol["images"] | null;
    readonly radiomics: Protocol["radiomics"];
  };
  readonly model: FittedModel;
  /** Of the training patients, for monitoring; absent where there are too few. */
  readonly reference?: ReferenceDistribution;
  /** The patients that the model learned from, as codes: the ids themselves stay with the study. */
  readonly trainedOn: TrainedOn;
  /** What a recalibration changed, where the model is one of a watched model. */
  readonly updatedFrom?: {
    /** Hash of the model that was watched. */
    readonly model: string;
    readonly method: "original" | "intercept" | "recalibration" | "revision";
    readonly intercept: number;
    readonly slope: number;
    readonly patients: number;
    readonly events: number;
  };
  /** Absent until the model is declared final. */
  readonly frozen?: Freeze;
  /** Hash of everything above. */
  readonly hash: string;
}

/** What a study model is made of. */
export interface StudyModelParts {
  readonly protocol: Protocol;
  readonly protocolHash: string;
  readonly software: string;
  readonly model: FittedModel;
  readonly thresholds: readonly ChosenThreshold[];
  readonly training: readonly PatientId[];
  readonly reference?: ReferenceDistribution | null;
}

/** The stored form of a fitted model, with its content hash. */
export function toStudyModel(parts: StudyModelParts): StudyModel {
  const { protocol, model } = parts;
  const names = new Set(model.inputs.map((input) => input.name));
  const variables = protocolVariables(protocol).filter((variable) => names.has(variable.name));
  const usesImages = model.inputs.some(
    (input) => !variables.some((variable) => variable.name === input.name),
  );
  const unhashed: Omit<StudyModel, "hash"> = {
    schema: "sentinode/study-model@2",
    name: model.name,
    study: {
      name: protocol.name,
      simulated: protocol.simulated,
      protocolHash: parts.protocolHash,
      software: parts.software,
    },
    outcome: { variable: protocol.outcome.variable, label: protocol.outcome.label },
    thresholds: parts.thresholds,
    inputs: {
      id: protocol.cohort.id,
      missing: protocol.cohort.missing,
      variables,
      images: usesImages ? (protocol.images ?? null) : null,
      radiomics: protocol.radiomics,
    },
    model,
    ...(parts.reference === undefined || parts.reference === null ? {} : { reference: parts.reference }),
    trainedOn: trainedOn(parts.training, [parts.protocolHash, model.name]),
  };
  return { ...unhashed, hash: contentHash(unhashed) };
}

/**
 * A stored model, checked.
 *
 * @param value Parsed JSON.
 * @param file Name for messages.
 * @throws {InputError} Not a study model of this schema, or its content does not match its hash.
 */
export function readStudyModel(value: unknown, file: string): StudyModel {
  const candidate = value as Partial<StudyModel> | null;
  const schema: unknown = typeof candidate === "object" ? candidate?.schema : undefined;
  if (schema === "sentinode/study-model@1")
    throw new InputError(
      `${file}: a model needs schema sentinode/study-model@2; got @1, which cannot say whom the model learned from; run its study again`,
    );
  if (typeof candidate !== "object" || candidate === null || schema !== "sentinode/study-model@2")
    throw new InputError(
      `${file}: a model needs schema sentinode/study-model@2; got another file; use models/NAME.json of a run`,
    );
  const { hash, ...unhashed } = candidate;
  if (hash !== contentHash(unhashed))
    throw new InputError(
      `${file}: the content of the model does not match its hash; it was changed after the run; use the original`,
    );
  return candidate as StudyModel;
}
