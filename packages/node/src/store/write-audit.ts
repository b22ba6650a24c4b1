import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError, type StudyAudit, withAudit } from "@sentinode/core";
import { createDrawingDocument } from "../files/drawing-document.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { json } from "./write-run.ts";

/**
 * Writes audit.json and the audit of the report, in place of an earlier one. Neither holds a time or a path, so that equal
 * audits are equal bytes.
 *
 * @throws {InputError} The report has no place for an audit.
 */
export async function writeAudit(audit: StudyAudit, folder: string): Promise<void> {
  const path = join(folder, "report.html");
  const report = withAudit(readFileSync(path, "utf8"), audit, createDrawingDocument());
  if (report === null)
    throw new InputError(
      "report.html: an audit needs a report with a place for it; got one of an older version; run the study again",
    );
  await writeFileAtomically(join(folder, "audit.json"), json({ schema: "sentinode/audit@1", ...audit }));
  await writeFileAtomically(path, report);
}
