import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { CrateFile, FileRecord, Provenance } from "@sentinode/core";
import { recordNow, textRecord } from "./run-files.ts";

/** A file of a crate with where its bytes are: a place on this machine, or a text that is written for the crate. */
export interface SourcedFile extends CrateFile {
  readonly source: { readonly from: string } | { readonly text: string };
}

/** Where the files of a run lie. */
export interface RunPlaces {
  readonly run: string;
  readonly dataFolder: string;
  readonly protocolFile: string;
}

/** Files of a run that tell of single patients. */
const OF_PATIENTS = new Set(["features.csv", "predictions.csv"]);

/** Keys of a model that hold values of patients: support vectors of a radial kernel, donated values of chained equations. */
const PATIENTS_IN_MODEL = /"(vectors|donated)":/;

/** Files of a run folder beside its outputs; run.json stays out, since it names places on this machine. */
const DOCUMENTS: readonly {
  readonly name: string;
  readonly description: string;
  readonly role: CrateFile["role"];
}[] = [
  { name: "report.html", description: "Report of the study", role: "output" },
  { name: "audit.json", description: "Audit of the run", role: "output" },
  {
    name: "provenance.json",
    description: "Inputs, code and outputs of the run by their hashes",
    role: "record",
  },
  { name: "ledger.jsonl", description: "Hash-chained ledger of the run", role: "record" },
];

/**
 * The files of a crate: outputs and record of the run below `run/`, its inputs below `data/`.
 *
 * @param withData Whether files that tell of single patients are in it; their hashes are in any case.
 */
export function crateFiles(
  { inputs, outputs }: Provenance,
  places: RunPlaces,
  withData: boolean,
): readonly SourcedFile[] {
  const output = (file: FileRecord): SourcedFile => {
    const from = join(places.run, file.path);
    const ofPatients =
      OF_PATIENTS.has(file.path) ||
      (file.path.startsWith("models/") && PATIENTS_IN_MODEL.test(readFileSync(from, "utf8")));
    return {
      ...file,
      path: `run/${file.path}`,
      role: "output",
      description: ofPatients ? "Output of the run that tells of single patients" : "Output of the run",
      isIncluded: withData || !ofPatients,
      source: { from },
    };
  };
  const input = (file: FileRecord, description: string): SourcedFile => ({
    ...file,
    path: `data/${file.path}`,
    role: "input",
    description,
    isIncluded: withData,
    source: { from: join(places.dataFolder, file.path) },
  });
  return [
    {
      ...input(inputs.protocolFile, "Protocol of the study"),
      isIncluded: true,
      isProtocol: true,
      source: { from: places.protocolFile },
    },
    input(inputs.table, "Table of the patients"),
    ...inputs.images.map((file) => input(file, "Ultrasound image")),
    ...inputs.masks.map((file) => input(file, "Outline of the lesion")),
    ...outputs.map(output),
    ...DOCUMENTS.filter(({ name }) => existsSync(join(places.run, name))).map(
      ({ name, description, role }): SourcedFile => ({
        ...recordNow(join(places.run, name), `run/${name}`),
        role,
        description,
        isIncluded: true,
        source: { from: join(places.run, name) },
      }),
    ),
    readme(inputs.seed, inputs.protocolFile.path, withData),
  ];
}

function readme(seed: number, protocol: string, withData: boolean): SourcedFile {
  const again = withData
    ? `To compute everything again in an empty folder and compare:

    npx sentinode run data/${protocol} --data data --seed ${String(seed)} --out again
    npx sentinode verify again --against run
`
    : `Data of single patients are not in it; the hashes of all files are in ro-crate-metadata.json and run/provenance.json. Who has
the data can compute everything again and compare with \`npx sentinode verify RUN --against run\`.
`;
  const text = `# A run of Sentinode as a research object

Research use only; not a medical device. \`ro-crate-metadata.json\` says what was computed from what, by which program, and
when (RO-Crate 1.1, Process Run Crate 0.5). Start with run/report.html.

    npx sentinode verify .

says whether every file is what it was when the crate was made. ${again}`;
  return {
    ...textRecord("README.md", text),
    role: "record",
    description: `How to read and to check the crate of ${basename(protocol)}`,
    isIncluded: true,
    source: { text },
  };
}
