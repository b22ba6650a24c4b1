import type { FeatureDefinition } from "../features/feature-definition.ts";
import type { Point } from "./convex-hull.ts";
import { type Outline, type OutlinedPixels, measureOutlines } from "./outline.ts";

/** The outline of a region of one slice in pixels, and in mm where the image states its spacing. */
export interface Shape2d {
  readonly inPixels: Outline;
  readonly inMm: Outline | null;
}

/**
 * The shape of a region in the plane of its slice.
 *
 * @returns Null where the region spans several slices.
 */
export function describeShape2d(region: OutlinedPixels): Shape2d | null {
  if (region.box.depth > 1) return null;
  const { spacingMm } = region;
  const sizes: Point[] =
    spacingMm === null
      ? [[1, 1]]
      : [
          [1, 1],
          [spacingMm[0], spacingMm[1]],
        ];
  const [inPixels, inMm = null] = measureOutlines(region, sizes);
  return { inPixels, inMm };
}

const noSpacing = "the image states no pixel spacing";
const linear = [
  ["pixelArea", "area of the pixels", 2],
  ["meshArea", "area", 2],
  ["perimeter", "perimeter", 1],
  ["majorAxisLength", "major axis length", 1],
  ["minorAxisLength", "minor axis length", 1],
  ["maximumDiameter", "maximum diameter", 1],
  ["minimumWidth", "minimum caliper width", 1],
  ["width", "width", 1],
  ["height", "height", 1],
] as const;

type Measure = (typeof linear)[number][0];

/** Ratios do not depend on the unit; without spacing, pixels are taken as square. */
function ratio(name: string, compute: (outline: Outline) => number): FeatureDefinition<Shape2d> {
  return { name, ibsi: null, unit: "1", compute: ({ inMm, inPixels }) => compute(inMm ?? inPixels) };
}

function equivalentDiameter({ meshArea }: Outline): number {
  return 2 * Math.sqrt(meshArea / Math.PI);
}

function lengthsIn(unit: "mm" | "px"): Record<Measure, FeatureDefinition<Shape2d>> {
  const entries = linear.map(([key, name, power]) => {
    const compute = ({ inMm, inPixels }: Shape2d) => (unit === "px" ? inPixels : inMm)?.[key] ?? null;
    return [
      key,
      { name, ibsi: null, unit: power === 2 ? `${unit}²` : unit, undefinedWhen: noSpacing, compute },
    ] as const;
  });
  return Object.fromEntries(entries) as Record<Measure, FeatureDefinition<Shape2d>>;
}

/**
 * Shape of a region in one slice: lengths in mm, null where the image states no spacing, and ratios. The IBSI defines
 * shape in 3-D only; these are not its features. Names and definitions follow PyRadiomics' shape2D where it has them.
 */
export const shape2dFeatures = {
  ...lengthsIn("mm"),
  equivalentDiameter: {
    name: "diameter of the circle of equal area",
    ibsi: null,
    unit: "mm",
    undefinedWhen: noSpacing,
    compute: ({ inMm }) => (inMm === null ? null : equivalentDiameter(inMm)),
  },
  perimeterToAreaRatio: {
    name: "perimeter to area ratio",
    ibsi: null,
    unit: "1/mm",
    undefinedWhen: noSpacing,
    compute: ({ inMm }) => (inMm === null ? null : inMm.perimeter / inMm.meshArea),
  },
  // Perimeter of the circle of equal area over the perimeter.
  sphericity: ratio("sphericity", (o) => (2 * Math.sqrt(Math.PI * o.meshArea)) / o.perimeter),
  compactness: ratio("compactness", (o) => (4 * Math.PI * o.meshArea) / (o.perimeter * o.perimeter)),
  elongation: {
    name: "elongation, minor over major axis",
    ibsi: null,
    unit: "1",
    undefinedWhen: "the region is a single pixel",
    compute: ({ inMm, inPixels }) => {
      const { majorAxisLength, minorAxisLength } = inMm ?? inPixels;
      return majorAxisLength === 0 ? null : minorAxisLength / majorAxisLength;
    },
  },
  solidity: ratio("solidity, area over that of the convex hull", (o) => o.meshArea / o.hullArea),
  convexity: ratio(
    "convexity, perimeter of the convex hull over perimeter",
    (o) => o.hullPerimeter / o.perimeter,
  ),
  extent: ratio(
    "extent, area of the pixels over that of their box",
    (o) => o.pixelArea / (o.width * o.height),
  ),
  heightToWidthRatio: ratio("height over width", (o) => o.height / o.width),
} satisfies Record<string, FeatureDefinition<Shape2d>>;

/** The lengths of {@link shape2dFeatures} in pixels, for images without spacing; they depend on the zoom of the machine. */
export const shape2dPixelFeatures = lengthsIn("px");
