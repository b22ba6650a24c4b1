import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sentinode } from "./program.ts";
import type { SmallData } from "./small-study.ts";

/** A piece of work that a rig disturbs: a run of a study, or an extraction. */
export interface Job {
  readonly name: string;
  /** The command that writes into a folder; the same command goes on where it was disturbed. */
  words(folder: string): readonly string[];
}

/** A run without images, and an extraction of 20 cases: between them every kind of file is written. */
export function quickJobs(data: SmallData, jobs = 1): readonly Job[] {
  const settings = ["--jobs", String(jobs), "--json"];
  return [
    {
      name: "run",
      words: (folder) => [...sentinode, "run", data.tableStudy, "--out", join(folder, "out"), ...settings],
    },
    {
      name: "extract",
      words: (folder) => {
        mkdirSync(join(folder, "out"), { recursive: true });
        const out = join(folder, "out", "features.csv");
        return [...sentinode, "extract", "--manifest", data.cases, "--out", out, ...settings];
      },
    },
  ];
}
