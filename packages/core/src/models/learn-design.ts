import { type Finding, InputError } from "../errors.ts";
import type { CategoricalPredictor, NumericPredictor, PredictorTable } from "../features/predictor-table.ts";
import { splineKnots } from "../math/restricted-cubic-spline.ts";
import { mean, median, sampleStandardDeviation } from "../math/statistics.ts";
import { filterCandidates, type FilteredCandidates } from "../selection/filter-candidates.ts";
import { findPredictor, rawValues } from "./design-value.ts";
import type { BlockSpecification, DesignColumn, FilteredBlock, TermSpecification } from "./model.ts";

/** What a design learned from training patients: its columns, and what was left out. */
export interface LearnedDesign {
  readonly columns: readonly DesignColumn[];
  /** Null where the block has no filter. */
  readonly filtered: FilteredBlock | null;
  readonly findings: readonly Finding[];
}

/** Of a distribution over a keyed union each member, so that a key can be left out. */
type Unscaled<Column> = Column extends DesignColumn ? Omit<Column, "center" | "scale"> : never;

/**
 * The design columns of a block, learned from training patients without their outcome: imputed by the median or the
 * most frequent level, coded, centred on the mean and divided by the standard deviation.
 *
 * @param block Its terms name columns of the table.
 * @param table Training patients only.
 * @returns Constant and empty columns are left out, each kind with a finding.
 * @throws {InputError} A term names a column that the table lacks.
 */
export function learnDesign(block: BlockSpecification, table: PredictorTable): LearnedDesign {
  const filtered = block.filter === null ? null : filterCandidates(candidates(block, table), block.filter);
  const counts = filtered === null ? null : filteredBlock(block.name, filtered);
  const kept = filtered === null ? null : new Set(filtered.kept);
  const terms = block.terms.filter(({ column }) => kept === null || kept.has(column));
  const empty = terms.filter(({ column }) => isEmpty(findPredictor(table, column)));
  const coded = terms.filter((term) => !empty.includes(term)).flatMap((term) => termColumns(term, table));
  const columns = coded.flatMap((column) => scaled(column, table) ?? []);
  const constant = coded.length - columns.length;
  const straight = terms.filter(
    ({ column, shape }) =>
      shape !== "linear" && coded.some((one) => one.kind === "linear" && one.column === column),
  ).length;
  return {
    columns,
    filtered: counts,
    findings: [
      ...(counts === null ? [] : filterFindings(counts, block.filter?.reproducibility !== undefined)),
      ...note(
        "predictor-empty",
        empty.length,
        `block ${block.name}: ${String(empty.length)} predictors have no value in the training patients and were left out`,
      ),
      ...note(
        "spline-linear",
        straight,
        `block ${block.name}: ${String(straight)} splines have too few different values for three knots and entered as straight lines`,
      ),
      ...note(
        "predictor-constant",
        constant,
        `block ${block.name}: ${String(constant)} columns are constant in the training patients and were left out`,
      ),
    ],
  };
}

function candidates(block: BlockSpecification, table: PredictorTable): NumericPredictor[] {
  return block.terms.flatMap(({ column }) => {
    const predictor = findPredictor(table, column);
    return predictor.kind === "numeric" ? [predictor] : [];
  });
}

function filteredBlock(block: string, filtered: FilteredCandidates): FilteredBlock {
  const { missing, constant, unstable, redundant } = filtered;
  const kept = filtered.kept.length;
  const candidates = kept + missing + constant + unstable + redundant;
  return { block, candidates, missing, constant, unstable, redundant, kept };
}

function filterFindings(filtered: FilteredBlock, areTested: boolean): Finding[] {
  const { block, candidates, missing, constant, unstable, redundant, kept } = filtered;
  if (kept === candidates) return [];
  const notReproducible = areTested ? `${String(unstable)} as not reproducible, ` : "";
  const message = `block ${block}: of ${String(candidates)} candidates ${String(missing)} were left out for missing values, ${String(constant)} as constant, ${notReproducible}${String(redundant)} as redundant with an earlier one; ${String(kept)} remain`;
  return [{ code: "candidates-filtered", severity: "info", message }];
}

function termColumns(term: TermSpecification, table: PredictorTable): Unscaled<DesignColumn>[] {
  const predictor = findPredictor(table, term.column);
  if (predictor.kind === "categorical") return levelColumns(predictor, term.ordered ?? "rank");
  const present = predictor.values.filter((value) => !Number.isNaN(value));
  const base = { column: term.column, impute: median(present) };
  const knots = term.shape === "linear" ? null : knotsOrNull(present, term.shape.knots);
  if (knots === null) return [{ kind: "linear", ...base }];
  return Array.from({ length: knots.length - 1 }, (_, basis) => ({
    kind: "spline" as const,
    ...base,
    knots,
    basis,
  }));
}

/** Null where too few different values leave no three knots: the variable then enters as a straight line. */
function knotsOrNull(present: Float64Array, count: number): readonly number[] | null {
  try {
    return splineKnots(present, count);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

function levelColumns(
  predictor: CategoricalPredictor,
  ordered: "rank" | "indicators",
): Unscaled<DesignColumn>[] {
  const { name, levels, reference, codes } = predictor;
  const present = Array.from(codes).filter((code) => code >= 0);
  if (predictor.ordered && ordered === "rank")
    return [{ kind: "rank", column: name, levels, impute: Math.round(median(present)) }];
  const counts = levels.map((_, level) => present.filter((code) => code === level).length);
  const imputeLevel = levels[counts.indexOf(Math.max(...counts))];
  return levels.flatMap((level, index) =>
    index === reference ? [] : [{ kind: "indicator" as const, column: name, level, imputeLevel }],
  );
}

/** Null for a column that is the same for all training patients. */
function scaled(column: Unscaled<DesignColumn>, table: PredictorTable): DesignColumn | null {
  const unscaled: DesignColumn = { ...column, center: 0, scale: 1 };
  const values = rawValues(unscaled, table, {});
  if (values.every((value) => value === values[0])) return null;
  const [center, scale] = [mean(values), sampleStandardDeviation(values)];
  return scale > 0 && Number.isFinite(scale) ? { ...unscaled, center, scale } : null;
}

function isEmpty(predictor: NumericPredictor | CategoricalPredictor): boolean {
  return predictor.kind === "numeric"
    ? predictor.values.every(Number.isNaN)
    : predictor.codes.every((code) => code < 0);
}

function note(code: string, count: number, message: string): Finding[] {
  return count === 0 ? [] : [{ code, severity: "info", message }];
}
