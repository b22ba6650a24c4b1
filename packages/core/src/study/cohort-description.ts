import type { CohortDescription } from "../cohort/cohort-description.ts";
import { protocolVariables } from "./protocol-variables.ts";
import type { Protocol } from "./protocol.ts";

/** What the cohort reads of the table, as a protocol states it. */
export function cohortDescription(protocol: Protocol): CohortDescription {
  const { outcome, images } = protocol;
  return {
    id: protocol.cohort.id,
    outcome: {
      variable: outcome.variable,
      positive: String(outcome.positive),
      ...(outcome.negative === undefined ? {} : { negative: String(outcome.negative) }),
      label: outcome.label,
    },
    variables: protocolVariables(protocol),
    missing: protocol.cohort.missing,
    images:
      images === undefined
        ? null
        : {
            image: images.image,
            mask: images.mask,
            spacing: images.spacing === "none" ? null : images.spacing,
          },
  };
}
