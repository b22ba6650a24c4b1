import { basename, resolve } from "node:path";
import { defaultRadiomicsSettings, featureColumns, InputError } from "@sentinode/core/radiomics";
import { csvText } from "../tables/csv-text.ts";
import { extractCase } from "../workers/extract-case.ts";
import { type Command, textOption } from "./command.ts";

/** `sentinode extract`: the radiomic features of one case. */
export const extract: Command = {
  name: "extract",
  usage: "--image F --mask F [--spacing MM] [--names sentinode|ibsi] [--format json|csv]",
  summary: "Radiomic features of one image and mask, to stdout. Without --spacing, features in pixels only.",
  arguments: [0, 0],
  options: {
    image: { value: "F", help: "PNG, JPEG, TIFF, BMP or PGM" },
    mask: { value: "F", help: "mask of the same size" },
    spacing: { value: "MM", help: "size of a pixel in mm" },
    names: {
      value: "KIND",
      help: "sentinode (default) or ibsi: the standard's codes where it defines the feature",
    },
    format: { value: "KIND", help: "json (default) or csv" },
  },
  run: async (call) => {
    const [image, mask] = [textOption(call, "image"), textOption(call, "mask")];
    if (image === undefined || mask === undefined)
      throw new InputError("sentinode extract needs --image F and --mask F; see sentinode extract --help");
    const names = choice(textOption(call, "names") ?? "sentinode", ["sentinode", "ibsi"], "--names");
    const format = choice(textOption(call, "format") ?? "json", ["json", "csv"], "--format");
    const spacingMm = spacing(textOption(call, "spacing"));
    const settings = spacingMm === null ? inPixels : defaultRadiomicsSettings;
    const result = await extractCase({
      imagePath: resolve(image),
      maskPath: resolve(mask),
      imageName: basename(image),
      maskName: basename(mask),
      spacingMm,
      plan: { settings, maskThreshold: null },
    });
    if ("problems" in result) throw new InputError(result.problems);
    for (const finding of result.features.findings) call.terminal.warn(finding);
    const columns = featureColumns(settings).map(({ name, source }) =>
      names === "ibsi" && source.ibsi !== null ? `${source.ibsi}.${name}` : name,
    );
    const { values, undefinedBecause } = result.features;
    if (format === "csv") {
      process.stdout.write(csvText(columns, [values]));
      return undefined;
    }
    const document = {
      features: Object.fromEntries(columns.map((name, index) => [name, values[index]])),
      undefinedBecause: Object.fromEntries(
        undefinedBecause.map(([position, reason]) => [columns[position], reason]),
      ),
      findings: result.features.findings,
    };
    if (call.terminal.json) return document;
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return undefined;
  },
};

const inPixels = {
  ...defaultRadiomicsSettings,
  families: defaultRadiomicsSettings.families.map((family) =>
    family === "shape2d" ? ("shape2dPixels" as const) : family,
  ),
};

function spacing(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new InputError("--spacing needs a size in mm above 0; got something else");
  return value;
}

function choice<const Word extends string>(word: string, words: readonly Word[], option: string): Word {
  const found = words.find((one) => one === word);
  if (found === undefined) throw new InputError(`${option} needs ${words.join(" or ")}; got something else`);
  return found;
}
