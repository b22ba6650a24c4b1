import {
  type IccForm,
  intraclassCorrelation,
  reliabilityOfMean,
} from "../../packages/core/src/selection/intraclass-correlation.ts";
import {
  numbers,
  type OracleCase,
  oracleCases,
  type OracleTable,
  readOracleTable,
  texts,
} from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";

type IccCase = OracleCase<{ readonly feature: string }, Readonly<Record<string, unknown>>>;
type FilterCase = OracleCase<{ readonly form: string; readonly cut: number }>;

const forms: Readonly<Record<string, IccForm>> = { "1": "one-way", "2": "agreement", "3": "consistency" };

testOracles("17", {
  icc: (oracle: IccCase) => {
    const ratings = ratingsOf(readOracleTable(oracle), oracle.spec.feature);
    return Object.fromEntries(
      Object.entries(oracle.expected).map(([key, expected]) => [key, answer(key, expected, ratings)]),
    );
  },
  "icc.filter": (oracle: FilterCase) => {
    const table = readOracleTable(oracle);
    const form = forms[/ICC\((\d),1\)/.exec(oracle.spec.form)![1]];
    const features = Object.keys(table.columns).filter((name) => isFeature(name, oracle));
    const kept = features.filter((name) => {
      const icc = intraclassCorrelation(ratingsOf(table, name), form);
      return icc !== null && icc.value >= oracle.spec.cut;
    });
    return { kept };
  },
});

/** A feature of a case of the same data, or one numbered like it. */
function isFeature(name: string, { data }: FilterCase): boolean {
  const stem = (text: string) => text.replace(/\d+$/, "#");
  return oracleCases("17").some(
    (other: OracleCase<{ readonly feature?: string }>) =>
      other.data?.file === data?.file &&
      other.spec.feature !== undefined &&
      stem(other.spec.feature) === stem(name),
  );
}

/** One array a reader, the subjects in the same order. */
function ratingsOf(table: OracleTable, feature: string): Float64Array[] {
  const [subjects, readers] = ["subject", "reader"].map((name) => texts(table, name));
  const values = numbers(table, feature);
  const order = new Map([...new Set(subjects)].map((subject, at) => [subject, at]));
  return [...new Set(readers)].map((reader) => {
    const ratings = new Float64Array(order.size).fill(NaN);
    readers.forEach((one, row) => {
      if (one === reader) ratings[order.get(subjects[row])!] = values[row];
    });
    return ratings;
  });
}

/** The part of an answer that a key such as `icc2_k` asks for, in the shape that is expected. */
function answer(key: string, expected: unknown, ratings: readonly Float64Array[]): unknown {
  const [, number, unit] = /^icc(\d)_([1k])$/.exec(key) ?? [];
  const icc = intraclassCorrelation(ratings, forms[number ?? "2"]);
  if (key === "n") return icc?.subjects;
  if (key === "readers") return ratings.length;
  if (key === "estimable") return icc !== null;
  if (icc === null) return null;
  const of = (single: number) => (unit === "k" ? reliabilityOfMean(single, icc.raters) : single);
  if (typeof expected === "number") return of(icc.value);
  const { f, df1, df2, p } = icc;
  return { estimate: of(icc.value), F: f, df1, df2, p, lo: of(icc.lower), hi: of(icc.upper) };
}
