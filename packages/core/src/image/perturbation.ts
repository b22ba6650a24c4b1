import type { Length } from "./image.ts";

/**
 * A small change of an image and of the outline of its region, such as another examination or another reader would make.
 * Steps of a list are done in order.
 */
export type Perturbation =
  /** Image and outline turn within their slices about the middle of the region, counter-clockwise as seen. */
  | { readonly kind: "rotate"; readonly degrees: number }
  /** Image and outline move against the grid by so many pixels along x and y, fractions of one being what matters. */
  | { readonly kind: "translate"; readonly px: readonly [x: number, y: number] }
  /** The outline moves outwards; inwards where the number is negative. `share` is that of the region's area or volume. */
  | { readonly kind: "grow"; readonly by: Length | { readonly share: number } }
  /**
   * The outline is displaced at random and smoothly, by this standard deviation. `share` is that of the radius of a
   * circle (in volumes: a sphere) of the region's size.
   */
  | { readonly kind: "contour"; readonly deviation: Length | { readonly share: number } }
  /** White Gaussian noise of a standard deviation in grey levels, or as large as that in the image. */
  | { readonly kind: "noise"; readonly levels: number | "estimated" }
  /** Grey levels times 1 + share · standard normal, pixel by pixel. */
  | { readonly kind: "speckle"; readonly share: number };

/**
 * A perturbation in words, for records.
 *
 * @example perturbationWords({ kind: "rotate", degrees: -4 }) // => "rotated by -4°"
 * @example perturbationWords({ kind: "grow", by: { share: -0.1 } }) // => "shrunk by 10 % of its size"
 */
export function perturbationWords(perturbation: Perturbation): string {
  switch (perturbation.kind) {
    case "rotate":
      return `rotated by ${perturbation.degrees}°`;
    case "translate":
      return `translated by ${perturbation.px.join(" and ")} pixels`;
    case "grow": {
      const { by } = perturbation;
      const amount = "share" in by ? by.share : "mm" in by ? by.mm : by.px;
      return `${amount < 0 ? "shrunk" : "grown"} by ${sizeWords(by, "size")}`;
    }
    case "contour":
      return `outline displaced at random by ${sizeWords(perturbation.deviation, "radius")}`;
    case "noise":
      return perturbation.levels === "estimated"
        ? "noise as strong as in the image"
        : `noise of ${perturbation.levels} grey levels`;
    case "speckle":
      return `speckle of ${percent(perturbation.share)}`;
  }
}

/** Whether a second draw gives another result. */
export function isRandom({ kind }: Perturbation): boolean {
  return kind === "contour" || kind === "noise" || kind === "speckle";
}

function percent(share: number): string {
  return `${Math.round(1000 * Math.abs(share)) / 10} %`;
}

function sizeWords(length: Length | { readonly share: number }, of: string): string {
  if ("share" in length) return `${percent(length.share)} of its ${of}`;
  return "mm" in length ? `${Math.abs(length.mm)} mm` : `${Math.abs(length.px)} pixels`;
}
