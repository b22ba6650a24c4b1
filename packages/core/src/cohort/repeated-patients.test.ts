import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import type { CohortColumn } from "./cohort.ts";
import { patientId } from "./patient.ts";
import { repeatedPatients } from "./repeated-patients.ts";

function numeric(name: string, values: readonly number[]): CohortColumn {
  return {
    variable: { kind: "numeric", name, label: name, unit: "mm" },
    values: Float64Array.from(values),
  } as CohortColumn;
}

function category(name: string, codes: readonly number[]): CohortColumn {
  const levels = [0, 1, 2, 3, 4].map((code) => ({ code: String(code), label: String(code) }));
  return {
    variable: { kind: "categorical", name, label: name, levels },
    codes: Int16Array.from(codes),
  } as never;
}

function cohort(
  n: number,
  seed: string,
  columnsOf: (random: ReturnType<typeof createRandom>) => CohortColumn[],
) {
  return {
    patients: Array.from({ length: n }, (_, i) => patientId(`p${String(i)}`)),
    columns: columnsOf(createRandom(seed)),
  };
}

const n = 300;
const drawn = (draw: () => number) => Array.from({ length: n }, draw);
const varied = (seed: string) =>
  cohort(n, seed, (random) => [
    numeric(
      "age",
      drawn(() => Math.round(55 + 10 * random.normal())),
    ),
    numeric(
      "size",
      drawn(() => Math.round(200 + 70 * random.normal()) / 10),
    ),
    numeric(
      "ki67",
      drawn(() => Math.round(30 + 12 * random.normal())),
    ),
    ...Array.from({ length: 6 }, (_, k) =>
      category(
        `sign${String(k)}`,
        drawn(() => random.integer(3)),
      ),
    ),
  ]);

/** The cohort with one patient's row written over another's, but for what `keep` names. */
function withRepeat(from: number, to: number, keep: readonly string[] = []) {
  const { patients, columns } = varied("varied");
  for (const column of columns) {
    if (keep.includes(column.variable.name)) continue;
    const values = "codes" in column ? column.codes : column.values;
    values[to] = values[from];
  }
  return { patients, columns };
}

describe("repeated patients", () => {
  it("are found by a row that stands twice", () => {
    const [pair, ...others] = repeatedPatients(withRepeat(12, 200));
    expect(pair).toMatchObject({ first: "p12", second: "p200", compared: 9, differing: 0 });
    expect(pair.expected).toBeLessThan(0.01);
    expect(others).toEqual([]);
  });

  it("are found though one value was entered otherwise, or is missing", () => {
    expect(repeatedPatients(withRepeat(12, 200, ["sign2"]))).toMatchObject([
      { first: "p12", second: "p200", differing: 1 },
    ]);
    const { patients, columns } = withRepeat(12, 200);
    const [age] = columns;
    if ("values" in age) age.values[200] = NaN;
    expect(repeatedPatients({ patients, columns })).toMatchObject([{ compared: 8, differing: 0 }]);
  });

  it("are compared without the variables that are left out", () => {
    const kept = ["sign0", "sign1", "sign2"];
    expect(repeatedPatients(withRepeat(12, 200, kept), new Set(kept))).toMatchObject([{ first: "p12" }]);
  });

  it.each(["a", "b", "c", "d", "e"])("are none in a clean cohort (%s)", (seed) => {
    expect(repeatedPatients(varied(seed))).toEqual([]);
  });

  it("are none where few coarse variables agree, as they must in a large cohort", () => {
    const coarse = cohort(n, "coarse", (random) =>
      Array.from({ length: 8 }, (_, k) =>
        category(
          `sign${String(k)}`,
          drawn(() => random.integer(2)),
        ),
      ),
    );
    expect(repeatedPatients(coarse)).toEqual([]);
  });

  it("are none where many variables say the same: what they have in common counts once", () => {
    const redundant = cohort(n, "redundant", (random) => {
      const bases = Array.from({ length: 5 }, () => drawn(() => random.integer(4)));
      return Array.from({ length: 40 }, (_, k) => category(`copy${String(k)}`, bases[k % 5]));
    });
    expect(repeatedPatients(redundant)).toEqual([]);
  });
});
