import { basename, dirname, resolve } from "node:path";
import { drawFeatureMap, featureMap, InputError, type MappedFamily } from "@sentinode/core/radiomics";
import { encodeColourPng } from "../codecs/write-png.ts";
import { outputFolder } from "../files/output-folder.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { csvText } from "../tables/csv-text.ts";
import { readTask } from "../workers/extract-case.ts";
import type { ExtractionTask } from "../workers/messages.ts";
import type { CommandCall } from "./command.ts";

/** Half the side of the window around each pixel. */
const radiusPx = 5;

/**
 * Draws a texture feature over the lesion as a PNG, and writes its values beside it as CSV: column, row, value.
 *
 * @param feature `FAMILY.FEATURE`, e.g. `glcm.contrast`.
 * @throws {InputError} No such feature, or no file to draw to.
 */
export async function drawMap(call: CommandCall, task: ExtractionTask, feature: string): Promise<void> {
  const file = call.positionals.at(0);
  if (file === undefined || !/\.png$/i.test(file))
    throw new InputError("--map needs a feature and a PNG file, e.g. --map glcm.contrast map.png");
  const [family, key] = feature.split(".");
  if (!["glcm", "glrlm", "glszm", "ngtdm", "ngldm"].includes(family))
    throw new InputError(
      "--map needs FAMILY.FEATURE with a family of glcm, glrlm, glszm, ngtdm, ngldm; got another",
    );
  const { image, mask } = await readTask(task);
  const map = featureMap(image, mask, {
    family: family as MappedFamily,
    feature: key ?? "",
    discretisation: task.plan.settings.discretisations[0] ?? { method: "fixed-bin-number", bins: 32 },
    radiusPx,
  });
  const { width, height, rgb, range } = drawFeatureMap(image, mask, map);
  await outputFolder(dirname(resolve(file)));
  await writeFileAtomically(resolve(file), encodeColourPng(width, height, rgb));
  const columns = image.dimensions[0];
  const rows = Array.from(map.values.keys()).filter((p) => !Number.isNaN(map.values[p]));
  await writeFileAtomically(
    resolve(file.replace(/\.png$/i, ".csv")),
    csvText(
      ["column", "row", feature],
      rows.map((p) => [p % columns, Math.floor(p / columns), map.values[p]]),
    ),
  );
  call.terminal.warn({
    code: "feature-map",
    severity: "info",
    message: `${basename(file)}: ${feature} in windows of ${2 * radiusPx + 1} × ${2 * radiusPx + 1} pixels, from ${range === null ? "no value" : `${range[0].toPrecision(4)} (dark) to ${range[1].toPrecision(4)} (light)`}`,
  });
}
