/** How an image is sampled on another grid before features are measured (IBSI 2.4). */
export interface Resampling {
  /** Size of the new pixels along x, y, z; null: as before along that axis (z of a study by slices). */
  readonly spacingMm: readonly [x: number | null, y: number | null, z: number | null];
  readonly image: Interpolation;
  readonly mask: Interpolation;
  /** Share of a mask pixel from which it is inside; the IBSI uses 0.5. */
  readonly partialVolume: number;
  /**
   * Whether intensities are rounded to whole numbers, as for Hounsfield units (IBSI 68QD). `as-stored`: an image of whole
   * numbers stays one, fractions being cut off, as ITK and so PyRadiomics do.
   */
  readonly roundIntensities: boolean | "as-stored";
  /**
   * Where the new grid lies: its centre is that of the old one (IBSI 3WE3), or the corner of its first pixel is
   * (PyRadiomics, which also leaves an axis alone along which the region is one pixel thick).
   */
  readonly alignment: "centre" | "corner";
  /** New pixels that are kept around the region (PyRadiomics' padDistance); absent: the whole image. */
  readonly marginPx?: number;
}

/** Nearest neighbour, (tri)linear, or cubic B-spline. */
export type Interpolation = "nearest" | "linear" | "cubic-spline";

/** Which pixels of the outlined region take part in intensity features (IBSI 2.6). */
export interface Resegmentation {
  /** Intensities from and to, both included; null: no bound. */
  readonly range?: readonly [lower: number | null, upper: number | null];
  /** Pixels further than so many standard deviations from the mean are left out; the IBSI uses 3. */
  readonly outlierSigmas?: number;
}

/** How grey levels of different machines and settings are made comparable. */
export type Normalisation =
  /** (x - mean) / standard deviation of the whole image times `scale`, beyond `outlierSigmas` clipped, as in PyRadiomics. */
  | { readonly method: "z-score"; readonly scale: number; readonly outlierSigmas: number | null }
  /** Levels as a share of the range between two percentiles of the image's tissue (pixels above 0), clipped, times 255: takes out gain and dynamic range. */
  | { readonly method: "gain"; readonly lowerPercentile: number; readonly upperPercentile: number }
  /** Levels in percent of the smoothed level of their depth (row): takes out time gain compensation and attenuation. */
  | { readonly method: "depth"; readonly smoothing: number };
