import { type FamilyDefinitions, catalogue } from "./catalogue.ts";
import { pyradiomicsFamilies } from "./pyradiomics/families.ts";

/** Whose definitions hold where two differ. */
export type ProfileName = "ibsi" | "pyradiomics";

/** The families under a profile; the IBSI's without one. */
export function familiesOf(profile: ProfileName = "ibsi"): FamilyDefinitions {
  return { ibsi: catalogue, pyradiomics: pyradiomicsFamilies }[profile];
}
