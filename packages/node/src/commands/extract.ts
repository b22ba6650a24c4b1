import { basename, resolve } from "node:path";
import { InputError } from "@sentinode/core/radiomics";
import { isVolumeName } from "../codecs/read-volume.ts";
import { csvText } from "../tables/csv-text.ts";
import { extractCase } from "../workers/extract-case.ts";
import { type Command, type CommandCall, textOption } from "./command.ts";
import {
  type NameKind,
  chooseSettings,
  columnNames,
  reportParameters,
  spacingOf,
} from "./extraction-settings.ts";

/** `sentinode extract`: the radiomic features of one case, or of all cases of a table. */
export const extract: Command = {
  name: "extract",
  usage: "--image F --mask F [--map FEATURE F.png] | --manifest TABLE --out F.csv | --merge DIR --out F.csv",
  summary:
    "Radiomic features. One case goes to stdout; a table of cases (columns image, mask, optional spacing_mm and patient_id) to a file, resumed where it was interrupted.",
  arguments: [0, 1],
  options: {
    image: { value: "F", help: "PNG, JPEG, TIFF, BMP, PGM; NIfTI or NRRD for volumes" },
    mask: { value: "F", help: "mask of the same size" },
    spacing: { value: "MM", help: "size of a pixel in mm; without it lengths of frames are in pixels" },
    label: { value: "N", help: "value of the mask's pixels that are inside, for masks of several labels" },
    settings: { value: "F", help: "settings file (YAML), ours or a PyRadiomics parameter file" },
    profile: {
      value: "KIND",
      help: "ibsi (default) or pyradiomics: whose definitions hold where they differ",
    },
    names: { value: "KIND", help: "sentinode (default), ibsi or pyradiomics: whose names the columns have" },
    format: { value: "KIND", help: "json (default) or csv, for one case" },
    map: {
      value: "FEATURE F.png",
      help: "draws a texture feature over the lesion, e.g. glcm.contrast, with its values in F.csv",
    },
    manifest: { value: "TABLE", help: "cases; paths are relative to the table's folder" },
    out: { value: "F", help: "table of features, or with --shard the folder of parts" },
    shard: { value: "I/N", help: "the I-th of N parts of the table, for several machines" },
    merge: { value: "DIR", help: "joins the parts of all shards to the table of one pass" },
    jobs: { value: "N", help: "worker threads (default: all cores)" },
  },
  run: async (call) => {
    if (textOption(call, "merge") !== undefined)
      return await (await import("./extract-merge.ts")).mergeShards(call);
    if (textOption(call, "manifest") !== undefined)
      return await (await import("./extract-manifest.ts")).extractManifest(call);
    return await extractOne(call);
  },
};

async function extractOne(call: CommandCall): Promise<unknown> {
  const [image, mask] = [textOption(call, "image"), textOption(call, "mask")];
  if (image === undefined || mask === undefined)
    throw new InputError("sentinode extract needs --image F and --mask F; see sentinode extract --help");
  const names = nameKind(call);
  const format = choice(textOption(call, "format") ?? "json", ["json", "csv"], "--format");
  const spacingMm = spacingOf(textOption(call, "spacing"), "--spacing");
  const chosen = await chooseSettings(call, {
    areVolumes: isVolumeName(image),
    haveSpacing: spacingMm !== null,
  });
  reportParameters(call, chosen);
  const task = {
    imagePath: resolve(image),
    maskPath: resolve(mask),
    imageName: basename(image),
    maskName: basename(mask),
    spacingMm,
    plan: {
      settings: chosen.settings,
      maskThreshold: null,
      ...(chosen.maskLabel === undefined ? {} : { maskLabel: chosen.maskLabel }),
    },
  };
  const map = textOption(call, "map");
  if (map === undefined && call.positionals.length > 0)
    throw new InputError("sentinode extract takes a file without an option only after --map FEATURE");
  if (map !== undefined) await (await import("./extract-map.ts")).drawMap(call, task, map);
  const result = await extractCase(task);
  if ("problems" in result) throw new InputError(result.problems);
  for (const finding of result.features.findings) call.terminal.warn(finding);
  const columns = columnNames(chosen.settings, names);
  const { values, undefinedBecause, findings } = result.features;
  if (format === "csv") {
    process.stdout.write(csvText(columns, [values]));
    return undefined;
  }
  const document = {
    features: Object.fromEntries(columns.map((name, index) => [name, values[index]])),
    undefinedBecause: Object.fromEntries(
      undefinedBecause.map(([position, reason]) => [columns[position], reason]),
    ),
    findings,
    ...(chosen.report.length === 0 ? {} : { parameters: chosen.report }),
  };
  if (call.terminal.json) return document;
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  return undefined;
}

/** Whose names a call asks for. */
export function nameKind(call: CommandCall): NameKind {
  return choice(textOption(call, "names") ?? "sentinode", ["sentinode", "ibsi", "pyradiomics"], "--names");
}

function choice<const Word extends string>(word: string, words: readonly Word[], option: string): Word {
  const found = words.find((one) => one === word);
  if (found === undefined) throw new InputError(`${option} needs ${words.join(" or ")}; got something else`);
  return found;
}
