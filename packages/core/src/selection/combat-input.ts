import { InputError } from "../errors.ts";
import { columnOf, zeroMatrix } from "../math/matrix.ts";
import { orthonormalise } from "../math/qr.ts";
import type { CombatData, CombatNames, CombatOptions, GroupedRows, Unadjusted } from "./combat-model.ts";

/** A column is determined by those before it where less than this share of it is new: the tolerance of R's `qr`. */
const ALIAS_TOLERANCE = 1e-7;

/**
 * The rows by batch, names in the order of their code units.
 *
 * @throws {InputError} As `fitCombat`.
 */
export function checkCombatInput(data: CombatData, options: CombatOptions, names: CombatNames): GroupedRows {
  const { values, batches, covariates } = data;
  if (batches.length !== values.rows || names.features.length !== values.columns)
    throw new InputError(
      `ComBat needs one batch for each of ${values.rows} rows and one name for each of ${values.columns} features; got ${batches.length} and ${names.features.length}`,
    );
  if ((covariates?.columns ?? 0) !== names.covariates.length)
    throw new InputError(
      `ComBat needs a name for each of ${covariates?.columns ?? 0} covariates; got ${names.covariates.length}`,
    );
  const grouped = groupRows(batches);
  if (grouped.names.length < 2)
    throw new InputError(
      `ComBat needs at least two batches; got ${grouped.names.length}; leave harmonisation out`,
    );
  if (options.reference !== null && !grouped.names.includes(options.reference))
    throw new InputError(
      `ComBat needs rows of the reference batch "${options.reference}"; got none; name one of ${grouped.names.map((name) => `"${name}"`).join(", ")}`,
    );
  if (covariates !== null) checkCovariates(data, grouped, names.covariates);
  return grouped;
}

function groupRows(batches: readonly string[]): GroupedRows {
  const names = [...new Set(batches)].sort((a, b) => (a < b ? -1 : 1));
  const position = new Map(names.map((name, index) => [name, index]));
  const batchOf = Int32Array.from(batches, (name) => position.get(name)!);
  const sizes = names.map(() => 0);
  for (const batch of batchOf) sizes[batch] += 1;
  return { names, batchOf, sizes };
}

/** Refuses covariates whose effect cannot be told apart from that of the batches. */
function checkCovariates({ values, covariates }: CombatData, grouped: GroupedRows, names: readonly string[]) {
  if (covariates === null) return;
  if (covariates.rows !== values.rows || !covariates.values.every(Number.isFinite))
    throw new InputError(
      `ComBat needs a finite value of every covariate for each of ${values.rows} rows; got ${covariates.rows} rows or a missing value; impute covariates first`,
    );
  const batches = grouped.names.length;
  const design = zeroMatrix(values.rows, batches + covariates.columns);
  grouped.batchOf.forEach((batch, row) => (columnOf(design, batch)[row] = 1));
  design.values.set(covariates.values, batches * values.rows);
  const { aliased } = orthonormalise(design, ALIAS_TOLERANCE);
  if (aliased.length > 0)
    throw new InputError(
      `ComBat needs covariates that vary within batches; ${aliased.map((column) => names[column - batches]).join(", ")} ${aliased.length === 1 ? "is" : "are"} determined by the batches and the covariates before, so that the effects are confounded; leave ${aliased.length === 1 ? "it" : "them"} out`,
    );
}

/**
 * Which features can be adjusted.
 *
 * @returns Positions in order, and the others with the reason.
 * @throws {InputError} Fewer than two features remain, so that nothing can be learned from the others.
 */
export function adjustableFeatures(
  { values }: CombatData,
  { batchOf, sizes }: GroupedRows,
  settings: { readonly meanOnly: boolean; readonly names: readonly string[] },
): { readonly adjusted: readonly number[]; readonly unadjusted: readonly Unadjusted[] } {
  const adjusted: number[] = [];
  const unadjusted: Unadjusted[] = [];
  const first = new Float64Array(sizes.length);
  const counts = new Int32Array(sizes.length);
  const varies = new Uint8Array(sizes.length);
  for (let feature = 0; feature < values.columns; feature++) {
    counts.fill(0);
    varies.fill(0);
    const column = columnOf(values, feature);
    for (let row = 0; row < column.length; row++) {
      const value = column[row];
      if (Number.isNaN(value)) continue;
      const batch = batchOf[row];
      if (counts[batch]++ === 0) first[batch] = value;
      else if (value !== first[batch]) varies[batch] = 1;
    }
    const needed = settings.meanOnly ? 1 : 2;
    const name = settings.names[feature];
    if (counts.some((count) => count < needed))
      unadjusted.push({ feature: name, reason: "too-few-in-batch" });
    else if (sizes.some((_, batch) => counts[batch] > 1 && varies[batch] === 0))
      unadjusted.push({ feature: name, reason: "constant-in-batch" });
    else adjusted.push(feature);
  }
  if (adjusted.length < 2)
    throw new InputError(
      `ComBat needs at least two features with values that vary in every batch; got ${adjusted.length} of ${values.columns}; harmonise more features or join small batches`,
    );
  return { adjusted, unadjusted };
}
