import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";

/** How one test of the reference cases ended. */
export interface OracleVerdict {
  /** Of the case, as the folder calls it. */
  readonly id: string;
  readonly state: string;
}

interface Group {
  readonly name: string;
  readonly cases: readonly {
    readonly id: string;
    readonly procedure: string;
    readonly kind: string;
    readonly hard?: string;
  }[];
}

/** What a group's file name stands for, where its words do not say it. */
const titles: Readonly<Record<string, string>> = {
  "01": "Distributions and special functions",
  "02": "Table 1 and its tests",
  "03": "Logistic regression by maximum likelihood",
  "04": "Firth's regression, FLIC, FLAC",
  "05": "Ridge, LASSO, elastic net",
  "06": "Univariable, stepwise, splines, VIF, correlation filter, penalised likelihood",
  "07": "ROC, DeLong",
  "08": "Precision and recall",
  "09": "Thresholds, 2 × 2 tables, McNemar",
  "10": "Decision curves",
  "11": "Calibration",
  "12": "NRI and IDI",
  "13": "Subgroups and interactions",
  "14": "Optimism by the bootstrap",
  "15": "Nested cross-validation",
  "16": "Sample size",
  "17": "Intraclass correlation",
  "18": "ComBat",
  "19": "mRMR",
  "20": "Nomogram",
  "21": "Multiple imputation",
  "22": "Trees, forests, boosting, support vectors",
  "23": "Boosting as XGBoost, SHAP values",
  "24": "Applied to new data",
};

/**
 * The page of how the statistics agree with other software, group by group.
 *
 * @param folder The reference cases.
 * @param verdicts One a test; tests that are no case are left out.
 */
export function statisticsPage(folder: string, verdicts: readonly OracleVerdict[]): Promise<string> {
  const groups = readGroups(folder);
  const states = new Map(verdicts.map(({ id, state }) => [id, state]));
  const passed = (group: Group) => group.cases.filter(({ id }) => states.get(id) === "passed").length;
  const rows = groups.map((group) => {
    const number = group.name.slice(0, 2);
    const hard = group.cases.filter((one) => one.hard !== undefined && one.hard !== "").length;
    const procedures = [...new Set(group.cases.map(({ procedure }) => `\`${procedure}\``))];
    return `| ${number} | ${titles[number] ?? group.name.slice(3)} | ${procedures.join(", ")} | ${String(group.cases.length)} | ${String(hard)} | ${String(passed(group))} |`;
  });
  const total = (count: (group: Group) => number) =>
    String(groups.reduce((sum, group) => sum + count(group), 0));
  const failed = groups
    .flatMap(({ cases }) => cases)
    .filter(({ id }) => states.get(id) !== "passed")
    .map(({ id }) => `- ${id}: ${states.get(id) ?? "not tested"}`);
  const text = `# Statistics beside other software

Written by \`npm run test:data -- oracles\`, which answers every case of the folder SENTINODE_ORACLES with the library's own
functions and compares every number with what R or Python gave, within the tolerance that the case states. "Hard" cases hold
ties, separation, one class, constant or collinear columns, missing data, predictions of exactly 0 or 1 and the like.

Where R itself is inexact the library is not: profile limits are solved where R draws a spline through a dozen points, covariances
belong to the estimate where R takes them one step before it, ranks are exact where \`lrm\` sorts risks into bins. The tests
of such figures bring R's way around the library's functions (\`oracles/models/r-*.ts\`), so that the tolerances hold unchanged.

| group | | procedures | cases | hard | passed |
| --- | --- | --- | ---: | ---: | ---: |
${rows.join("\n")}
| | **all** | | ${total(({ cases }) => cases.length)} | ${total(({ cases }) => cases.filter((one) => (one.hard ?? "") !== "").length)} | ${total(passed)} |

${failed.length === 0 ? "No case failed." : `Not passed:\n\n${failed.join("\n")}`}

Speed beside R: [statistics-speed.md](statistics-speed.md), by \`npm run bench:statistics\`. What statisticians dispute, and what is done
here: [ties and DeLong](statistics/delong-and-ties.md), [the calibration curve](statistics/calibration-smoother.md),
[the penalty](statistics/lambda-rule.md), [intervals after cross-validation](statistics/intervals-after-cross-validation.md),
[imputation and validation](statistics/imputation-and-validation.md), [net reclassification](statistics/net-reclassification.md).
`;
  return format(text, { parser: "markdown", printWidth: 110 });
}

function readGroups(folder: string): readonly Group[] {
  return readdirSync(folder)
    .filter((file) => /^\d\d_.*\.json$/.test(file))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((file) => ({
      name: file.replace(/\.json$/, ""),
      cases: (JSON.parse(readFileSync(join(folder, file), "utf8")) as { cases: Group["cases"] }).cases,
    }));
}
