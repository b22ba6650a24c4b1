/** Response maps of IBSI-2 phase 1: what a folder's configuration file asks for, as filters, and how far ours are away. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filterImage } from "../../packages/core/src/image/filters/filter-box.ts";
import { decodeNifti } from "../../packages/node/src/codecs/decode-nifti.ts";
import { type MapConfiguration, filterOf } from "./ibsi2-filters.ts";

/** A map with its largest difference from the reference. */
export interface MapResult {
  readonly id: string;
  readonly filter: string;
  /** Largest difference of a voxel as a share of the reference's range, in percent. */
  readonly worstPercent: number;
}

/** The configurations of a folder whose reference map is there. */
export function mapConfigurations(folder: string): MapConfiguration[] {
  const file = join(folder, "ibsi2_phase1_configs.json");
  if (!existsSync(file)) return [];
  const { tests } = JSON.parse(readFileSync(file, "utf8")) as { tests: MapConfiguration[] };
  return tests.filter(({ reference }) => existsSync(join(folder, reference)));
}

/** The response to a configuration against its reference map. */
export function compareMap(folder: string, configuration: MapConfiguration): MapResult {
  const read = (path: string) => decodeNifti(readFileSync(join(folder, path)), path);
  const image = read(`phantoms/ibsi2_${configuration.phantom}.nii.gz`);
  const reference = read(configuration.reference);
  const response = filterImage(image, filterOf(configuration));
  let [least, largest, worst] = [Infinity, -Infinity, 0];
  reference.values.forEach((value, k) => {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
    worst = Math.max(worst, Math.abs(value - response.values[k]));
  });
  const { id, filter } = configuration;
  return { id, filter, worstPercent: (100 * worst) / (largest - least) };
}
