import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type CrateMetadata, InputError } from "@sentinode/core";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../../core/src/math/random.ts";
import { runIdentity, type RunInputs } from "../../../core/src/study/provenance/provenance.ts";
import { encodePng } from "../codecs/write-png.ts";
import { verify } from "../commands/verify.ts";
import { createTerminal } from "../commands/terminal.ts";
import { loadStudy } from "../files/load-study.ts";
import { codeOf } from "../software-code.ts";
import { exportRun } from "./export-run.ts";
import { runFiles } from "./run-files.ts";
import { runStudyFolder } from "./run-folder.ts";
import { verifyCrate } from "./verify-crate.ts";
import { readRunProvenance, verifyRun } from "./verify-run.ts";

const folder = mkdtempSync(join(tmpdir(), "sentinode-provenance-"));
const [data, run] = [join(folder, "data"), join(folder, "run")];
const said: string[] = [];
const terminal = createTerminal(
  {
    out: (text) => void said.push(text),
    error: () => undefined,
    isInteractive: false,
    now: () => 0,
  },
  { json: false, quiet: false },
);
const PATIENTS = 36;
const SIDE = 40;

/** Table, images and masks of made-up patients, with a protocol that is quick to run. */
function writeStudy(into: string): void {
  mkdirSync(join(into, "images"), { recursive: true });
  const random = createRandom("provenance");
  const dimensions = [SIDE, SIDE, 1] as const;
  const mask = Uint8Array.from({ length: SIDE * SIDE }, (_, p) =>
    Math.abs((p % SIDE) - 20) < 9 && Math.abs(Math.floor(p / SIDE) - 20) < 8 ? 255 : 0,
  );
  const rows = Array.from({ length: PATIENTS }, (_, row) => {
    const values = Uint8Array.from({ length: SIDE * SIDE }, () => 30 + random.integer(180));
    writeFileSync(join(into, "images", `p${String(row)}.png`), encodePng({ dimensions, values }));
    writeFileSync(join(into, "images", `p${String(row)}_mask.png`), encodePng({ dimensions, values: mask }));
    const age = Math.round(55 + 9 * random.normal());
    return `p${String(row)},${String(age)},${(20 + 5 * random.normal()).toFixed(1)},${String(row % 2)}`;
  });
  writeFileSync(join(into, "cohort.csv"), `id,age,size,event\n${rows.join("\n")}\n`);
  writeFileSync(
    join(into, "study.yaml"),
    `schema: sentinode/study@1
name: a study that is quick to run
cohort: { table: cohort.csv, id: id }
outcome: { variable: event, positive: 1, negative: 0, label: event }
variables:
  age: { type: numeric, unit: years }
  size: { type: numeric, unit: mm }
images: { image: "images/{id}.png", mask: "images/{id}_mask.png", spacing: { mm: 0.1 } }
radiomics: { families: [firstOrder] }
blocks: { C: [age, size], R: { radiomics: all } }
models: { C: [C], CR: [C, R] }
regression: { method: ridge, folds: 3 }
split: { method: random, testShare: 0.25 }
validation: { folds: 3, repeats: 1 }
`,
  );
}

async function runStudy(from: string, into: string, seed = 1): Promise<void> {
  const study = await loadStudy(join(from, "study.yaml"), from);
  await runStudyFolder(
    { ...study, protocol: { ...study.protocol, seed } },
    { out: into, jobs: 1, terminal, interrupted: new AbortController().signal },
  );
}

/** A copy of a folder in which one byte of one file is another. */
function withChangedByte(of: string, name: string): string {
  const copy = mkdtempSync(join(folder, "changed-"));
  cpSync(of, copy, { recursive: true });
  const path = join(copy, name);
  const bytes = readFileSync(path);
  bytes[Math.floor(bytes.length / 2)] ^= 1;
  writeFileSync(path, bytes);
  return copy;
}

