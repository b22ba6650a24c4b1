import type { AuditLamps, AuditOptions, StudyAudit } from "./audit.ts";
import type { AuditSubject } from "./audit-subject.ts";
import { availabilityLamp } from "./availability-lamp.ts";
import { identityLamp } from "./identity-lamp.ts";
import { gravestColour } from "./lamp.ts";
import { ledgerLamp } from "./ledger-lamp.ts";
import { permutationLamp } from "./permutation-lamp.ts";
import { plausibilityLamp } from "./plausibility-lamp.ts";
import { shortcutLamp } from "./shortcut-lamp.ts";

/**
 * Asks a pipeline the six questions of an audit.
 *
 * @param subject A study, or any analysis that can be run again.
 * @param options How thoroughly.
 * @throws {InputError} Fewer than 20 permutations, or a subject that contradicts itself.
 */
export async function auditPipeline(subject: AuditSubject, options: AuditOptions): Promise<StudyAudit> {
  const lamps: AuditLamps = [
    await permutationLamp(subject, options),
    availabilityLamp(subject),
    ledgerLamp(subject),
    identityLamp(subject),
    shortcutLamp(subject),
    plausibilityLamp(subject),
  ];
  return { colour: gravestColour(lamps.map(({ colour }) => colour)), lamps };
}
