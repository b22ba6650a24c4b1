import { isRandom, type Perturbation, perturbationWords } from "../image/perturbation.ts";
import type { PerturbationPlan, PerturbedVersion } from "../radiomics/measure-perturbed.ts";
import type { ReproducibilityLimit } from "../selection/reproducibility.ts";
import type { Protocol } from "./protocol.ts";

/** How a protocol asks for reproducible features. */
export type ProtocolReproducibility = NonNullable<Protocol["radiomics"]["reproducibility"]>;

/**
 * The perturbed versions of every image that a protocol asks for.
 *
 * @returns Versions with random steps once a repeat. Names are words, and differ.
 */
export function perturbationPlan(reproducibility: ProtocolReproducibility, seed: number): PerturbationPlan {
  const { perturbations, repeats } = reproducibility;
  const versions: PerturbedVersion[] = [];
  const known = new Map<string, number>();
  for (const entry of perturbations) {
    const steps: readonly Perturbation[] = Array.isArray(entry) ? entry : [entry];
    const words = steps.map(perturbationWords).join(", ");
    const draws = steps.some(isRandom) ? repeats : 1;
    for (let draw = 0; draw < draws; draw++) {
      const before = known.get(words) ?? 0;
      known.set(words, before + 1);
      versions.push({ name: before === 0 ? words : `${words} (${before + 1})`, steps });
    }
  }
  return { seed, versions };
}

/** The limit that filters apply inside fits. */
export function reproducibilityLimit({
  minimumIcc,
  type,
  lowerBound,
}: ProtocolReproducibility): ReproducibilityLimit {
  return { minimumIcc, form: type, lowerBound };
}
