import { type Region } from "../image/region.ts";
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

/**
 * The outline of a region of one slice.
 *
 * @param pixelSize Width and height of a pixel, above 0.
 * @source Marching squares; axes from the population covariance of pixel centres, as in PyRadiomics' shape2D.
 */
export function measureOutline(region: Region, pixelSize: Point): Outline {
  const [sx, sy] = pixelSize;
  const inside = insidePlane(region);
  const cells = cellConfigurations(inside, region.padded.width);
  // Hull vertices are found in half pixels, where they are whole numbers.
  const hull = convexHull(extremeVertices(inside, region.padded.width)).map(([x, y]): Point => [
    (x * sx) / 2,
    (y * sy) / 2,
  ]);
  return {
    pixelArea: region.positions.length * sx * sy,
    meshArea: meshArea(cells) * sx * sy,
    perimeter: meshPerimeter(cells, pixelSize),
    hullArea: polygonArea(hull),
    hullPerimeter: polygonPerimeter(hull),
    maximumDiameter: polygonDiameter(hull),
    minimumWidth: polygonWidth(hull),
    ...principalAxes(region, pixelSize),
    width: region.box.width * sx,
    height: region.box.height * sy,
  };
}

/** 1 for the pixels of the region in its padded slice. */
function insidePlane({ padded, positions }: Region): Uint8Array {
  const plane = padded.width * padded.height;
  const inside = new Uint8Array(plane);
  for (const position of positions) inside[position - plane] = 1;
  return inside;
}

/** How often each of the 16 patterns of 2 × 2 pixels occurs: bits 1, 2, 4, 8 for x, x + 1, the row below, its x + 1. */
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
  const height = inside.length / width;
  for (let y = 0; y < height; y++) {
    const row = inside.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(1);
    if (first >= 0) vertices.push([2 * first - 1, 2 * y], [2 * row.lastIndexOf(1) + 1, 2 * y]);
  }
  for (let x = 0; x < width; x++) {
    let [first, last] = [-1, -1];
    for (let y = 0; y < height; y++)
      if (inside[y * width + x] === 1) {
        if (first < 0) first = y;
        last = y;
      }
    if (first >= 0) vertices.push([2 * x, 2 * first - 1], [2 * x, 2 * last + 1]);
  }
  return vertices;
}

function principalAxes(
  { positions, padded }: Region,
  [sx, sy]: Point,
): Pick<Outline, "majorAxisLength" | "minorAxisLength"> {
  const n = positions.length;
  let [x1, y1, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (const position of positions) {
    const x = position % padded.width;
    const y = Math.floor(position / padded.width) - padded.height;
    x1 += x;
    y1 += y;
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  // Differences of whole numbers, exact for any region that fits a screen.
  const a = ((n * xx - x1 * x1) / (n * n)) * sx * sx;
  const b = ((n * yy - y1 * y1) / (n * n)) * sy * sy;
  const c = ((n * xy - x1 * y1) / (n * n)) * sx * sy;
  const major = (a + b) / 2 + Math.sqrt(((a - b) / 2) * ((a - b) / 2) + c * c);
  const minor = major === 0 ? 0 : Math.max(0, a * b - c * c) / major;
  return { majorAxisLength: 4 * Math.sqrt(major), minorAxisLength: 4 * Math.sqrt(minor) };
}
