/** One column of the design matrix: how a value of a patient becomes a number. Everything learned is in here. */
export type DesignColumn =
  | {
      readonly kind: "linear";
      readonly column: string;
      readonly impute: number;
      readonly center: number;
      readonly scale: number;
    }
  | {
      readonly kind: "spline";
      readonly column: string;
      readonly impute: number;
      readonly knots: readonly number[];
      /** 0 is the linear term; i >= 1 the i-th non-linear basis function of Harrell, scaled by (last - first knot)^2. */
      readonly basis: number;
      readonly center: number;
      readonly scale: number;
    }
  | {
      readonly kind: "indicator";
      readonly column: string;
      readonly level: string;
      readonly imputeLevel: string;
      readonly center: number;
      readonly scale: number;
    }
  | {
      readonly kind: "rank";
      readonly column: string;
      readonly levels: readonly string[];
      readonly impute: number;
      readonly center: number;
      readonly scale: number;
    }
  /** Linear predictor of `scores[name]`. */
  | { readonly kind: "score"; readonly name: string; readonly center: number; readonly scale: number };
