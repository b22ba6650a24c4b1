/** A feature of a family: what it is called, what the standard calls it, and how it is computed. */
export interface FeatureDefinition<Input> {
  /** Term of the IBSI reference manual, in print. */
  readonly name: string;
  /** IBSI code; null where the standard does not define the feature. */
  readonly ibsi: string | null;
  readonly unit: string;
  /** Reason given when `compute` returns null, e.g. `the region has one grey level`. */
  readonly undefinedWhen?: string;
  /** Measured only where settings name it, since another feature of the family says the same. */
  readonly onRequest?: true;
  compute(input: Input): number | null;
}

/** The features of one family; the key is the name in code and files. */
export type FeatureFamily<Input> = Readonly<Record<string, FeatureDefinition<Input>>>;

/** A computed feature: finite, or null with the reason. */
export type FeatureValue =
  { readonly value: number; readonly reason?: undefined } | { readonly value: null; readonly reason: string };
