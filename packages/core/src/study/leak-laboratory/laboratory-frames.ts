import type { SimulatedPatient } from "../../cohort/simulate-cohort.ts";
import type { PatientId } from "../../cohort/patient.ts";
import type { PredictorTable } from "../../features/predictor-table.ts";
import type { OutlinedImage } from "../../image/perturb.ts";
import { simulateUltrasound } from "../../image/simulate-ultrasound.ts";
import type { Random } from "../../math/random.ts";
import { extractRadiomics } from "../../radiomics/extract.ts";
import { featureColumns } from "../../radiomics/feature-columns.ts";
import type { RadiomicsSettings } from "../../radiomics/settings.ts";
import { axillaryNames, clinicalNames, freshPatients, type LaboratoryCohort } from "./laboratory-cohort.ts";
import { radiomicColumn } from "./laboratory-columns.ts";
import { usualPredictors, type LaboratoryPredictors } from "./laboratory-models.ts";

/** Texture of the lesion, merged over directions: enough to tell frames apart, and quick. */
const settings: RadiomicsSettings = {
  families: ["firstOrder", "glcm", "glrlm", "glszm", "ngtdm"],
  discretisations: [{ method: "fixed-bin-number", bins: 32 }],
  aggregation: "merged",
};

const names: readonly string[] = featureColumns(settings).map(({ name }) => name);

/** The usual clinical and axillary predictors, and features measured on frames. */
export const framePredictors: LaboratoryPredictors = { ...usualPredictors, radiomic: names };

/**
 * The simulated frame of a patient.
 *
 * @param random Of all frames; each depends on its patient alone.
 */
export function frameOf({ id, clinical, truth }: SimulatedPatient, random: Random): OutlinedImage {
  return simulateUltrasound(
    {
      diameterMm: clinical.tumourSizeMm,
      imageTrait: truth.imageTrait,
      highGrade: clinical.grade === 3,
      lymphovascularInvasion: clinical.lymphovascularInvasion === 1,
    },
    random.fork(id),
  );
}

/** New patients with features measured on frames of their own. */
export function framedPatients(cohort: LaboratoryCohort, patients: number): LaboratoryCohort {
  const fresh = freshPatients(cohort, patients);
  const frames = fresh.simulated.map((patient) => frameOf(patient, fresh.random));
  return { ...fresh, table: frameTable(fresh.table, frames) };
}

/**
 * The features of frames, beside the clinical and axillary findings of the patients whom they show.
 *
 * @param findings One row a frame.
 * @param patients Ids of the rows, where they are not those of `findings`.
 */
export function frameTable(
  findings: PredictorTable,
  frames: readonly OutlinedImage[],
  patients: readonly PatientId[] = findings.patients,
): PredictorTable {
  const measured = frames.map(({ image, mask }) => extractRadiomics(image, mask, settings));
  const kept = new Set([...clinicalNames, ...axillaryNames]);
  return {
    patients,
    columns: [
      ...findings.columns.filter(({ name }) => kept.has(name)),
      ...names.map((name, index) =>
        radiomicColumn(
          name,
          Float64Array.from(measured, (features) => features[index].value.value ?? NaN),
        ),
      ),
    ],
  };
}
