import { binomialDensity } from "../../math/discrete.ts";
import type { AuditedIdentities } from "./audit-subject.ts";
import type { PartShare } from "./evidence.ts";

/**
 * The parts of a pipeline with their share of events against that of the cohort as it was recruited.
 *
 * @returns No p-value for a part that is sealed or empty.
 */
export function partShares({ parts, cohort }: AuditedIdentities): readonly PartShare[] {
  const share = cohort.events / (cohort.known ?? cohort.patients.length);
  return parts.map(({ name, patients, events }) => ({
    name,
    rows: patients.length,
    events,
    pValue: events === null || patients.length === 0 ? null : binomialTest(events, patients.length, share),
  }));
}

/** Outcomes this close in probability to the observed one count as equally likely, as in R. */
const RELATIVE_TOLERANCE = 1 + 1e-7;

/**
 * Two-sided exact binomial test: the probability of all counts that are not likelier than the observed one.
 *
 * @param events Observed count, from 0 to `patients`.
 * @param patients Number of trials, at least 1.
 * @param share Probability of an event in each, in [0, 1].
 * @returns In [0, 1].
 * @source R's binom.test, which sums the probabilities that do not exceed that of the observed count.
 * @example binomialTest(3, 10, 0.5) // => 0.34375
 */
export function binomialTest(events: number, patients: number, share: number): number {
  const observed = binomialDensity(events, patients, share) * RELATIVE_TOLERANCE;
  let total = 0;
  for (let count = 0; count <= patients; count++) {
    const density = binomialDensity(count, patients, share);
    if (density <= observed) total += density;
  }
  return Math.min(1, total);
}