beforeAll(async () => {
  writeStudy(data);
  await runStudy(data, run);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a run", () => {
  it("is whole after it was made, and says so with its identity", () => {
    const found = verifyRun(run, undefined);
    expect(found.problems).toEqual([]);
    expect(found.notes).toEqual([]);
    expect(found.inputs).toBe(2 + 2 * PATIENTS);
    expect(found.run).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  const outputs = ["results.json", "features.csv", "predictions.csv", "study.lock.yaml", "models/CR.json"];
  it.each([...outputs, "report.html", "run.json"])("is not whole after a byte of %s changed", (name) => {
    const changed = withChangedByte(run, name);
    const problems = verifyRun(changed, data).problems.join("\n");
    expect(problems).toContain(`${name} changed`);
  });

  it.each(["provenance.json", "ledger.jsonl"])("is refused after a byte of %s changed", (name) => {
    expect(() => verifyRun(withChangedByte(run, name), data)).toThrow(InputError);
  });

  it("is not whole after a file went or came", () => {
    const copy = mkdtempSync(join(folder, "changed-"));
    cpSync(run, copy, { recursive: true });
    rmSync(join(copy, "predictions.csv"));
    writeFileSync(join(copy, "models", "X.json"), "{}");
    const { problems } = verifyRun(copy, data);
    expect(problems).toEqual(["output: predictions.csv missing", "output: models/X.json added"]);
  });

  it.each(["cohort.csv", "study.yaml", "images/p7.png", "images/p7_mask.png"])(
    "names the input of which a byte changed: %s",
    (name) => {
      expect(verifyRun(run, withChangedByte(data, name)).problems).toEqual([`input: ${name} changed`]);
    },
  );

  it("says that inputs were not compared where they cannot be reached", () => {
    const { problems, inputs, notes } = verifyRun(run, join(folder, "nowhere"));
    expect([problems, inputs]).toEqual([[], null]);
    expect(notes[0]).toContain("--data");
  });

  it("ends the command with everything that changed", async () => {
    const call = {
      positionals: [withChangedByte(run, "predictions.csv")],
      options: { data },
      terminal,
      interrupted: new AbortController().signal,
    };
    await expect((async () => verify.run(call))()).rejects.toThrow("output: predictions.csv changed");
  });

  it("is explained against another by the inputs that differ", async () => {
    const [other, changed] = [join(folder, "other"), withChangedByte(data, "images/p9.png")];
    // A byte of a compressed image may make it unreadable: another image of the same size is another one too.
    cpSync(join(data, "images", "p9.png"), join(changed, "images", "p9.png"));
    cpSync(join(data, "study.yaml"), join(changed, "study.yaml"));
    await runStudy(changed, other, 2);
    const difference = (await verify.run({
      positionals: [run],
      options: { against: other },
      terminal,
      interrupted: new AbortController().signal,
    })) as { same: boolean; inputs: { of: string }[] };
    expect(difference.same).toBe(false);
    expect(difference.inputs.map(({ of }) => of)).toEqual(["settings", "seed"]);
  });
});

describe("the identity of a run", () => {
  const { inputs } = { inputs: () => readRunProvenance(run).inputs };

  it.each(["cohort.csv", "study.yaml", "images/p3.png", "images/p3_mask.png"])(
    "changes with a byte of %s",
    async (name) => {
      const study = await loadStudy(join(data, "study.yaml"), data);
      const changed = withChangedByte(data, name);
      const images = Array.from({ length: PATIENTS }, (_, row) => ({
        image: `images/p${String(row)}.png`,
        mask: `images/p${String(row)}_mask.png`,
      }));
      const files = await runFiles(
        { ...study, dataFolder: changed, protocolFile: join(changed, "study.yaml") },
        images as never,
      );
      const before = await runFiles(study, images as never);
      expect(runIdentity({ ...inputs(), ...before })).toBe(readRunProvenance(run).run);
      expect(runIdentity({ ...inputs(), ...files })).not.toBe(readRunProvenance(run).run);
    },
  );

  const changes: readonly { what: string; change: (before: RunInputs) => RunInputs }[] = [
    { what: "the settings", change: (before) => ({ ...before, protocol: "sha256:0" }) },
    { what: "the seed", change: (before) => ({ ...before, seed: before.seed + 1 }) },
    { what: "the features", change: (before) => ({ ...before, features: { count: 1, hash: "sha256:0" } }) },
    { what: "the version", change: (before) => ({ ...before, software: "sentinode 9.9.9" }) },
    { what: "the code", change: (before) => ({ ...before, code: { ...before.code, sha256: "0" } }) },
    { what: "the lock file", change: (before) => ({ ...before, lock: { ...before.lock!, sha256: "0" } }) },
  ];
  it.each(changes)("changes with $what", ({ change }) => {
    expect(runIdentity(change(inputs()))).not.toBe(readRunProvenance(run).run);
  });

  it("knows the program by every byte of its sources and of its lock file, and not by its tests", () => {
    const program = join(folder, "program", "src");
    mkdirSync(join(program, "deep"), { recursive: true });
    writeFileSync(join(folder, "program", "package-lock.json"), "{}");
    const write = (name: string, text: string) => writeFileSync(join(program, name), text);
    write("a.ts", "1");
    write("deep/b.ts", "2");
    const before = codeOf([program], "sources");
    expect(before.code.files).toBe(2);
    write("a.test.ts", "3");
    expect(codeOf([program], "sources")).toEqual(before);
    write("deep/b.ts", "4");
    expect(codeOf([program], "sources").code.sha256).not.toBe(before.code.sha256);
    write("deep/b.ts", "2");
    writeFileSync(join(folder, "program", "package-lock.json"), "{ }");
    const after = codeOf([program], "sources");
    expect(after.code).toEqual(before.code);
    expect(after.lock?.sha256).not.toBe(before.lock?.sha256);
  });
});

describe("an exported run", () => {
  const settings = { data: undefined, licence: undefined, agent: undefined };
  const bare = join(folder, "crate");
  const packed = join(folder, "crate.zip");
  const unpacked = join(folder, "unpacked");

  beforeAll(async () => {
    await exportRun({ ...settings, run, out: bare, withData: false });
    await exportRun({
      ...settings,
      run,
      out: packed,
      withData: true,
      licence: "https://creativecommons.org/licenses/by/4.0/",
      agent: "A hospital",
    });
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(packed)))) {
      mkdirSync(dirname(join(unpacked, name)), { recursive: true });
      writeFileSync(join(unpacked, name), bytes);
    }
  });

  const metadataOf = (crate: string) =>
    JSON.parse(readFileSync(join(crate, "ro-crate-metadata.json"), "utf8")) as CrateMetadata;

  it("copies no file that tells of single patients unless it is asked for the data", () => {
    const names = readdirSync(bare, { recursive: true, encoding: "utf8" });
    for (const name of ["predictions.csv", "features.csv", "cohort.csv", "p1.png", "p1_mask.png", "run.json"])
      expect(names.filter((path) => path.endsWith(name))).toEqual([]);
    expect(names).toContain(join("run", "report.html"));
    const hashes = new Set(metadataOf(bare)["@graph"].map(({ sha256 }) => sha256));
    for (const { sha256 } of readRunProvenance(run).inputs.images) expect(hashes).toContain(sha256);
  });

  it("is whole, and is not after a byte of it changed", () => {
    for (const crate of [bare, unpacked]) expect(verifyCrate(crate).problems).toEqual([]);
    const changed = withChangedByte(unpacked, "data/cohort.csv");
    expect(verifyCrate(changed).problems).toEqual(["file: data/cohort.csv changed"]);
  });

  it("gives the same run, to the byte, when it is computed again from the crate alone", async () => {
    const again = join(folder, "rebuilt");
    await runStudy(join(unpacked, "data"), again);
    const provenance = (of: string) => readFileSync(join(of, "provenance.json"), "utf8");
    expect(provenance(again)).toBe(provenance(join(unpacked, "run")));
    for (const { path } of readRunProvenance(again).outputs)
      expect(readFileSync(join(again, path))).toEqual(readFileSync(join(unpacked, "run", path)));
  });

  it.each([bare, unpacked])("meets what RO-Crate 1.1 and Process Run Crate 0.5 demand (%#)", (crate) => {
    const metadata = metadataOf(crate);
    const graph = metadata["@graph"];
    const byId = new Map(graph.map((entity) => [entity["@id"], entity]));
    const idsOf = (value: unknown) => [value].flat().map((entry) => (entry as { "@id": string })["@id"]);
    const typesOf = (id: string) => [byId.get(id)?.["@type"]].flat();
    expect(byId.size).toBe(graph.length);
    expect(metadata["@context"][0]).toBe("https://w3id.org/ro/crate/1.1/context");

    const descriptor = byId.get("ro-crate-metadata.json")!;
    expect(descriptor["@type"]).toBe("CreativeWork");
    expect(descriptor["conformsTo"]).toEqual({ "@id": "https://w3id.org/ro/crate/1.1" });
    expect(descriptor["about"]).toEqual({ "@id": "./" });

    const root = byId.get("./")!;
    expect(root["@type"]).toBe("Dataset");
    for (const key of ["name", "description"]) expect(root[key]).toMatch(/./);
    const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?\+\d{2}:\d{2}$/;
    expect(root["datePublished"]).toMatch(time);
    expect(typesOf(idsOf(root["license"])[0])).toEqual(["CreativeWork"]);
    const profile = byId.get(idsOf(root["conformsTo"])[0])!;
    expect(profile).toMatchObject({
      "@type": "CreativeWork",
      "@id": "https://w3id.org/ro/wfrun/process/0.5",
    });

    const files = graph.filter((entity) => entity["@type"] === "File").map((entity) => entity["@id"]);
    expect(new Set(idsOf(root["hasPart"]))).toEqual(new Set(files));
    for (const id of files) {
      if (!id.startsWith("#")) expect(existsSync(join(crate, decodeURIComponent(id)))).toBe(true);
      expect(byId.get(id)).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
      expect(byId.get(id)!["contentSize"]).toMatch(/^\d+$/);
    }

    const actions = graph.filter((entity) => entity["@type"] === "CreateAction");
    expect(idsOf(root["mentions"])).toEqual(actions.map((action) => action["@id"]));
    expect(actions).toHaveLength(1);
    const [action] = actions;
    expect(typesOf(idsOf(action["instrument"])[0])).toEqual(["SoftwareApplication"]);
    expect(byId.get(idsOf(action["instrument"])[0])!["softwareVersion"]).toMatch(/^\d+\.\d+\.\d+/);
    for (const key of ["startTime", "endTime"]) expect(action[key]).toMatch(time);
    expect(action["actionStatus"]).toBe("http://schema.org/CompletedActionStatus");
    for (const id of [...idsOf(action["object"]), ...idsOf(action["result"])])
      expect(["File", "PropertyValue"]).toContain(typesOf(id)[0]);
    for (const entity of graph)
      for (const reference of Object.values(entity).flat()) {
        const id = (reference as { "@id"?: string } | null)?.["@id"];
        if (id?.startsWith("#") === true) expect(byId.has(id)).toBe(true);
      }
  });

  it("names who ran the study and under which licence, where that was said", () => {
    const graph = metadataOf(unpacked)["@graph"];
    expect(graph.find((entity) => entity["@type"] === "Organization")?.["name"]).toBe("A hospital");
    expect(graph.find((entity) => entity["@id"] === "./")?.["license"]).toEqual({
      "@id": "https://creativecommons.org/licenses/by/4.0/",
    });
  });

  it("is refused where the run is not what it was, or its place is taken", async () => {
    const changed = withChangedByte(run, "predictions.csv");
    const exported = (of: string, out: string) => exportRun({ ...settings, run: of, out, withData: false });
    await expect(exported(changed, join(folder, "none"))).rejects.toThrow("predictions.csv changed");
    expect(existsSync(join(folder, "none"))).toBe(false);
    await expect(exported(run, bare)).rejects.toThrow(/empty folder/);
    await expect(exported(run, packed)).rejects.toThrow(/new file/);
  });
});
