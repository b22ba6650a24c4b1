import { dayOfStudy, firstEnrolment } from "../enrolment-order.ts";
import type { PreparedStudy } from "../prepare-study.ts";
import type { AuditedLedger, AuditedOpening } from "./audit-subject.ts";

/**
 * What the ledger of a run says.
 *
 * @param openings Of its lines, oldest first.
 */
export function studyLedger(prepared: PreparedStudy, openings: readonly AuditedOpening[]): AuditedLedger {
  const { protocol, protocolHash, cohort, split } = prepared;
  const opened = openings.find(
    ({ dataset, protocol: own }) => dataset === "prospective" && own === protocolHash,
  );
  return {
    protocol: protocolHash,
    openings,
    prospective:
      opened === undefined
        ? null
        : {
            firstEnrolment: firstEnrolment(protocol, cohort, split.prospective),
            frozen: dayOfStudy(protocol, opened.date),
          },
  };
}
