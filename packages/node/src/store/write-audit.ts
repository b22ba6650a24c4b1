import { join } from "node:path";
import type { StudyAudit } from "@sentinode/core";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { json } from "./write-run.ts";

/** Writes audit.json: no times and no paths, so that equal audits are equal bytes. */
export async function writeAudit(audit: StudyAudit, folder: string): Promise<void> {
  await writeFileAtomically(join(folder, "audit.json"), json({ schema: "sentinode/audit@1", ...audit }));
}
