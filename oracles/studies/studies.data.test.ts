import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { RawTable } from "../../packages/core/src/cohort/raw-table.ts";
import { createRandom } from "../../packages/core/src/math/random.ts";
import { mean } from "../../packages/core/src/math/statistics.ts";
import type { Machine } from "../../packages/core/src/study/machine.ts";
import { runStudy } from "../../packages/core/src/study/run-study.ts";
import { loadStudy } from "../../packages/node/src/files/load-study.ts";
import { emptyJournal } from "../../packages/node/src/store/journal.ts";
import { csvText } from "../../packages/node/src/tables/csv-text.ts";
import { createNodeMachine } from "../../packages/node/src/workers/node-machine.ts";
import { createWorkerPool } from "../../packages/node/src/workers/pool.ts";

/** Public studies: every folder of `examples/` whose data lie in a folder of the same name. */
const root = resolve(import.meta.dirname, "../..");
const data = process.env["SENTINODE_DATA"] ?? resolve(root, "../shared/data");
const studies = readdirSync(join(root, "examples")).filter((name) => existsSync(join(data, name)));
const scratch = mkdtempSync(join(tmpdir(), "sentinode-studies-"));
const bin = join(root, "packages/node/bin/sentinode.js");

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly error: string;
  readonly out: string;
}

function sentinode(...words: string[]): Run {
  const { status, stderr, stdout } = spawnSync(process.execPath, [bin, ...words], {
    encoding: "utf8",
    cwd: scratch,
  });
  return { code: status, error: stderr, out: stdout };
}

/** The example's protocol with fewer repeats, and whatever a test changes. */
function protocolFile(
  study: string,
  name: string,
  change: (text: string) => string = (text) => text,
): string {
  const text = readFileSync(join(root, "examples", study, "study.yaml"), "utf8");
  const file = join(scratch, `${study}-${name}.yaml`);
  writeFileSync(file, change(text.replace(/repeats: \d+/, "repeats: 2")));
  return file;
}

function readCsv(file: string): Record<string, string>[] {
  const [head = "", ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, index) => [names[index], cell])));
}

