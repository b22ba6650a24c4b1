import type { Finding } from "../errors.ts";
import type { Protocol } from "./protocol.ts";
import type { MeasuredImages } from "./assemble-predictors.ts";
import type { StudyFits } from "./study-tasks.ts";

/**
 * What a reader must know of the design of a study.
 *
 * @param testPatients Patients set apart for testing.
 */
export function designFindings(protocol: Protocol, testPatients: number): readonly Finding[] {
  if (protocol.validation.patients === "development" || testPatients === 0) return [];
  const message = `the protocol cross-validates all patients, the ${String(testPatients)} test patients among them; the cross-validated figures and the test are two looks at the same patients: do not choose a model by one and report the other as independent`;
  return [{ code: "cross-validation-includes-test", severity: "warning", message }];
}

/**
 * What was found in the images, one finding a kind: how many images, and which first.
 *
 * @param measured Null for a study without images.
 */
export function imageFindings(measured: MeasuredImages | null): readonly Finding[] {
  if (measured === null) return [];
  const kinds = new Map<string, { first: Finding; images: string[] }>();
  measured.features.forEach(({ findings }, index) => {
    for (const finding of findings) {
      const kind = kinds.get(finding.code) ?? { first: finding, images: [] };
      kind.images.push(measured.images[index].image);
      kinds.set(finding.code, kind);
    }
  });
  return [...kinds.values()].map(({ first, images }) => ({
    ...first,
    message: countedMessage(first.message, [...new Set(images)], measured.images.length),
  }));
}

/**
 * A warning where images of a study have different bit depths: their grey levels then are on different scales.
 *
 * @param measured Null for a study without images.
 */
export function bitDepthFindings(measured: MeasuredImages | null): readonly Finding[] {
  const depths = new Map<number, number>();
  for (const { bits } of measured?.features ?? [])
    if (bits !== undefined) depths.set(bits, (depths.get(bits) ?? 0) + 1);
  if (depths.size < 2) return [];
  const counts = [...depths]
    .sort(([a], [b]) => a - b)
    .map(([bits, images]) => `${String(images)} of ${String(bits)} bits`);
  const message = `the images of a study need one scale of grey levels; got ${counts.join(", ")}; features of grey levels then measure the file format: export all images alike`;
  return [{ code: "images-of-different-depth", severity: "warning", message }];
}

function countedMessage(message: string, images: readonly string[], all: number): string {
  if (images.length === 1) return message;
  const more = images.length > 5 ? ` and ${String(images.length - 5)} more` : "";
  return `${String(images.length)} of ${String(all)} images (${images.slice(0, 5).join(", ")}${more}): for the first, ${message}`;
}

/**
 * Features that do not exist for some lesions, with the reasons.
 *
 * @param measured Null for a study without images.
 */
export function undefinedFeatureFindings(measured: MeasuredImages | null): readonly Finding[] {
  if (measured === null) return [];
  const reasons = new Map<string, { features: Set<number>; images: Set<number> }>();
  measured.features.forEach(({ undefinedBecause }, image) => {
    for (const [position, reason] of undefinedBecause) {
      const entry = reasons.get(reason) ?? { features: new Set<number>(), images: new Set<number>() };
      entry.features.add(position);
      entry.images.add(image);
      reasons.set(reason, entry);
    }
  });
  return [...reasons].map(([reason, { features, images }]) => ({
    code: "features-undefined",
    severity: "info",
    message: `${String(features.size)} features do not exist for ${String(images.size)} of ${String(measured.images.length)} images: ${reason}; they count as missing there`,
  }));
}

/** Models of folds are not kept: what their files would hold and how their coefficients read concerns nobody. */
const OF_KEPT_MODELS: ReadonlySet<string> = new Set([
  "model-holds-patients",
  "firth-separation",
  "predictors-collinear",
]);

/**
 * What the fits reported: of final fits each finding with its model, of folds the number of fits a kind.
 *
 * @param final One fit a model.
 * @param folds For each model one fit a fold.
 */
export function fitFindings({ final, crossValidation: folds }: StudyFits): readonly Finding[] {
  const named = final.flatMap(({ model, findings }) =>
    findings.map((finding) => ({ ...finding, message: `model ${model.name}: ${finding.message}` })),
  );
  const inFolds = folds.flatMap((results, index) => {
    const name = final[index].model.name;
    const known = new Set(final[index].findings.map(({ code }) => code));
    const counts = new Map<string, { first: Finding; fits: number }>();
    for (const { findings } of results)
      for (const code of new Set(findings.map((finding) => finding.code))) {
        const entry = counts.get(code) ?? {
          first: findings.find((finding) => finding.code === code)!,
          fits: 0,
        };
        counts.set(code, { ...entry, fits: entry.fits + 1 });
      }
    return [...counts].flatMap(([code, { first, fits }]): Finding[] =>
      OF_KEPT_MODELS.has(code) || (first.severity === "info" && known.has(code))
        ? []
        : [
            {
              code,
              severity: first.severity,
              message: `model ${name}, in ${String(fits)} of ${String(results.length)} folds of the cross-validation: ${first.message}`,
            },
          ],
    );
  });
  return [...named, ...inFolds];
}
