import { type Command, textOption } from "./command.ts";

/** `sentinode extract`: the radiomic features of one case, or of all cases of a table. */
export const extract: Command = {
  name: "extract",
  usage: "--image F --mask F [--map FEATURE F.png] | --manifest TABLE --out F.csv | --merge DIR --out F.csv",
  summary:
    "Radiomic features. One case goes to stdout; a table of cases (columns image, mask, optional spacing_mm, label and patient_id) to a file, resumed where it was interrupted.",
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
    const [merge, manifest] = [textOption(call, "merge"), textOption(call, "manifest")];
    if (merge !== undefined) return await (await import("./extract-manifest.ts")).mergeShards(call);
    if (manifest !== undefined) return await (await import("./extract-manifest.ts")).extractManifest(call);
    return await (await import("./extract-one.ts")).extractOne(call);
  },
};
