import type { AnalysisRow, LeakRow } from "./task.ts";

/** What the page says of how it was made. */
export interface BenchSize {
  readonly patients: number;
  readonly seeds: number;
  readonly clean: number;
  readonly permutations: number;
}

/** Mistakes that were refused or flagged, in how many of their cohorts. */
export function caughtModes(
  rows: readonly LeakRow[],
): readonly { readonly mode: string; readonly cohorts: number; readonly caught: number }[] {
  const modes = [...new Set(rows.flatMap(({ mode }) => mode ?? []))];
  return modes.map((mode) => {
    const own = rows.filter((row) => row.mode === mode);
    return { mode, cohorts: own.length, caught: own.filter(({ leaky }) => leaky!.red.length > 0).length };
  });
}

/** Cohorts without a mistake whose audit has a red lamp all the same. */
export function falseAlarms(rows: readonly LeakRow[]): readonly LeakRow[] {
  return rows.filter(({ mode, honest }) => mode === null && honest.red.length > 0);
}

/** The page of the bench as Markdown. */
export function leaksPage(rows: readonly LeakRow[], size: BenchSize): string {
  const caught = caughtModes(rows);
  const twins = rows.filter(({ leaky }) => leaky !== null);
  const clean = rows.filter(({ leaky }) => leaky === null);
  const twinAlarms = twins.filter(({ honest }) => honest.red.length > 0);
  return `# The leak laboratory, measured

Printed by \`npm run bench:leaks\`: twelve deliberate mistakes on simulated cohorts of ${String(size.patients)} patients, each beside its honest
twin, ${String(size.seeds)} cohorts a mistake, audited with ${String(size.permutations)} permutations; and ${String(size.clean)} cohorts without a mistake. Simulated data: the figures
say what the software notices, not what a clinic would see.

- **${String(caught.filter((one) => one.caught === one.cohorts).length)} of ${String(caught.length)} mistakes** have a red lamp in every cohort (${caught.map((one) => `${one.mode} ${String(one.caught)}/${String(one.cohorts)}`).join(", ")}).
- **${String(falseAlarms(rows).length)} of ${String(clean.length)} clean cohorts** have a red lamp; of the ${String(twins.length)} honest twins ${String(twinAlarms.length)}.
- Amber, which asks a reader to look and is no alarm: ${String(clean.filter(({ honest }) => honest.amber.length > 0).length)} of ${String(clean.length)} clean cohorts (${counted(clean.flatMap(({ honest }) => honest.amber))}).

AUCs are means over the cohorts, of the model with clinical, axillary and radiomic predictors. *Test* is what the analysis
calls its test set, *true* what the same models are worth on new patients of the simulator (5,000; 300 where frames are
drawn), *permuted* the mean over permuted outcomes. Radiomic features are noise, or measured on simulated frames for the
mistakes with images.

| mistake | honest: test | honest: true | honest: permuted | leaky: test | leaky: true | leaky: permuted | caught by |
|---|---|---|---|---|---|---|---|
${caught.map(({ mode }) => tableRow(rows.filter((row) => row.mode === mode))).join("\n")}

Which leaks permutation cannot see: those whose mistake moves with the patients and not with the outcomes that are dealt anew
(a column that holds the outcome, a hospital that stands for it, a reading from after the decision, copies of images under
other ids), and those too small to show (scaling and harmonisation before the split). Other lamps see them: when a predictor
is known and what it says alone, what the centre predicts, fingerprints of the images, and whom everything was learned from.

Clean cohorts: test ${figure(clean, ({ honest }) => honest.test)}, true ${figure(clean, ({ honest }) => honest.truth)}, permuted ${figure(clean, ({ honest }) => honest.permuted)} on average.
${alarmWords([...falseAlarms(rows), ...twinAlarms])}`;
}

function tableRow(own: readonly LeakRow[]): string {
  const [{ mode, title, isRefused }] = own;
  const analysis = (of: (row: LeakRow) => AnalysisRow) =>
    [
      ({ test }: AnalysisRow) => test,
      ({ truth }: AnalysisRow) => truth,
      ({ permuted }: AnalysisRow) => permuted,
    ].map((value) => figure(own, (row) => value(of(row))));
  const lamps = [...new Set(own.flatMap(({ leaky }) => leaky!.red))].sort((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  const caught = [...(isRefused ? ["refused by a run"] : []), ...lamps].join("; ");
  const cells = [...analysis(({ honest }) => honest), ...analysis(({ leaky }) => leaky!)];
  return `| ${title} (\`${mode!}\`) | ${cells.join(" | ")} | ${caught} |`;
}

function figure(rows: readonly LeakRow[], value: (row: LeakRow) => number): string {
  return rows.length === 0
    ? "n/a"
    : (rows.reduce((sum, row) => sum + value(row), 0) / rows.length).toFixed(3);
}

function counted(codes: readonly string[]): string {
  const each = [...new Set(codes)].map(
    (code) => `${code} ${String(codes.filter((one) => one === code).length)}`,
  );
  return each.length === 0 ? "none" : each.join(", ");
}

function alarmWords(alarms: readonly LeakRow[]): string {
  if (alarms.length === 0) return "";
  const each = alarms.map(
    ({ mode, seed, honest }) => `- ${mode ?? "clean"}, seed ${String(seed)}: ${honest.red.join(", ")}`,
  );
  return `\nFalse alarms:\n\n${each.join("\n")}\n`;
}
