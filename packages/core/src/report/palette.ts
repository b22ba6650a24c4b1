/** How the marks of one model look: colour for the screen, dashes and width for print in grey. */
export interface ModelStyle {
  readonly colour: string;
  /** SVG dash pattern, empty for a solid line. */
  readonly dashes: string;
  readonly width: number;
}

/** Colours that people with any colour vision tell apart (Okabe and Ito 2008), the pale ones last. */
export const OKABE_ITO = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"] as const;

/** Ink, muted ink and hair lines of all figures. */
export const INK = "#1b1f24";
export const MUTED = "#5b6570";
export const HAIRLINE = "#d5dae0";

/** Colour of patients with and without the event. */
export const EVENT_COLOURS = { event: "#D55E00", none: "#0072B2" } as const;

const DASHES = ["7 3", "2 2.5", "9 3 2 3", "5 2 1.5 2 1.5 2"] as const;

/** Dark colours of comparators, which no model has. */
const COMPARATOR_COLOURS = [INK, "#6b3fa0", "#7a4a1e", "#667085"] as const;
const COMPARATOR_DASHES = ["1.5 2.5", "8 3 1.5 3", "4 2", "12 3", "4 2 1.5 2 1.5 2"] as const;

/**
 * The looks of the comparators of a study: thin, dark and dashed, so that the models stand out.
 *
 * @param names In the protocol's order.
 * @returns One style per name.
 */
export function comparatorStyles(names: readonly string[]): ReadonlyMap<string, ModelStyle> {
  return new Map(
    names.map((name, i) => [
      name,
      {
        colour: COMPARATOR_COLOURS[i % COMPARATOR_COLOURS.length],
        dashes: COMPARATOR_DASHES[i % COMPARATOR_DASHES.length],
        width: 1.5,
      },
    ]),
  );
}

/**
 * The looks of the models of a study: the last one, which holds the most blocks where a protocol goes from small to
 * large, is drawn solid and strong.
 *
 * @param names Models in the protocol's order.
 * @returns One style per name.
 */
export function modelStyles(names: readonly string[]): ReadonlyMap<string, ModelStyle> {
  return new Map(
    names.map((name, i) => {
      if (i === names.length - 1) return [name, { colour: "#D55E00", dashes: "", width: 2.6 }];
      return [
        name,
        { colour: OKABE_ITO[i % (OKABE_ITO.length - 1)], dashes: DASHES[i % DASHES.length], width: 1.7 },
      ];
    }),
  );
}
