/**
 * How fast the radiomics engine is beside PyRadiomics and Pictologics: `npm run bench:radiomics`, with the cases and their
 * figures in SENTINODE_PEERS. Prints one line a case; writes the tables and the figure of docs/radiomics-speed.md.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as Plot from "@observablehq/plot";
import { extractRadiomics, type Image, type Mask, type RadiomicsSettings } from "@sentinode/core";
import { parseHTML } from "linkedom";
import { readPeerCase } from "../oracles/radiomics/peer-case.ts";
import { inUnits, peers } from "./peers.ts";

const root = resolve(import.meta.dirname, "..");
const cases = join(peers, "radiomics");
if (!existsSync(cases)) throw new Error(`no cases in ${cases}; name the folder by SENTINODE_PEERS`);

type Binning = RadiomicsSettings["discretisations"][number];
const width25: Binning = { method: "fixed-bin-width", width: 25, lowerBound: "multiple" };
const bins32: Binning = { method: "fixed-bin-number", bins: 32 };

/** PyRadiomics' features of a case, with its five Laplacians and all wavelet bands where asked. */
function settingsOf(image: Image, binning: Binning, isFiltered: boolean): RadiomicsSettings {
  const isVolume = image.dimensions[2] > 1;
  const dimensions = isVolume ? 3 : 2;
  const sigmas = isFiltered ? [1, 2, 3, 4, 5] : [];
  const bands = isFiltered ? Array.from({ length: 1 << dimensions }, (_, k) => k) : [];
  return {
    profile: "pyradiomics",
    families: [isVolume ? "morphology" : "shape2d", "firstOrder", "glcm", "glrlm", "glszm", "ngldm", "ngtdm"],
    discretisations: [binning],
    aggregation: "averaged",
    neighbourhood: isVolume ? "3d" : "2d",
    filters: [
      { kind: "none" },
      ...sigmas.map(
        (mm) =>
          ({
            kind: "laplacianOfGaussian",
            sigma: { mm },
            truncateSigmas: 4,
            method: "recursive",
            scaleNormalised: true,
            dimensions,
            boundary: "nearest",
          }) as const,
      ),
      ...bands.map(
        (k) =>
          ({
            kind: "wavelet",
            wavelet: "coif1",
            level: 1,
            band: Array.from({ length: dimensions }, (_, axis) => ((k >> axis) & 1 ? "H" : "L")).join(""),
            decimated: false,
            pooling: "none",
            dimensions,
            boundary: "periodic",
          }) as const,
      ),
    ],
  };
}

interface Comparison {
  readonly name: string;
  readonly file: string;
  readonly binning: Binning;
  readonly isFiltered: boolean;
  /** Units of PyRadiomics and of Pictologics (whose 136 features have no shape), from the folder's README. */
  readonly pyradiomics: number;
  readonly pictologics?: number;
  readonly repeats: number;
}

const comparisons: readonly Comparison[] = [
  {
    name: "2-D, 4,997 px, bin width 25",
    file: "us5000",
    binning: width25,
    isFiltered: false,
    pyradiomics: 2.4,
    pictologics: 0.53,
    repeats: 101,
  },
  {
    name: "2-D, 4,997 px, 32 bins",
    file: "us5000",
    binning: bins32,
    isFiltered: false,
    pyradiomics: 2.7,
    pictologics: 0.53,
    repeats: 101,
  },
  {
    name: "2-D, 79,993 px, bin width 25",
    file: "us80000",
    binning: width25,
    isFiltered: false,
    pyradiomics: 11.4,
    pictologics: 3.4,
    repeats: 31,
  },
  {
    name: "2-D, 79,993 px, 32 bins",
    file: "us80000",
    binning: bins32,
    isFiltered: false,
    pyradiomics: 9.8,
    pictologics: 3.4,
    repeats: 31,
  },
  {
    name: "2-D, 4,997 px, LoG and wavelet",
    file: "us5000",
    binning: width25,
    isFiltered: true,
    pyradiomics: 32,
    repeats: 21,
  },
  {
    name: "2-D, 79,993 px, LoG and wavelet",
    file: "us80000",
    binning: width25,
    isFiltered: true,
    pyradiomics: 114,
    repeats: 9,
  },
  {
    name: "3-D, 102,700 voxels, with shape",
    file: "vol96",
    binning: width25,
    isFiltered: false,
    pyradiomics: 47,
    repeats: 15,
  },
  {
    name: "3-D, LoG and wavelets",
    file: "vol96",
    binning: width25,
    isFiltered: true,
    pyradiomics: 343,
    repeats: 5,
  },
];

const rows = comparisons.map(({ name, file, binning, isFiltered, pyradiomics, pictologics, repeats }) => {
  const { image, mask } = readPeerCase(cases, file);
  const settings = settingsOf(image, binning, isFiltered);
  const features = extractRadiomics(image, mask, settings).length;
  const { units, ms } = inUnits(() => extractRadiomics(image, mask, settings), repeats);
  const ratio = (peer: number | undefined) => (peer === undefined ? "" : `${(peer / units).toFixed(1)} ×`);
  console.log(
    `${name}: ${units.toFixed(2)} units (${ms.toFixed(1)} ms CPU), PyRadiomics ${ratio(pyradiomics)}`,
  );
  return `| ${name} | ${String(features)} | ${units.toFixed(2)} | ${String(pyradiomics)} | ${ratio(pyradiomics)} | ${ratio(pictologics)} |`;
});

