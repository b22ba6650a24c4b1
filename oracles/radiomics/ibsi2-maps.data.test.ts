/** Every response map of IBSI-2 phase 1 in the folder SENTINODE_IBSI, within 1 % of its range at every voxel. */
import { resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type MapResult, compareMap, mapConfigurations } from "./ibsi2-maps.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = resolve(root, process.env["SENTINODE_IBSI"] ?? "../shared/ibsi");
const configurations = mapConfigurations(folder);
if (configurations.length === 0) console.log(`SENTINODE_IBSI: no response maps in ${folder}; skipped`);

describe.runIf(configurations.length > 0)("IBSI-2 response maps", () => {
  const results: MapResult[] = [];

  it.each(configurations.map((configuration) => [configuration.id, configuration] as const))(
    "%s",
    (_, configuration) => {
      const result = compareMap(folder, configuration);
      results.push(result);
      expect(result.worstPercent).toBeLessThanOrEqual(1);
    },
  );

  afterAll(() => {
    for (const { id, filter, worstPercent } of results)
      console.log(`${id}, ${filter}: at most ${worstPercent.toPrecision(2)} % of the range`);
  });
});
