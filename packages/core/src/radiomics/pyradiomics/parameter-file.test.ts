import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { readRadiomicsSettings } from "../read-settings.ts";

const read = (lines: readonly string[], dimensions: 2 | 3 = 2) =>
  readRadiomicsSettings(lines.join("\n"), "Params.yaml", dimensions);
const setting = (...keys: string[]) => ["setting:", ...keys.map((key) => `  ${key}`)];
const filtersOf = (lines: readonly string[], dimensions: 2 | 3 = 2) =>
  read(lines, dimensions).settings.filters!;
const verdictOf = (lines: readonly string[], key: string, dimensions: 2 | 3 = 2) =>
  read(lines, dimensions).report.find((one) => one.key === key)?.verdict;

function problemsOf(lines: readonly string[], dimensions: 2 | 3 = 2): readonly string[] {
  try {
    read(lines, dimensions);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

describe("a PyRadiomics parameter file", () => {
  it("without anything has PyRadiomics' defaults: bin width 25, averaged directions, the original image", () => {
    const { settings, label, report } = read(["setting: {}"], 3);
    expect(settings).toEqual({
      profile: "pyradiomics",
      families: ["firstOrder", "morphology", "glcm", "glrlm", "glszm", "ngldm", "ngtdm"],
      discretisations: [{ method: "fixed-bin-width", width: 25, lowerBound: "multiple" }],
      aggregation: "averaged",
      neighbourhood: "3d",
      filters: [{ kind: "none" }],
    });
    expect([label, report]).toEqual([null, []]);
    expect(read(["setting: {}"]).settings.families).toContain("shape2d");
    expect(read(["setting: {}"]).settings.families).not.toContain("morphology");
  });

  it("may be JSON, and null is as if a key were absent", () => {
    const { settings } = read([
      '{"setting": {"binWidth": null, "binCount": 16, "resampledPixelSpacing": null}}',
    ]);
    expect(settings.discretisations).toEqual([{ method: "fixed-bin-number", bins: 16 }]);
    expect(settings.resample).toBeUndefined();
  });

  it("says of each key what became of it", () => {
    const lines = setting("binWidth: 5", "label: 2", "minimumROISize: 50", "correctMask: true", "gldm_a: 0");
    const { report, label } = read(lines);
    expect(report.map(({ key, verdict }) => `${key} ${verdict}`)).toEqual([
      "setting.binWidth translated",
      "setting.correctMask refused",
      "setting.gldm_a honoured",
      "setting.label honoured",
      "setting.minimumROISize refused",
    ]);
    expect(label).toBe(2);
  });

  it("normalises, resamples and re-segments as it says", () => {
    const { settings } = read(
      setting(
        "normalize: true",
        "normalizeScale: 100",
        "removeOutliers: 3",
        "resampledPixelSpacing: [2, 2, 0]",
        "interpolator: sitkLinear",
        "padDistance: 10",
        "preCrop: true",
        "resegmentRange: [50, -50]",
        "voxelArrayShift: 300",
      ),
      3,
    );
    expect(settings).toMatchObject({
      normalise: { method: "z-score", scale: 100, outlierSigmas: 3 },
      resample: { spacingMm: [2, 2, null], image: "linear", alignment: "corner", marginPx: 10 },
      resegment: { range: [-50, 50] },
      energyShift: 300,
    });
    expect(settings.cropMarginPx).toBeUndefined();
    expect(read(setting("preCrop: true")).settings.cropMarginPx).toBe(5);
    expect(read(setting("resegmentRange: [-3, 3]", "resegmentMode: sigma")).settings.resegment).toEqual({
      outlierSigmas: 3,
    });
    expect(read(setting("resegmentRange: [40]")).settings.resegment).toEqual({ range: [40, null] });
  });

  it("merges directions by the norm of weightingNorm", () => {
    const merged = (norm: string) => read(setting(`weightingNorm: ${norm}`)).settings;
    expect(merged("no_weighting")).toMatchObject({ aggregation: "merged" });
    expect(merged("no_weighting").distanceWeighting).toBeUndefined();
    expect(merged("infinity")).toMatchObject({ aggregation: "merged", distanceWeighting: "chebyshev" });
    expect(merged("manhattan")).toMatchObject({ distanceWeighting: "manhattan" });
  });

  it("with force2D measures slices, wavelets in slices, and still filters the volume by LoG and gradient", () => {
    const lines = [
      ...setting("force2D: true"),
      "imageType: {Wavelet: {}, LoG: {sigma: [2]}, Gradient: {gradientUseSpacing: false}}",
    ];
    const { settings } = read(lines, 3);
    expect(settings.neighbourhood).toBe("2.5d");
    expect(settings.families).toContain("morphology");
    const dimensions = settings.filters!.map((filter) => ("dimensions" in filter ? filter.dimensions : 0));
    expect(dimensions).toEqual([2, 2, 2, 2, 3, 3]);
    expect(settings.filters!.at(-1)).toMatchObject({ kind: "gradient", perMm: false });
  });

  it("chooses features by class; an empty list is all of them", () => {
    const lines = ["featureClass:", "  firstorder: []", "  glcm: [Contrast, Imc1, Contrast]", "  gldm:"];
    const { families, features } = read(lines).settings;
    expect(families).toEqual(["firstOrder", "glcm", "ngldm"]);
    expect(features).toEqual({ glcm: ["Contrast", "Imc1"] });
  });

  it("measures redundant features where they are named, and says which have no value in PyRadiomics", () => {
    const lines = ["featureClass:", "  shape: [Compactness1]", "  glcm: [Homogeneity1, Id]"];
    expect(read(lines, 3).settings.features).toEqual({ morphology: ["Compactness1"], glcm: ["Id"] });
    expect(verdictOf(lines, "featureClass.glcm.Homogeneity1", 3)).toBe("refused");
  });
});

describe("images of a parameter file", () => {
  it("have filters, names and binnings of their own", () => {
    const lines = [
      ...setting("binWidth: 5", "sigma: [1.5]"),
      "imageType:",
      "  Original:",
      "  LoG: {binWidth: 2}",
      "  LBP2D: {binCount: 10, lbp2DRadius: 2, lbp2DSamples: 16}",
    ];
    expect(filtersOf(lines)).toMatchObject([
      { kind: "none" },
      {
        kind: "laplacianOfGaussian",
        sigma: { mm: 1.5 },
        discretisations: [{ method: "fixed-bin-width", width: 2, lowerBound: "multiple" }],
      },
      {
        kind: "localBinaryPattern",
        radiusPx: 2,
        samples: 16,
        discretisations: [{ method: "fixed-bin-number", bins: 10 }],
      },
    ]);
  });

  it("keep whether a sigma is written as 1 or 1.0", () => {
    const lines = ["imageType:", "  LoG:", "    sigma: [1.0, 2, 2.5]"];
    const written = filtersOf(lines).map((filter) =>
      "sigmaAsWritten" in filter ? filter.sigmaAsWritten : null,
    );
    expect(written).toEqual(["1.0", null, null]);
  });

  it("of a wavelet are all bands of each level, and the low-pass one of the last", () => {
    const bands = (dimensions: 2 | 3, own: string) =>
      filtersOf(["imageType:", `  Wavelet: ${own}`], dimensions).map((filter) =>
        filter.kind === "wavelet" ? `${filter.level}${filter.band}` : "",
      );
    expect(bands(2, "{}").sort()).toEqual(["1HH", "1HL", "1LH", "1LL"]);
    expect(bands(2, "{level: 2}").sort()).toEqual(["1HH", "1HL", "1LH", "2HH", "2HL", "2LH", "2LL"]);
    expect(bands(3, "{start_level: 1}").length).toBe(8);
    expect(bands(2, "{start_level: 1}")).toContain("2HH");
  });
});

describe("a parameter file is refused with its line", () => {
  it.each([
    ["an unknown key", setting("label: 1", "force2DDimension: 0"), "Params.yaml, line 2", "force2DDimension"],
    ["a value that PyRadiomics does not take", setting('binWidth: "25"'), "Params.yaml, line 2", "binWidth"],
    ["another alpha", setting("gldm_a: 1"), "Params.yaml, line 2", "gldm_a"],
    ["further neighbours", setting("distances: [1, 2]"), "Params.yaml, line 2", "distances"],
    ["ordered pairs", setting("symmetricalGLCM: false"), "Params.yaml, line 2", "symmetricalGLCM"],
    [
      "another interpolator",
      setting("resampledPixelSpacing: [1, 1]", "interpolator: sitkGaussian"),
      "line 3",
      "sitkBSpline",
    ],
    [
      "a relative range",
      setting("resegmentMode: relative", "resegmentRange: [0.4]"),
      "line 2",
      "resegmentMode",
    ],
    [
      "a lopsided range in sigmas",
      setting("resegmentMode: sigma", "resegmentRange: [-2, 3]"),
      "line 3",
      "resegmentRange",
    ],
    ["patterns in a volume", ["imageType:", "  LBP3D: {}"], "line 2", "LBP3D"],
    ["a Laplacian without sigma", ["imageType:", "  LoG: {}"], "line 2", "sigma"],
    ["a wavelet that is not here", ["imageType:", "  Wavelet: {wavelet: bior1.3}"], "line 2", "coif1"],
    [
      "weights of one image",
      ["imageType:", "  Square: {weightingNorm: manhattan}"],
      "line 2",
      "move it to setting",
    ],
    ["an unknown class", ["featureClass:", "  gldzm:"], "line 2", "classes are"],
    ["an unknown feature", ["featureClass:", "  glcm: [Contrasts]"], "line 2", "Contrasts"],
  ])("%s", (_what, lines, where, word) => {
    const problems = problemsOf(lines);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(where);
    expect(problems[0]).toContain(word);
  });

  it("for every reason at once", () => {
    expect(problemsOf(setting("gldm_a: 1", "distances: [2]", "label_channel: 1"))).toHaveLength(3);
  });

  it("but not for what changes no value", () => {
    const lines = [
      ...setting(
        "resegmentShape: true",
        "resegmentMode: relative",
        "interpolator: sitkGaussian",
        "force2Ddimension: 1",
      ),
      "voxelSetting: {kernelRadius: 2}",
    ];
    expect(problemsOf(lines, 3)).toEqual([]);
    expect(verdictOf(lines, "voxelSetting", 3)).toBe("refused");
  });
});
