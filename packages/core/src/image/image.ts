/** Width, height, depth in pixels; a 2-D frame has depth 1. */
export type Dimensions = readonly [width: number, height: number, depth: number];

/** Size of a pixel in mm along x, y, z. */
export type Spacing = readonly [x: number, y: number, z: number];

/** Grey levels on a regular grid. Pixel (x, y, z) is at index (z * height + y) * width + x. */
export interface Image {
  readonly dimensions: Dimensions;
  /** Null when the file states none; features that need millimetres refuse such an image. */
  readonly spacingMm: Spacing | null;
  readonly values: Uint8Array | Uint16Array | Float32Array | Float64Array;
}

/** Region of interest on the grid of an image: 1 inside, 0 outside. */
export interface Mask {
  readonly dimensions: Dimensions;
  readonly values: Uint8Array;
}

/** A length on an image: in mm, where the image states its spacing, or in pixels. */
export type Length = { readonly mm: number } | { readonly px: number };