describe.skipIf(studies.length === 0)("public studies", () => {
  describe.each(studies)("%s", (study) => {
    const dataFolder = join(data, study);
    const [first, second] = [join(scratch, `${study}-1`), join(scratch, `${study}-2`)];

    it("gives the same bytes with one worker and with two", () => {
      const file = protocolFile(study, "plain");
      for (const [out, jobs] of [
        [first, "1"],
        [second, "2"],
      ] as const)
        expect(
          sentinode("run", file, "--data", dataFolder, "--out", out, "--jobs", jobs, "--quiet"),
        ).toMatchObject({ code: 0 });
      const models = readdirSync(join(first, "models")).map((name) => join("models", name));
      for (const name of [
        "results.json",
        "predictions.csv",
        "features.csv",
        "report.html",
        "study.lock.yaml",
        ...models,
      ])
        expect(readFileSync(join(first, name)).equals(readFileSync(join(second, name))), name).toBe(true);
    });

    it("runs its own locked protocol to the same results", () => {
      const file = join(scratch, `${study}-locked.yaml`);
      copyFileSync(join(first, "study.lock.yaml"), file);
      const out = join(scratch, `${study}-3`);
      expect(sentinode("run", file, "--data", dataFolder, "--out", out, "--quiet").code).toBe(0);
      expect(readFileSync(join(out, "results.json")).equals(readFileSync(join(first, "results.json")))).toBe(
        true,
      );
    });

    it("predicts with stored models what the run predicted, bit for bit, and nobody whom they learned from", async () => {
      const { protocol, table } = await loadStudy(protocolFile(study, "plain"), dataFolder);
      const rows = readCsv(join(first, "predictions.csv")).filter(({ method }) => method === "held-out");
      const heldOut = new Set(rows.map((row) => row["patient_id"]));
      const id = table.headers.indexOf(protocol.cohort.id);
      const predict = (model: string, wanted: (patient: string) => boolean, out: string) => {
        const input = join(scratch, `${study}-new-patients.csv`);
        const chosen = table.rows.filter((cells) => wanted(cells[id].trim()));
        writeFileSync(input, csvText(table.headers, chosen));
        const stored = join(first, "models", `${model}.json`);
        const words = ["--model", stored, "--input", input, "--images", dataFolder, "--out", out, "--quiet"];
        return sentinode("predict", ...words);
      };
      for (const model of Object.keys(protocol.models)) {
        const out = join(scratch, `${study}-${model}.csv`);
        expect(predict(model, () => true, out)).toMatchObject({ code: 2 });
        if (heldOut.size === 0) continue;
        expect(predict(model, (patient) => heldOut.has(patient), out)).toMatchObject({ code: 0 });
        const predicted = new Map(readCsv(out).map((row) => [row["patient_id"], row["probability"]]));
        expect(rows.filter((row) => predicted.get(row["patient_id"]) !== row[model])).toEqual([]);
      }
    });

    it("finds nothing where the outcome is permuted", async () => {
      const once = (text: string) => text.replace(/repeats: 2/, "repeats: 1");
      const { protocol, table } = await loadStudy(protocolFile(study, "permuted", once), dataFolder);
      const pool = createWorkerPool(2, new AbortController().signal);
      const machine = createNodeMachine({
        dataFolder,
        pool,
        journal: emptyJournal(),
        software: "test",
        progress: () => undefined,
      });
      const measured = new Map<number, ReturnType<Machine["extract"]>>();
      const remembering: Machine = {
        ...machine,
        extract: (images, plan) => {
          const known = measured.get(images.length) ?? machine.extract(images, plan);
          measured.set(images.length, known);
          return known;
        },
      };
      const areas = new Map<string, number[]>();
      for (let permutation = 0; permutation < PERMUTATIONS; permutation++) {
        const run = await runStudy(
          {
            protocol,
            table: permutedOutcome(table, protocol.outcome.variable, permutation),
            software: "test",
          },
          remembering,
        );
        for (const { model, method, dataset, auc } of run.evaluations)
          if (method === "cross-validation" && dataset === "development")
            areas.set(model, [...(areas.get(model) ?? []), auc.value!]);
      }
      await pool.close();
      for (const [model, values] of areas) expect(Math.abs(mean(values) - 0.5), model).toBeLessThan(0.03);
    });

    it("refuses every variable that may not predict, with its reason, and leaves nothing behind", async () => {
      const { protocol } = await loadStudy(protocolFile(study, "plain"), dataFolder);
      const forbidden = Object.entries(protocol.variables).filter(
        ([, { known, role }]) => known === "never" || role !== "predictor",
      );
      for (const [name, { reason }] of forbidden) {
        const file = protocolFile(study, "forbidden", (text) =>
          text.replace(/^ {2}C:(.*)$/m, `  X: [${name}]\n  C:$1`),
        );
        const out = join(scratch, "refused");
        const call = sentinode("run", file, "--data", dataFolder, "--out", out);
        expect(call.code).toBe(2);
        expect(call.error).toContain(`${name} may not predict: ${reason ?? ""}`);
        expect(existsSync(out)).toBe(false);
      }
    });

    it("names every problem of a spoilt table at once", async () => {
      const { protocol, table } = await loadStudy(protocolFile(study, "plain"), dataFolder);
      const spoilt = join(scratch, `${study}-spoilt`);
      mkdirSync(spoilt, { recursive: true });
      const at = (name: string) => table.headers.indexOf(name);
      const rows = table.rows.map((row) => [...row]);
      const categorical = Object.keys(protocol.variables).find(
        (name) => protocol.variables[name].levels !== undefined || protocol.variables[name].type === "binary",
      )!;
      rows[2][at(categorical)] = "zebra";
      rows[5][at(protocol.cohort.id)] = rows[6][at(protocol.cohort.id)]!;
      rows[8][at(protocol.outcome.variable)] = "";
      writeFileSync(
        join(spoilt, protocol.cohort.table),
        [table.headers, ...rows].map((row) => row.join(",")).join("\n"),
      );
      const call = sentinode(
        "run",
        protocolFile(study, "plain"),
        "--data",
        spoilt,
        "--out",
        join(scratch, "refused"),
      );
      expect(call.code).toBe(2);
      expect(call.error).toMatch(new RegExp(`row 4, column ${categorical}`));
      expect(call.error).toMatch(/duplicate id/);
      expect(call.error).toMatch(new RegExp(`row 10, column ${protocol.outcome.variable}`));
      expect(call.error).not.toContain("zebra");
      expect(existsSync(join(scratch, "refused"))).toBe(false);
    });
  });
});

/** The mean of so many permuted AUCs has a standard error below 0.01 on a few hundred patients. */
const PERMUTATIONS = 60;

/** The table with its outcome dealt to other rows. */
function permutedOutcome(table: RawTable, outcome: string, permutation: number): RawTable {
  const column = table.headers.indexOf(outcome);
  const shuffled = createRandom(`permutation ${String(permutation)}`).shuffle(
    table.rows.map((row) => row[column]),
  );
  return {
    ...table,
    rows: table.rows.map((row, index) => row.map((cell, at) => (at === column ? shuffled[index] : cell))),
  };
}