/** A disc of speckle of as many pixels. */
function disc(pixels: number): { image: Image; mask: Mask } {
  const radius = Math.sqrt(pixels / Math.PI);
  const side = Math.ceil(2 * radius) + 3;
  let state = 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  const values = Uint8Array.from({ length: side * side }, next);
  const inside = Uint8Array.from({ length: side * side }, (_, p) => {
    const [x, y] = [(p % side) - side / 2, Math.floor(p / side) - side / 2];
    return x * x + y * y <= radius * radius ? 1 : 0;
  });
  const dimensions = [side, side, 1] as const;
  return { image: { dimensions, spacingMm: [1, 1, 1], values }, mask: { dimensions, values: inside } };
}

const growth = [8, 32, 64, 256].flatMap((bins) =>
  [1_000, 4_000, 16_000, 64_000, 250_000, 1_000_000].map((pixels) => {
    const { image, mask } = disc(pixels);
    // The IBSI's features: PyRadiomics' maximal correlation takes the cube of the levels, as eigenvalues do.
    const settings: RadiomicsSettings = {
      ...settingsOf(image, { method: "fixed-bin-number", bins }, false),
      profile: "ibsi",
    };
    const { ms } = inUnits(() => extractRadiomics(image, mask, settings), pixels > 100_000 ? 5 : 21);
    console.log(`${String(pixels)} px, ${String(bins)} levels: ${ms.toFixed(2)} ms`);
    return { pixels, levels: `${String(bins)} levels`, ms };
  }),
);

const { document } = parseHTML("<html><body></body></html>");
const figure = Plot.plot({
  document: document,
  width: 640,
  height: 400,
  marginLeft: 60,
  x: { type: "log", label: "pixels of the region" },
  y: { type: "log", label: "CPU milliseconds", grid: true },
  color: { legend: false },
  marks: [
    Plot.line(growth, { x: "pixels", y: "ms", stroke: "levels", marker: "circle" }),
    Plot.text(
      growth.filter(({ pixels }) => pixels === 1_000_000),
      { x: "pixels", y: "ms", text: "levels", textAnchor: "end", dx: -6, dy: -8 },
    ),
  ],
});
mkdirSync(join(root, "docs/figures"), { recursive: true });
writeFileSync(
  join(root, "docs/figures/radiomics-growth.svg"),
  (figure as unknown as { outerHTML: string }).outerHTML,
);

/** Peak memory of a process that extracts the 939 features of the largest frame once. */
function peakMiB(): string {
  const script = `
    import { readFileSync } from "node:fs";
    import { readPeerCase } from ${JSON.stringify(join(root, "oracles/radiomics/peer-case.ts"))};
    import { extractRadiomics } from ${JSON.stringify(join(root, "packages/core/src/radiomics/extract.ts"))};
    const { image, mask } = readPeerCase(${JSON.stringify(cases)}, "us80000");
    extractRadiomics(image, mask, ${JSON.stringify(settingsOf(readPeerCase(cases, "us80000").image, width25, true))});
    // What the system calls the largest resident size begins with that of the parent process; VmHWM does not.
    const status = readFileSync("/proc/self/status", "utf8");
    console.log(Number(/VmHWM:\\s+(\\d+)/.exec(status)[1]) / 1024);`;
  // The first process compiles, as an installed package has been: the second one is measured.
  const cache = mkdtempSync(join(tmpdir(), "sentinode-bench-"));
  const measure = () =>
    spawnSync(process.execPath, ["--conditions=@sentinode/source", "--input-type=module", "-e", script], {
      encoding: "utf8",
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    }).stdout;
  measure();
  const stdout = measure();
  rmSync(cache, { recursive: true, force: true });
  return Number(stdout).toFixed(0);
}

const memory = peakMiB();
console.log(`939 features of 79,993 px: ${memory} MiB at most`);
writeFileSync(
  join(root, "docs/radiomics-speed.md"),
  `# Speed of the radiomics engine

Printed by \`npm run bench:radiomics\` on ${cpus()[0]?.model.trim() ?? "an unknown processor"}, Node ${process.versions.node}: one thread, warm, arrays in memory, CPU time in calibration units taken before and after each case. PyRadiomics' and Pictologics' units are those measured where they ran; Pictologics' features (136) have no shape. Ratios say how many times faster Sentinode is.

| case | features | Sentinode, units | PyRadiomics, units | against PyRadiomics | against Pictologics |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

Peak memory of a process that extracts the 939 features of the frame of 79,993 pixels: ${memory} MiB, Node itself included.

Time grows with the pixels; grey levels add what their matrices hold (the same families in the IBSI's definitions):

![CPU time by pixels and grey levels](figures/radiomics-growth.svg)

| pixels | 8 levels | 32 levels | 64 levels | 256 levels |
| --- | --- | --- | --- | --- |
${[...new Set(growth.map(({ pixels }) => pixels))]
  .map(
    (pixels) =>
      `| ${String(pixels)} | ${growth
        .filter((one) => one.pixels === pixels)
        .map(({ ms }) => `${ms.toFixed(2)} ms`)
        .join(" | ")} |`,
  )
  .join("\n")}
`,
);
