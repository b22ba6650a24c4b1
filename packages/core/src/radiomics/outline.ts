import type { Region } from "../image/region.ts";
import {
  type Point,
  convexHull,
  polygonArea,
  polygonDiameter,
  polygonPerimeter,
  polygonWidth,
} from "./convex-hull.ts";

/** The geometry of a region of one slice, in units of the pixel size that it was measured with. */
export interface Outline {
  readonly pixelArea: number;
  /** Area and perimeter of the polygon that marching squares draws at half height between pixel centres. */
  readonly meshArea: number;
  readonly perimeter: number;
  readonly hullArea: number;
  readonly hullPerimeter: number;
  readonly maximumDiameter: number;
  readonly minimumWidth: number;
  /** Four standard deviations of the pixel centres along the principal axes. */
  readonly majorAxisLength: number;
  readonly minorAxisLength: number;
  /** Sides of the box of whole pixels. */
  readonly width: number;
  readonly height: number;
}

/** The pixels of a region of one slice, with their size where it is known. */
export type OutlinedPixels = Pick<Region, "box" | "padded" | "positions" | "spacingMm">;

/** What an outline is computed from, in whole numbers of pixels. */
interface PixelGeometry {
  readonly pixels: number;
  readonly box: { readonly width: number; readonly height: number };
  /** How often each of the 16 patterns of 2 × 2 pixels occurs: bits 1, 2, 4, 8 for x, x + 1, the row below, its x + 1. */
  readonly cells: Uint32Array;
  /** Corners of the convex hull of the polygon's vertices, in half pixels. */
  readonly hull: readonly Point[];
  /** n² times the population (co)variances of the pixel centres. */
  readonly scatter: { readonly xx: number; readonly yy: number; readonly xy: number };
}

/**
 * The outlines of a region of one slice, one for each size of a pixel.
 *
 * @param pixelSizes Width and height of a pixel, above 0.
 * @source Marching squares; axes from the population covariance of pixel centres, as in PyRadiomics' shape2D.
 */
export function measureOutlines(region: OutlinedPixels, pixelSizes: readonly Point[]): Outline[] {
  const inside = insidePlane(region);
  const { width } = region.padded;
  const geometry: PixelGeometry = {
    pixels: region.positions.length,
    box: region.box,
    cells: cellConfigurations(inside, width),
    hull: convexHull(extremeVertices(inside, width)),
    scatter: scatterOf(inside, width),
  };
  return pixelSizes.map((pixelSize) => scaleOutline(geometry, pixelSize));
}

function scaleOutline({ pixels, box, cells, hull, scatter }: PixelGeometry, pixelSize: Point): Outline {
  const [sx, sy] = pixelSize;
  const corners = hull.map(([x, y]): Point => [(x * sx) / 2, (y * sy) / 2]);
  return {
    pixelArea: pixels * sx * sy,
    meshArea: meshArea(cells) * sx * sy,
    perimeter: meshPerimeter(cells, pixelSize),
    hullArea: polygonArea(corners),
    hullPerimeter: polygonPerimeter(corners),
    maximumDiameter: polygonDiameter(corners),
    minimumWidth: polygonWidth(corners),
    ...principalAxes(scatter, pixels, pixelSize),
    width: box.width * sx,
    height: box.height * sy,
  };
}

/** 1 for the pixels of the region in its padded slice. */
function insidePlane({ padded, positions }: OutlinedPixels): Uint8Array {
  const plane = padded.width * padded.height;
  const inside = new Uint8Array(plane);
  const offset = padded.depth === 1 ? 0 : plane;
  for (let k = 0; k < positions.length; k++) inside[positions[k] - offset] = 1;
  return inside;
}

function cellConfigurations(inside: Uint8Array, width: number): Uint32Array {
  const counts = new Uint32Array(16);
  const last = inside.length - width - 1;
  for (let p = 0; p < last; p++)
    counts[inside[p] | (inside[p + 1] << 1) | (inside[p + width] << 2) | (inside[p + width + 1] << 3)]++;
  return counts;
}

/** Area inside the polygon in a cell, in eighths of a pixel; pixels that touch at a corner only are kept apart. */
const areaInEighths = [0, 1, 1, 4, 1, 4, 2, 7, 1, 2, 4, 7, 4, 7, 7, 8];

function meshArea(cells: Uint32Array): number {
  return areaInEighths.reduce((sum, eighths, pattern) => sum + eighths * cells[pattern], 0) / 8;
}

function meshPerimeter(cells: Uint32Array, [sx, sy]: Point): number {
  const corners = [1, 2, 4, 8, 7, 11, 13, 14].reduce((sum, pattern) => sum + cells[pattern], 0);
  const saddles = cells[6] + cells[9];
  const [horizontal, vertical] = [cells[3] + cells[12], cells[5] + cells[10]];
  const diagonal = Math.sqrt(sx * sx + sy * sy) / 2;
  return (corners + 2 * saddles) * diagonal + horizontal * sx + vertical * sy;
}

/** Outermost polygon vertices of each row and column, in half pixels: every other vertex lies between two of them. */
function extremeVertices(inside: Uint8Array, width: number): Point[] {
  const vertices: Point[] = [];
  const [top, bottom] = [new Int32Array(width).fill(-1), new Int32Array(width)];
  for (let row = 0, y = 0; row < inside.length; row += width, y++) {
    let [first, last] = [-1, -1];
    for (let x = 0; x < width; x++) {
      if (inside[row + x] === 0) continue;
      if (first < 0) first = x;
      last = x;
      if (top[x] < 0) top[x] = y;
      bottom[x] = y;
    }
    if (first >= 0) vertices.push([2 * first - 1, 2 * y], [2 * last + 1, 2 * y]);
  }
  for (let x = 0; x < width; x++)
    if (top[x] >= 0) vertices.push([2 * x, 2 * top[x] - 1], [2 * x, 2 * bottom[x] + 1]);
  return vertices;
}

/** Differences of whole numbers, exact for any region that fits a screen. */
function scatterOf(inside: Uint8Array, width: number): PixelGeometry["scatter"] {
  let [n, x1, y1, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let row = 0, y = 0; row < inside.length; row += width, y++) {
    let [count, sum, squares] = [0, 0, 0];
    for (let x = 0; x < width; x++) {
      const weight = inside[row + x];
      count += weight;
      sum += weight * x;
      squares += weight * x * x;
    }
    n += count;
    x1 += sum;
    xx += squares;
    y1 += count * y;
    yy += count * y * y;
    xy += sum * y;
  }
  return { xx: n * xx - x1 * x1, yy: n * yy - y1 * y1, xy: n * xy - x1 * y1 };
}

function principalAxes(
  scatter: PixelGeometry["scatter"],
  pixels: number,
  [sx, sy]: Point,
): Pick<Outline, "majorAxisLength" | "minorAxisLength"> {
  const squared = pixels * pixels;
  const a = (scatter.xx / squared) * sx * sx;
  const b = (scatter.yy / squared) * sy * sy;
  const c = (scatter.xy / squared) * sx * sy;
  const major = (a + b) / 2 + Math.sqrt(((a - b) / 2) * ((a - b) / 2) + c * c);
  const minor = major === 0 ? 0 : Math.max(0, a * b - c * c) / major;
  return { majorAxisLength: 4 * Math.sqrt(major), minorAxisLength: 4 * Math.sqrt(minor) };
}
