import { basename, resolve } from "node:path";
import type { ImageFeatures } from "@sentinode/core";
import { columnNames, featureColumns, InputError } from "@sentinode/core/radiomics";
import { chooseSettings } from "../extraction/choose-settings.ts";
import { describeImages } from "../extraction/describe-images.ts";
import { csvText } from "../tables/csv-text.ts";
import { extractCase } from "../workers/extract-case.ts";
import { type CommandCall, textOption } from "./command.ts";
import { choiceOption, nameScheme, settingsOptions, spacingOption } from "./extract-options.ts";

/**
 * The features of one image and mask, on stdout.
 *
 * @throws {InputError} Image, mask or settings cannot be used, or the call is not complete.
 */
export async function extractOne(call: CommandCall): Promise<unknown> {
  const { image, mask, map } = filesOf(call);
  const [scheme, spacingMm] = [nameScheme(call), spacingOption(call)];
  const format = choiceOption(call, "format", ["json", "csv"]) ?? "json";
  const images = await describeImages([{ image, spacingMm }], resolve);
  const { settings, label, report } = await chooseSettings(settingsOptions(call), images);
  const names = columnNames(featureColumns(settings), scheme);
  for (const message of report)
    call.terminal.warn({ code: "settings-translated", severity: "info", message });
  const task = {
    imagePath: resolve(image),
    maskPath: resolve(mask),
    imageName: basename(image),
    maskName: basename(mask),
    spacingMm,
    ...(label === null ? {} : { label }),
    plan: { settings, maskThreshold: null },
  };
  const result = await extractCase(task);
  if ("problems" in result) throw new InputError(result.problems);
  if (map !== undefined) await (await import("./extract-map.ts")).drawMap(call, task, map);
  for (const finding of result.features.findings) call.terminal.warn(finding);
  if (format === "csv") {
    process.stdout.write(csvText(names, [result.features.values]));
    return undefined;
  }
  const parameters = report.length === 0 ? {} : { parameters: report };
  const document = { ...namedFeatures(names, result.features), settings, ...parameters };
  if (call.terminal.json) return document;
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  return undefined;
}

function filesOf(call: CommandCall) {
  const [image, mask] = [textOption(call, "image"), textOption(call, "mask")];
  if (image === undefined || mask === undefined)
    throw new InputError("sentinode extract needs --image F and --mask F; see sentinode extract --help");
  const map = textOption(call, "map");
  if (map === undefined && call.positionals.length > 0)
    throw new InputError("sentinode extract takes a file without an option only after --map FEATURE");
  return { image, mask, map };
}

function namedFeatures(names: readonly string[], { values, undefinedBecause, findings }: ImageFeatures) {
  return {
    features: Object.fromEntries(names.map((name, index) => [name, values[index]])),
    undefinedBecause: Object.fromEntries(
      undefinedBecause.map(([position, reason]) => [names[position], reason]),
    ),
    findings,
  };
}
