import type { Provenance } from "./provenance.ts";
import { type CrateEntity, type CrateFile, fileEntities, fileIdentifier } from "./research-object-files.ts";

/** What a crate says besides the run's own record. */
export interface CrateDescription {
  readonly name: string;
  readonly description: string;
  /** When the run began and ended, as `2026-01-31T12:00:00.000Z`. */
  readonly started: string;
  readonly finished: string;
  /** Address of the licence of the crate's content; null where none was stated. */
  readonly licence: string | null;
  /** Organisation that ran the study; null where none was stated. */
  readonly agent: string | null;
  readonly files: readonly CrateFile[];
}

/** The content of `ro-crate-metadata.json`. */
export interface CrateMetadata {
  readonly "@context": readonly string[];
  readonly "@graph": readonly CrateEntity[];
}

const CRATE = "https://w3id.org/ro/crate/1.1";
const PROFILE = "https://w3id.org/ro/wfrun/process/0.5";
const SOFTWARE = "#sentinode";
const RUN = "#run";
const LICENCE = "#licence";
const AGENT = "#agent";

/**
 * A run as a research object: what was computed from what, by which program, when. Files that are not in the crate are
 * described by their hashes, under an identifier of the crate alone.
 *
 * @source RO-Crate 1.1, https://w3id.org/ro/crate/1.1; Process Run Crate 0.5, https://w3id.org/ro/wfrun/process/0.5.
 */
export function researchObject(provenance: Provenance, description: CrateDescription): CrateMetadata {
  const { files, finished, licence, agent } = description;
  const parts = fileEntities(files);
  return {
    "@context": [`${CRATE}/context`, "https://w3id.org/ro/terms/workflow-run/context"],
    "@graph": [
      {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        conformsTo: reference(CRATE),
        about: reference("./"),
      },
      {
        "@id": "./",
        "@type": "Dataset",
        name: description.name,
        description: description.description,
        datePublished: withOffset(finished),
        identifier: provenance.run,
        license: reference(licence ?? LICENCE),
        conformsTo: reference(PROFILE),
        hasPart: parts.map((part) => reference(part["@id"])),
        mentions: [reference(RUN)],
      },
      { "@id": PROFILE, "@type": "CreativeWork", name: "Process Run Crate", version: "0.5" },
      licenceEntity(licence),
      ...(agent === null ? [] : [{ "@id": AGENT, "@type": "Organization", name: agent }]),
      softwareEntity(provenance),
      runEntity(provenance, description),
      seedEntity(provenance.inputs.seed),
      ...parts,
    ],
  };
}

function runEntity(provenance: Provenance, description: CrateDescription): CrateEntity {
  const { files, started, finished, name, agent } = description;
  const of = (role: CrateFile["role"]) =>
    files.filter((file) => file.role === role).map((file) => reference(fileIdentifier(file)));
  return {
    "@id": RUN,
    "@type": "CreateAction",
    name: `Run of the study: ${name}`,
    description: `sentinode run ${protocolName(files)} --seed ${String(provenance.inputs.seed)}; protocol ${provenance.inputs.protocol}; run ${provenance.run}`,
    startTime: withOffset(started),
    endTime: withOffset(finished),
    actionStatus: "http://schema.org/CompletedActionStatus",
    instrument: reference(SOFTWARE),
    ...(agent === null ? {} : { agent: reference(AGENT) }),
    object: [reference("#seed"), ...of("input")],
    result: of("output"),
  };
}

function protocolName(files: readonly CrateFile[]): string {
  return files.find(({ isProtocol }) => isProtocol === true)?.path ?? "study.yaml";
}

function softwareEntity({ inputs }: Provenance): CrateEntity {
  const [name, version] = inputs.software.split(" ");
  const lock = inputs.lock === null ? "without a lock file" : `lock file SHA-256 ${inputs.lock.sha256}`;
  return {
    "@id": SOFTWARE,
    "@type": "SoftwareApplication",
    name,
    softwareVersion: version ?? inputs.software,
    license: reference("https://spdx.org/licenses/Apache-2.0"),
    description: `Research use only; not a medical device. SHA-256 of its code (${inputs.code.of}, ${String(inputs.code.files)} files): ${inputs.code.sha256}; ${lock}`,
    identifier: `sha256:${inputs.code.sha256}`,
  };
}

function licenceEntity(licence: string | null): CrateEntity {
  return licence === null
    ? {
        "@id": LICENCE,
        "@type": "CreativeWork",
        name: "No licence stated",
        description: "The authors of the study stated no licence: ask them before any use.",
      }
    : {
        "@id": licence,
        "@type": "CreativeWork",
        name: licence,
        description: "Licence of the crate's content.",
      };
}

function seedEntity(seed: number): CrateEntity {
  return { "@id": "#seed", "@type": "PropertyValue", name: "seed", value: seed };
}

function reference(id: string): { readonly "@id": string } {
  return { "@id": id };
}

/** Universal time as an offset, which readers of crates take where some refuse `Z`. */
function withOffset(time: string): string {
  return time.replace(/Z$/, "+00:00");
}
