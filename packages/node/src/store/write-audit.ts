import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type StudyAudit, withAudit } from "@sentinode/core";
import { createDrawingDocument } from "../files/drawing-document.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { textRecord } from "./run-files.ts";
import type { RunLedger } from "./run-ledger.ts";
import { json } from "./write-run.ts";

/** What an audit took on this machine. */
export interface AuditCost {
  /** By the clock. */
  readonly seconds: number;
  /** Of all workers together. */
  readonly processorSeconds: number;
  readonly jobs: number;
}

/**
 * Writes audit.json and the audit of the report, in place of earlier ones, and a line of the ledger with their hashes.
 * Neither file holds a time or a path of the audit, so that equal audits are equal bytes.
 *
 * @returns Whether the report has a place for an audit; those of older versions have none and stay as they are.
 */
export async function writeAudit(
  audit: StudyAudit,
  folder: string,
  ledger: RunLedger,
  cost: AuditCost,
): Promise<boolean> {
  const path = join(folder, "report.html");
  const report = withAudit(readFileSync(path, "utf8"), audit, createDrawingDocument());
  const files = [
    { name: "audit.json", text: json({ schema: "sentinode/audit@1", ...audit }) },
    ...(report === null ? [] : [{ name: "report.html", text: report }]),
  ];
  for (const { name, text } of files) await writeFileAtomically(join(folder, name), text);
  ledger.append("audit completed", {
    permutations: audit.lamps[0].evidence.permutations,
    ...cost,
    lamps: Object.fromEntries(audit.lamps.map(({ name, colour }) => [name, colour])),
    documents: Object.fromEntries(files.map(({ name, text }) => [name, textRecord(name, text).sha256])),
  });
  return report !== null;
}
