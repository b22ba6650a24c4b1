import { axisX, axisY, gridX, gridY, type Markish } from "@observablehq/plot";
import { HAIRLINE, INK } from "./palette.ts";

/** A horizontal or vertical axis: where it has ticks, what these read, and its title. */
export interface AxisPlan {
  readonly label: string;
  readonly ticks: readonly number[];
  readonly tickText: (value: number) => string;
  /** px between axis and title; more where ticks are wide. */
  readonly offset?: number;
}

/** A quiet horizontal axis below the frame, title in the middle, hair lines across the frame. */
export function horizontalAxis({ label, ticks, tickText }: AxisPlan): readonly Markish[] {
  const values = [...ticks];
  return [
    gridX(values, { stroke: HAIRLINE, strokeOpacity: 1 }),
    axisX(values, {
      label,
      labelAnchor: "center",
      labelArrow: "none",
      tickFormat: tickText,
      tickSize: 4,
      color: INK,
      fontSize: 12,
      labelOffset: 40,
    }),
  ];
}

/** A quiet vertical axis left of the frame, title in the middle, hair lines across the frame. */
export function verticalAxis({ label, ticks, tickText, offset = 42 }: AxisPlan): readonly Markish[] {
  const values = [...ticks];
  return [
    gridY(values, { stroke: HAIRLINE, strokeOpacity: 1 }),
    axisY(values, {
      label,
      labelAnchor: "center",
      labelArrow: "none",
      tickFormat: tickText,
      tickSize: 4,
      color: INK,
      fontSize: 12,
      labelOffset: offset,
    }),
  ];
}

/**
 * Multiples of a round step that lie in a range.
 *
 * @param about Number of ticks wished for.
 * @example roundTicks(0, 0.4, 5) // => [0,0.1,0.2,0.3,0.4]
 */
export function roundTicks(from: number, to: number, about: number): readonly number[] {
  const rough = (to - from) / about;
  let power = 1;
  while (power > rough) power /= 10;
  while (power * 10 <= rough) power *= 10;
  // The step of 1, 2, 5 or 10 nearest on a logarithmic scale: the bounds are the square roots of 50, 10 and 2.
  const ratio = rough / power;
  const step = power * (ratio >= 7.07 ? 10 : ratio >= 3.16 ? 5 : ratio >= 1.41 ? 2 : 1);
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  // Dividing by the inverse keeps 3 * 0.1 at 0.3.
  const inverse = Math.round(1 / step);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    step < 1 ? (first + i) / inverse : (first + i) * step,
  );
}
